/// The programs that the agent starts for its user: how they are started, what they may see of the
/// environment, and how all of what they have started is ended.
///
/// Entry type: [Starter], which owns one thread and every process that it started: closing it ends
/// them, and a guard ends them where this process is killed before it can.
@NullMarked
package hal0.agent.process;

import org.jspecify.annotations.NullMarked;
