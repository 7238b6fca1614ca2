/// What a command line of `bash` would run, read without running it.
///
/// Entry type: [ShellLine]. The reader knows the part of the language whose meaning is plain from
/// the text alone; where that ends it says so and guesses nothing, because a command that was
/// overlooked is a command that nobody allowed. It may see more commands than bash would run, never
/// fewer. All of it is pure and takes time in proportion to the line.
@NullMarked
package hal0.agent.permission.shell;

import org.jspecify.annotations.NullMarked;
