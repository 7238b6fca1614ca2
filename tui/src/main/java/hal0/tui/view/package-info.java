/// What a state looks like: functions from [hal0.tui.state.UiState] to a frame, and themes.
///
/// Entry type [hal0.tui.view.ScreenView]. Nothing here keeps anything between frames.
@NullMarked
package hal0.tui.view;

import org.jspecify.annotations.NullMarked;
