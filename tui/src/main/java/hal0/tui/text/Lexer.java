package hal0.tui.text;

import java.util.function.BiConsumer;

/// Takes a line of code apart.
///
/// **Shape** the tokens of a line put together are the line. The result depends on the line and the
/// state alone. **Threads** any.
interface Lexer {
    /// Before the first line.
    int START = 0;

    /// Gives the tokens of `line` in order, and the state for the next line.
    int line(String line, int state, BiConsumer<String, Role> tokens);
}
