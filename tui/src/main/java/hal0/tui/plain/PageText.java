package hal0.tui.plain;

import hal0.tui.state.Board;
import hal0.tui.state.Command;
import hal0.tui.state.Overlay;
import hal0.tui.state.QuestionText;
import hal0.tui.state.Sheet;
import hal0.tui.state.UiState;
import hal0.tui.terminal.Canvas;
import hal0.tui.terminal.ColorDepth;
import hal0.tui.terminal.Size;
import hal0.tui.text.Safe;
import hal0.tui.theme.Palettes;
import hal0.tui.view.ScreenView;
import hal0.tui.view.Theme;
import java.util.ArrayList;
import java.util.List;

/// What would lie over a screen, in lines.
public final class PageText {
    /// Of the screen that pages are drawn on to be read: as high as they may get.
    public static final Size SIZE = new Size(100, 300);

    private static final String FRAME = "[│─╭╮╰╯┌┐└┘├┤]";

    private PageText() {}

    /// The page that has the keys, which may be of any kind.
    public static List<String> of(UiState state, Overlay top) {
        return switch (top) {
            case Sheet sheet -> sheet(sheet);
            case Board board -> BoardText.of(board, 0).lines();
            case Overlay _ -> drawn(state);
        };
    }

    private static List<String> sheet(Sheet sheet) {
        List<String> lines = new ArrayList<>();
        lines.add(Safe.oneLine(sheet.title()));
        sheet.lines().forEach(line -> lines.add(Safe.visible(line.text())));
        return lines;
    }

    /// What is drawn inside of the frame.
    private static List<String> drawn(UiState state) {
        Canvas canvas =
                ScreenView.draw(state, Theme.of(Palettes.plain(false), ColorDepth.NONE)).canvas();
        List<String> lines = new ArrayList<>();
        for (int y = 0; y < canvas.size().rows() - 3; y++) {
            String line = canvas.text(y);
            if (line.stripLeading().matches("(?s)" + FRAME + ".*")) {
                String inside = line.replaceAll(FRAME, "").strip();
                if (!inside.isEmpty()) {
                    lines.add(inside);
                }
            }
        }
        return lines;
    }

    /// What the agent wants to do, and why the user is asked.
    public static List<String> of(Overlay.Question asking) {
        List<String> lines = new ArrayList<>();
        QuestionText.of(asking.question(), SIZE)
                .forEach(line ->
                        lines.add(lines.isEmpty() ? "May it? " + line.text() : line.text()));
        return lines;
    }

    public static List<String> help(UiState state) {
        List<String> lines = new ArrayList<>();
        for (Command command : Command.values()) {
            lines.add("/%s: %s".formatted(command.word(), command.help()));
        }
        state.offers()
                .commands()
                .forEach(command ->
                        lines.add(
                                Safe.oneLine(
                                        "/%s: %s"
                                                .formatted(
                                                        command.name(), command.description()))));
        lines.add("!COMMAND runs a command of the shell");
        lines.add("#NOTE adds to the memory");
        lines.add("@FILE in a message attaches the file");
        lines.add("a \\ at the end of a line goes on in the next one");
        lines.add("Tab completes, Ctrl+C interrupts an answer, Ctrl+D leaves");
        return lines;
    }
}
