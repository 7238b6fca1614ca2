package hal0.tui.terminal;

/// What the user did at the terminal.
public sealed interface Input {
    record Pressed(Key key) implements Input {}

    /// Text between the marks of a bracketed paste, line ends as `\n`.
    record Pasted(String text) implements Input {}

    /// **Units** steps of the wheel; negative is up.
    record Wheel(int steps) implements Input {}

    record Focus(boolean gained) implements Input {}

    /// What the terminal says of its background.
    record Background(boolean light) implements Input {}

    /// An answer of the terminal about itself: `ESC [ body last`, where `body` begins with `?`.
    record Reported(String body, char last) implements Input {}
}
