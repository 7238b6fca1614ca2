package hal0.tui.state;

import hal0.tui.terminal.Size;

/// How the screen is looked at.
///
/// **Shape** `folds` is what of the transcript is unfolded; `focused` is false when the terminal
/// says that the user looks elsewhere.
public record Screen(Size size, Scroll scroll, Folds folds, boolean light, boolean focused) {

    static Screen starting(Size size, boolean light) {
        return new Screen(size, new Scroll.Following(), Folds.NONE, light, true);
    }

    Screen with(Size other) {
        return new Screen(other, scroll, folds, light, focused);
    }

    Screen with(Scroll other) {
        return new Screen(size, other, folds, light, focused);
    }

    Screen with(Folds other) {
        return new Screen(size, scroll, other, light, focused);
    }

    Screen withLight(boolean other) {
        return new Screen(size, scroll, folds, other, focused);
    }

    Screen withFocus(boolean gained) {
        return new Screen(size, scroll, folds, light, gained);
    }
}
