package hal0.tui.view;

import hal0.tui.state.UiState;

/// Where the client is drawn: all of the screen, or the end of it.
///
/// **Threads** the UI thread's.
public interface Surface {

    /// What to write so that the terminal shows that state; empty when it does.
    String draw(UiState state, Theme theme);

    /// Forgets what the terminal shows: others have written to it.
    void forget();

    /// The terminal has another size; it may have moved everything.
    void resized(UiState state);

    /// What to write before others get the terminal; the next drawing is whole.
    String withdraw();

    /// What to write last, while the modes still hold.
    String end(UiState state, Theme theme);

    /// Frames are no longer marked as such: the terminal does not know the marks.
    void unsynchronized();
}
