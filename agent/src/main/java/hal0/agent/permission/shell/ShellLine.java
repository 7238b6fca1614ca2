package hal0.agent.permission.shell;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a command line would run, in the order of the text.
///
/// **Shape** `unclear` says what could not be read, in words that follow "because"; `commands` are
/// then those before it. `loops` when a part may run more than once. **Errors** none: every text
/// has a reading. **Threads** any.
public record ShellLine(
        String text, List<ShellCommand> commands, @Nullable String unclear, boolean loops) {
    /// Longer ones are not for people to judge either.
    private static final int LONGEST = 100_000;

    public ShellLine {
        commands = List.copyOf(commands);
    }

    /// As bash reads it.
    public static ShellLine of(String text) {
        return read(text, true);
    }

    /// As any sh reads it: unclear where they differ.
    public static ShellLine ofSh(String text) {
        return read(text, false);
    }

    private static ShellLine read(String text, boolean bash) {
        Found found = new Found();
        try {
            if (text.length() > LONGEST) {
                throw new Unclear("it is longer than " + LONGEST + " characters");
            }
            Characters.requirePlain(text);
            if (!bash) {
                BashOnly.requireNone(text);
            }
            new ListReader(new Source(text), found, 0).all();
        } catch (Unclear e) {
            return new ShellLine(text, found.commands, e.reason(), found.loops);
        }
        return new ShellLine(text, found.commands, null, found.loops);
    }
}
