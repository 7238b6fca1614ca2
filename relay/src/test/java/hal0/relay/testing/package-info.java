/// A relay over real sockets with a real ledger, a client and an upstream whose every byte the test
/// decides.
@NullMarked
package hal0.relay.testing;

import org.jspecify.annotations.NullMarked;
