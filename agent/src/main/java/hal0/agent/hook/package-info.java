/// Commands of the user's that run before and after tools and when a turn is about to end.
///
/// Entry types: [Hooks], [CommandHooks], which runs them, and [HooksSection], which reads them.
@NullMarked
package hal0.agent.hook;

import org.jspecify.annotations.NullMarked;
