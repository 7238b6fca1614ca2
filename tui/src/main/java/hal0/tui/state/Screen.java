package hal0.tui.state;

import hal0.tui.terminal.Size;
import org.jspecify.annotations.Nullable;

/// How the screen is looked at.
///
/// **Shape** `folds` is what of the transcript is unfolded; `focused` is false when the terminal
/// says that the user looks elsewhere; `selection` is null where nothing is selected.
public record Screen(
        Size size,
        Scroll scroll,
        Folds folds,
        boolean light,
        boolean focused,
        @Nullable Selection selection) {

    static Screen starting(Size size, boolean light) {
        return new Screen(size, new Scroll.Following(), Folds.NONE, light, true, null);
    }

    Screen with(Size other) {
        return new Screen(other, scroll, folds, light, focused, selection);
    }

    Screen with(Scroll other) {
        return new Screen(size, other, folds, light, focused, selection);
    }

    Screen with(Folds other) {
        return new Screen(size, scroll, other, light, focused, selection);
    }

    Screen withLight(boolean other) {
        return new Screen(size, scroll, folds, other, focused, selection);
    }

    Screen withFocus(boolean gained) {
        return new Screen(size, scroll, folds, light, gained, selection);
    }

    Screen with(@Nullable Selection other) {
        return new Screen(size, scroll, folds, light, focused, other);
    }
}
