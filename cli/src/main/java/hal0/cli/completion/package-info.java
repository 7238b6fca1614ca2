/// `hal0 completion`: scripts with which shells complete the commands and options of hal0.
///
/// Entry type [hal0.cli.completion.CompletionCommand]. What they know is read from the commands
/// themselves, so that nothing has to be kept in step.
@NullMarked
package hal0.cli.completion;

import org.jspecify.annotations.NullMarked;
