package hal0.tui.state;

import java.util.ArrayList;
import java.util.List;

/// All keys and commands.
public final class HelpText {
    private static final List<Line> KEYS =
            List.of(
                    new Line("Enter", "send; while an answer runs, tell it at its next step"),
                    new Line("@", "attach a file; its name is completed"),
                    new Line("!", "run a command in the shell, on an empty prompt"),
                    new Line("#", "add a note to the memory, on an empty prompt"),
                    new Line("Shift+Tab", "mode: ask, edit, auto, plan"),
                    new Line("Shift+Enter, Alt+Enter, Ctrl+J, \\ Enter", "new line"),
                    new Line("Esc", "interrupt the answer, close what is open"),
                    new Line("Ctrl+C", "interrupt, else clear the prompt, else twice: leave"),
                    new Line("Ctrl+D", "leave, on an empty prompt"),
                    new Line("↑ ↓", "what was sent before, at the edges of the prompt"),
                    new Line("Ctrl+R", "search what was sent before"),
                    new Line("Tab", "complete a command or file; open a pasted block"),
                    new Line("PgUp PgDn, wheel", "scroll"),
                    new Line("Home End", "first line; the end, and follow it"),
                    new Line("Ctrl+P", "commands"),
                    new Line("Ctrl+O", "choose a model"),
                    new Line("Ctrl+T", "themes"),
                    new Line("Alt+T", "show or fold thinking"),
                    new Line("Alt+E", "show or fold the details of calls"),
                    new Line("Enter", "on an empty prompt: unfold the last block that is shown"),
                    new Line("Ctrl+L", "draw the screen anew"),
                    new Line("Ctrl+Z", "suspend; `fg` comes back"),
                    new Line("Ctrl+A Ctrl+E", "start, end of the line"),
                    new Line("Alt+B Alt+F", "word back, word on"),
                    new Line("Ctrl+K Ctrl+U", "cut to the end, to the start of the line"),
                    new Line("Ctrl+W Alt+D", "cut the word before, after"),
                    new Line("Ctrl+Y", "put back what was cut"),
                    new Line("y n s a, Tab", "answer what the agent asks; another rule"),
                    new Line("?", "this list, on an empty prompt"));

    private HelpText() {}

    /// A key or command, and what it does; a heading where there is no `does`.
    public record Line(String name, String does) {}

    public static List<Line> lines() {
        List<Line> lines = new ArrayList<>();
        lines.add(new Line("Keys", ""));
        lines.addAll(KEYS);
        lines.add(new Line("Commands", ""));
        for (Command command : Command.values()) {
            lines.add(new Line("/" + command.word(), command.help()));
        }
        return lines;
    }

    static int clamped(int scroll) {
        return Math.clamp(scroll, 0, lines().size() * 2 - 1);
    }
}
