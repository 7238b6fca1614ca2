/// Passing a request and its answer through: byte for byte where both sides speak the same dialect.
///
/// Entry type `PassThrough`. `RequestScan` finds what the relay must know without building a tree.
@NullMarked
package hal0.relay.forward;

import org.jspecify.annotations.NullMarked;
