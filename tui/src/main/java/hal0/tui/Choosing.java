package hal0.tui;

import hal0.tui.plain.BoardText;
import hal0.tui.plain.Lines;
import hal0.tui.plain.PageText;
import hal0.tui.state.Board;
import hal0.tui.state.Overlay;
import hal0.tui.state.Sheet;
import hal0.tui.state.Step;
import hal0.tui.state.UiEvent;
import hal0.tui.terminal.Input;
import hal0.tui.terminal.Key;
import hal0.tui.text.Safe;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Asks by numbers what a screen would ask by keys.
final class Choosing {
    private static final int MOST = 20;
    private static final String MORE = "+";
    private static final String NEXT = ">";
    private static final String BACK = "<";

    /// What an answer to a question presses.
    private record Option(String text, List<Key> keys) {}

    private final Plain plain;

    Choosing(Plain plain) {
        this.plain = plain;
    }

    /// Whether a call may be run. What is no number asks again: nothing is allowed by mistake.
    void answer(Overlay.Question asking) throws InterruptedException {
        PageText.of(asking).forEach(plain.lines()::aside);
        List<Option> options = options(asking.question().rules());
        for (int i = 0; i < options.size(); i++) {
            plain.lines().aside("%d) %s".formatted(i + 1, options.get(i).text()));
        }
        while (asking.equals(plain.state().top())) {
            switch (plain.ask("1-%d> ".formatted(options.size()))) {
                case Lines.Read.Text(var line) -> {
                    int number = number(line, options.size());
                    if (number > 0) {
                        if (!asking.armed()) {
                            plain.press(Key.of(Key.Code.TAB));
                        }
                        options.get(number - 1).keys().forEach(plain::press);
                        return;
                    }
                }
                case Lines.Read.Interrupted(), Lines.Read.End() -> {
                    plain.press(Key.ctrl('c'));
                    return;
                }
            }
        }
    }

    private static List<Option> options(List<String> rules) {
        List<Option> options = new ArrayList<>();
        options.add(new Option("yes, this once", List.of(Key.of('y'))));
        List<Key> toRule = new ArrayList<>();
        for (String rule : rules) {
            String shown = Safe.oneLine(rule);
            options.add(new Option("yes, for this session: " + shown, with(toRule, Key.of('s'))));
            options.add(new Option("yes, always: " + shown, with(toRule, Key.of('a'))));
            toRule.add(Key.of(Key.Code.TAB));
        }
        options.add(new Option("no", List.of(Key.of('n'))));
        options.add(new Option("no, and stop", List.of(Key.ctrl('c'))));
        return options;
    }

    private static List<Key> with(List<Key> keys, Key last) {
        List<Key> all = new ArrayList<>(keys);
        all.add(last);
        return List.copyOf(all);
    }

    private static int number(String line, int most) {
        String text = line.strip();
        if (!text.matches("\\d{1,4}")) {
            return 0;
        }
        int number = Integer.parseInt(text);
        return number <= most ? number : 0;
    }

    /// One of a list, which words make shorter.
    void choose(Overlay.Picker picker) throws InterruptedException {
        List<Overlay.Choice> shown = picker.shown();
        plain.lines().aside(Safe.oneLine(picker.purpose().title()));
        for (int i = 0; i < Math.min(MOST, shown.size()); i++) {
            Overlay.Choice choice = shown.get(i);
            String text = "%d) %s  %s".formatted(i + 1, choice.label(), choice.detail());
            plain.lines().aside(Safe.oneLine(text).stripTrailing());
        }
        if (shown.size() > MOST) {
            plain.lines().aside("and %d more".formatted(shown.size() - MOST));
        }
        if (shown.isEmpty()) {
            plain.lines().aside("nothing fits");
        }
        Lines.Read read = plain.ask("number, words to narrow, or nothing to leave> ");
        String text = read instanceof Lines.Read.Text(var line) ? line.strip() : "";
        int number = number(text, Math.min(MOST, shown.size()));
        if (text.isEmpty()) {
            plain.press(Key.of(Key.Code.ESCAPE));
        } else if (number > 0) {
            take(number - 1 - Math.min(picker.selected(), shown.size() - 1));
        } else {
            for (int i = 0; i < picker.filter().length(); i++) {
                plain.press(Key.of(Key.Code.BACKSPACE));
            }
            plain.apply(new UiEvent.Did(new Input.Pasted(text)));
        }
    }

    /// Something that is done only after it was read.
    void agree(Sheet sheet) throws InterruptedException {
        PageText.of(plain.state(), sheet).forEach(plain.lines()::aside);
        boolean agreed =
                !plain.lines().interactive()
                        || (plain.ask("y goes ahead> ") instanceof Lines.Read.Text(var line)
                                && line.strip().toLowerCase(Locale.ROOT).startsWith("y"));
        plain.press(Key.of(agreed ? Key.Code.ENTER : Key.Code.ESCAPE));
    }

    /// Whether a board is asked about, and not only read.
    static boolean isChosenFrom(Board board) {
        return board.step() != null
                || !board.tabs().isEmpty()
                || board.rows().stream().anyMatch(row -> !row.acts().isEmpty());
    }

    /// The rows of a board, or what was begun on one of them.
    void walk(Board board) throws InterruptedException {
        switch (board.step()) {
            case null -> rows(board);
            case Step.Awaiting _ -> plain.press(Key.of(Key.Code.ESCAPE));
            case Step.Choosing choosing -> acts(board, choosing);
            case Step.Confirming confirming -> {
                plain.lines().aside(Safe.oneLine(confirming.question()));
                String text = typed("y goes ahead> ");
                plain.press(Key.of(text.startsWith("y") ? 'y' : 'n'));
            }
            case Step.Entering entering -> entry(entering);
        }
    }

    /// What is there already is taken by an empty line, as Enter takes it on a screen.
    private void entry(Step.Entering entering) throws InterruptedException {
        if (entering.problem() != null) {
            plain.lines().aside(Safe.oneLine(entering.problem()));
        }
        boolean masked = entering.doing().masked();
        String ask = Safe.oneLine(entering.doing().ask());
        String now = masked ? "" : Safe.oneLine(entering.doing().text());
        String prompt = now.isEmpty() ? ask + "> " : ask + " [" + now + "]> ";
        Lines.Read read = masked ? plain.askSecret(prompt) : plain.ask(prompt);
        String text = read instanceof Lines.Read.Text(var line) ? line.strip() : "";
        if (text.isEmpty()) {
            plain.press(Key.of(Key.Code.ESCAPE));
            return;
        }
        plain.press(Key.ctrl('u'));
        plain.apply(new UiEvent.Did(new Input.Pasted(text)));
        plain.press(Key.of(Key.Code.ENTER));
    }

    private void acts(Board board, Step.Choosing choosing) throws InterruptedException {
        Board.Line.Row row = board.chosen();
        if (row != null && !row.about().isEmpty()) {
            plain.lines().aside(row.about());
        }
        for (int i = 0; i < choosing.acts().size(); i++) {
            String label = choosing.acts().get(i).label();
            plain.lines().aside(Safe.oneLine("%d) %s".formatted(i + 1, label)));
        }
        int number = number(typed("number, or nothing to leave> "), choosing.acts().size());
        if (number == 0) {
            plain.press(Key.of(Key.Code.ESCAPE));
        } else {
            take(number - 1 - choosing.chosen());
        }
    }

    private void rows(Board board) throws InterruptedException {
        BoardText text = BoardText.of(board, 0);
        String answer = answered(board, text);
        while (answer.equals(MORE) && text.next() >= 0) {
            text = BoardText.of(board, text.next());
            answer = answered(board, text);
        }
        int number = number(answer, text.numbered().size());
        if (answer.isEmpty()) {
            plain.press(Key.of(Key.Code.ESCAPE));
        } else if (number > 0) {
            take(text.numbered().get(number - 1) - board.selected());
        } else if (answer.equals(NEXT) || answer.equals(BACK)) {
            plain.press(Key.of(answer.equals(NEXT) ? Key.Code.RIGHT : Key.Code.LEFT));
        } else {
            for (int i = 0; i < board.filter().length(); i++) {
                plain.press(Key.of(Key.Code.BACKSPACE));
            }
            plain.apply(new UiEvent.Did(new Input.Pasted(answer)));
        }
    }

    private String answered(Board board, BoardText text) throws InterruptedException {
        text.lines().forEach(plain.lines()::aside);
        List<String> ways = new ArrayList<>();
        if (!text.numbered().isEmpty()) {
            ways.add("number");
            ways.add("words to narrow");
        }
        if (text.next() >= 0) {
            ways.add(MORE + " for more");
        }
        if (!board.tabs().isEmpty()) {
            int next = (board.tabs().indexOf(board.place()) + 1) % board.tabs().size();
            ways.add(NEXT + " for " + board.tabs().get(next).label());
        }
        return typed(String.join(", ", ways) + ", or nothing to leave> ");
    }

    private String typed(String prompt) throws InterruptedException {
        return plain.ask(prompt) instanceof Lines.Read.Text(var line) ? line.strip() : "";
    }

    /// Goes so many steps down, and takes what is there.
    private void take(int steps) {
        Key step = Key.of(steps < 0 ? Key.Code.UP : Key.Code.DOWN);
        for (int i = 0; i < Math.abs(steps); i++) {
            plain.press(step);
        }
        plain.press(Key.of(Key.Code.ENTER));
    }
}
