package hal0.tui.state;

import java.util.ArrayList;
import java.util.List;

/// All keys and commands.
public final class HelpText {
    /// What is no key of the table: signs that are typed, and answers.
    private static final List<Line> SIGNS =
            List.of(
                    new Line("?", "this list, on an empty prompt"),
                    new Line("@", "attach a file or folder; its name is completed"),
                    new Line("@file:10-20", "these lines of it"),
                    new Line("!", "run a command in the shell, on an empty prompt"),
                    new Line("#", "add a note to the memory, on an empty prompt"),
                    new Line(
                            "drag, double click, triple click",
                            "select text, a word, a line; y copies"),
                    new Line("y n s a, Tab", "answer what the agent asks; another rule"));

    /// Of one entry on a narrow screen.
    private static final int MOST_LINES = 5;

    private HelpText() {}

    /// A key or command, and what it does; a heading where there is no `does`.
    public record Line(String name, String does) {}

    public static List<Line> lines() {
        List<Line> lines = new ArrayList<>();
        lines.add(new Line("Keys", ""));
        for (Binding binding : Binding.values()) {
            lines.add(new Line(binding.names(), binding.does()));
        }
        lines.addAll(SIGNS);
        lines.add(new Line("Commands", ""));
        for (Command command : Command.values()) {
            lines.add(new Line("/" + command.word(), command.help()));
        }
        return lines;
    }

    static int clamped(int scroll) {
        return Math.clamp(scroll, 0, lines().size() * MOST_LINES - 1);
    }
}
