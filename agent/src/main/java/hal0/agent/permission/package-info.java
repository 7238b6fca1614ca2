/// What the agent may do without being asked, what it has to ask for, and what it may not do.
///
/// Entry type: [Gate]. What a call would do is told as [Deed]s; the decision about them is pure.
@NullMarked
package hal0.agent.permission;

import org.jspecify.annotations.NullMarked;
