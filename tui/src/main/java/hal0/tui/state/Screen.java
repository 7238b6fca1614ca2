package hal0.tui.state;

import hal0.tui.terminal.Size;
import hal0.tui.theme.Palette;
import org.jspecify.annotations.Nullable;

/// How the screen is looked at.
///
/// **Shape** `folds` is what of the transcript is unfolded; `palette` is the theme that was chosen;
/// `focused` is false when the terminal says that the user looks elsewhere; `selection` is null
/// where nothing is selected; `welcome` is whether the first choice is still to be asked for.
public record Screen(
        Size size,
        Scroll scroll,
        Folds folds,
        Palette palette,
        boolean focused,
        @Nullable Selection selection,
        Welcome welcome) {

    static Screen starting(Size size, Palette palette) {
        return new Screen(
                size, new Scroll.Following(), Folds.NONE, palette, true, null, Welcome.NOT_DUE);
    }

    /// Over another transcript: what was said of places in the one before does not hold there.
    Screen elsewhere() {
        return new Screen(
                size,
                new Scroll.Following(),
                folds.elsewhere(),
                palette,
                focused,
                null,
                welcome.withCutOff(""));
    }

    Screen with(Size other) {
        return new Screen(other, scroll, folds, palette, focused, selection, welcome);
    }

    Screen with(Scroll other) {
        return new Screen(size, other, folds, palette, focused, selection, welcome);
    }

    Screen with(Folds other) {
        return new Screen(size, scroll, other, palette, focused, selection, welcome);
    }

    Screen with(Palette other) {
        return new Screen(size, scroll, folds, other, focused, selection, welcome);
    }

    Screen withFocus(boolean gained) {
        return new Screen(size, scroll, folds, palette, gained, selection, welcome);
    }

    Screen with(@Nullable Selection other) {
        return new Screen(size, scroll, folds, palette, focused, other, welcome);
    }

    Screen with(Welcome other) {
        return new Screen(size, scroll, folds, palette, focused, selection, other);
    }
}
