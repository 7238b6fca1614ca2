package hal0.tui.terminal;

/// What the user did at the terminal.
public sealed interface Input {
    record Pressed(Key key) implements Input {}

    /// Text between the marks of a bracketed paste, line ends as `\n`.
    record Pasted(String text) implements Input {}

    /// **Units** steps of the wheel; negative is up.
    record Wheel(int steps) implements Input {}

    /// A button of the mouse goes down, moves while it is held, or comes up.
    ///
    /// **Shape** `button` 0 is the left one; `clicks` counts presses at one place in quick
    /// succession, from 1 on. **Units** cells from 0.
    record Mouse(Action action, int button, int clicks, int column, int row) implements Input {
        public enum Action {
            PRESS,
            DRAG,
            RELEASE
        }

        Mouse withClicks(int count) {
            return new Mouse(action, button, count, column, row);
        }
    }

    record Focus(boolean gained) implements Input {}

    /// What the terminal says of its background.
    record Background(boolean light) implements Input {}

    /// An answer of the terminal about itself: `ESC [ body last`, where `body` begins with `?`.
    record Reported(String body, char last) implements Input {}
}
