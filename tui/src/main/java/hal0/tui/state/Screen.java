package hal0.tui.state;

import hal0.tui.terminal.Size;
import hal0.tui.theme.Palette;
import org.jspecify.annotations.Nullable;

/// How the screen is looked at.
///
/// **Shape** `folds` is what of the transcript is unfolded; `palette` is the theme that was chosen;
/// `focused` is false when the terminal says that the user looks elsewhere; `selection` is null
/// where nothing is selected.
public record Screen(
        Size size,
        Scroll scroll,
        Folds folds,
        Palette palette,
        boolean focused,
        @Nullable Selection selection) {

    static Screen starting(Size size, Palette palette) {
        return new Screen(size, new Scroll.Following(), Folds.NONE, palette, true, null);
    }

    /// Over another transcript: what was said of places in the one before does not hold there.
    Screen elsewhere() {
        return new Screen(size, new Scroll.Following(), folds.elsewhere(), palette, focused, null);
    }

    Screen with(Size other) {
        return new Screen(other, scroll, folds, palette, focused, selection);
    }

    Screen with(Scroll other) {
        return new Screen(size, other, folds, palette, focused, selection);
    }

    Screen with(Folds other) {
        return new Screen(size, scroll, other, palette, focused, selection);
    }

    Screen with(Palette other) {
        return new Screen(size, scroll, folds, other, focused, selection);
    }

    Screen withFocus(boolean gained) {
        return new Screen(size, scroll, folds, palette, gained, selection);
    }

    Screen with(@Nullable Selection other) {
        return new Screen(size, scroll, folds, palette, focused, other);
    }
}
