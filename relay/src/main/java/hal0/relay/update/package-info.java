/// Whether there is a newer hal0, for who asks; nothing is ever looked up by itself.
///
/// Entry type [hal0.relay.update.UpdateCheck].
@NullMarked
package hal0.relay.update;

import org.jspecify.annotations.NullMarked;
