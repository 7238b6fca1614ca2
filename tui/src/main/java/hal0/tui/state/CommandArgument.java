package hal0.tui.state;

import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What a command is being told. **Shape** `typed` is all that stands behind it. Pure.
record CommandArgument(Command command, String typed) {

    private static final Set<Command> TOLD =
            EnumSet.of(
                    Command.MODEL,
                    Command.PROVIDER,
                    Command.RESUME,
                    Command.SESSIONS,
                    Command.THEME,
                    Command.SETTINGS,
                    Command.SPEND,
                    Command.PERMISSIONS,
                    Command.COPY,
                    Command.SLOTS,
                    Command.MCP);

    /// Null where the prompt is no command that can be told something, or the caret is not at its
    /// end.
    static @Nullable CommandArgument at(Prompt prompt) {
        String text = prompt.text();
        int blank = text.indexOf(' ');
        boolean command = text.startsWith("/") && blank > 1 && text.indexOf('\n') < 0;
        if (!command || prompt.caret() < text.length()) {
            return null;
        }
        return Command.find(text.substring(1, blank))
                .filter(TOLD::contains)
                .map(found -> new CommandArgument(found, text.substring(blank + 1).strip()))
                .orElse(null);
    }
}
