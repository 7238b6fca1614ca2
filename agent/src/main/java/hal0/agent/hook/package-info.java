/// Commands of the user's that run before and after tools and when a turn is about to end.
///
/// Entry type: [Hooks].
@NullMarked
package hal0.agent.hook;

import org.jspecify.annotations.NullMarked;
