/// The shell as a tool: command lines, jobs in the background, and the sandbox around them.
///
/// Entry type: [Shell], which owns the jobs and gives the three tools; closing its
/// [hal0.agent.process.Starter] ends them all. What a command writes is never held whole: the model
/// gets the beginning and the end, a file has the rest.
@NullMarked
package hal0.agent.shell;

import org.jspecify.annotations.NullMarked;
