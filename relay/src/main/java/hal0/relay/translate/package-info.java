/// A client's question told to a provider of another protocol, and its answer told back.
///
/// Entry type [hal0.relay.translate.Translation].
@NullMarked
package hal0.relay.translate;

import org.jspecify.annotations.NullMarked;
