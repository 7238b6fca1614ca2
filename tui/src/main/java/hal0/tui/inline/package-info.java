/// The client at the end of the normal screen: what is over goes into the terminal's own
/// scrollback, once; what may still change is drawn below it, anew where it changed.
///
/// Entry type [hal0.tui.inline.InlineSurface]. The UI thread owns it. Nothing is known of where on
/// the screen it stands, so everything is written relative to the cursor.
@NullMarked
package hal0.tui.inline;

import org.jspecify.annotations.NullMarked;
