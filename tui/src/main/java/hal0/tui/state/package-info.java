/// What the screen knows and how it changes: a state, events, a pure reducer and the effects that
/// it asks for.
///
/// Entry type [hal0.tui.state.Reducer]. Everything is immutable and belongs to the UI thread; the
/// reducer does no I/O, reads no clock and asks nobody.
@NullMarked
package hal0.tui.state;

import org.jspecify.annotations.NullMarked;
