/// A conversation that goes on: turns, the session that records them, what the screen is told of
/// it.
///
/// Entry type [Agent]. A conversation belongs to the thread that runs its turn.
@NullMarked
package hal0.agent;

import org.jspecify.annotations.NullMarked;
