/// The full-screen terminal client.
///
/// Entry type [hal0.tui.Tui]. One thread, `ui`, owns everything that is on the screen; what blocks
/// runs on virtual threads and comes back as events.
@NullMarked
package hal0.tui;

import org.jspecify.annotations.NullMarked;
