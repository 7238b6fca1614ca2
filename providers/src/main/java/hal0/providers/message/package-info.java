/// The neutral conversation: what is said to a model, whatever wire protocol carries it.
///
/// Entry type [hal0.providers.message.ChatRequest]. All types are immutable records and may be
/// shared between threads.
@NullMarked
package hal0.providers.message;

import org.jspecify.annotations.NullMarked;
