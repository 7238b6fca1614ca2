/// What a model answers, piece by piece: the neutral form of every provider's stream.
///
/// Entry type [hal0.providers.event.StreamEvent]. Immutable.
@NullMarked
package hal0.providers.event;

import org.jspecify.annotations.NullMarked;
