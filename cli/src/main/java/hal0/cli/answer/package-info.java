/// Prints what a conversation does, for `ask` and `run`: as text, as one object, or an event a
/// line.
///
/// Entry type: [AnswerOutput]. It belongs to the thread of the turn.
@NullMarked
package hal0.cli.answer;

import org.jspecify.annotations.NullMarked;
