/// One request for an answer of a model: what is read of it, the attempts to get it answered, and
/// the client's side of the answer.
///
/// Entry type [hal0.relay.answer.Answering]. How a target is asked is a [hal0.relay.answer.Way]:
/// passed on as it is (`forward`), or told in the target's own protocol (`translate`).
@NullMarked
package hal0.relay.answer;

import org.jspecify.annotations.NullMarked;
