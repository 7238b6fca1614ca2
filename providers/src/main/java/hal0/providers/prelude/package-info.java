/// What a relay of ours says to a client of ours ahead of an answer: the tries that came to
/// nothing, in comments of the stream, and the answer's real head behind them.
///
/// Entry types [hal0.providers.prelude.Prelude] for who writes and
/// [hal0.providers.prelude.HeardAnswer] for who reads. Nothing here has a thread of its own.
@NullMarked
package hal0.providers.prelude;

import org.jspecify.annotations.NullMarked;
