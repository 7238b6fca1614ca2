package hal0.tui;

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
import hal0.tui.text.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/// Asks by numbers what a screen would ask by keys.
final class Choosing {
    private static final int MOST = 20;

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
            int steps = number - 1 - Math.min(picker.selected(), shown.size() - 1);
            Key step = Key.of(steps < 0 ? Key.Code.UP : Key.Code.DOWN);
            for (int i = 0; i < Math.abs(steps); i++) {
                plain.press(step);
            }
            plain.press(Key.of(Key.Code.ENTER));
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

    /// Whether something of a board can be chosen or is asked already.
    static boolean isChosenFrom(Board board) {
        return board.step() != null || rows(board).stream().anyMatch(row -> !row.acts().isEmpty());
    }

    private static List<Board.Line.Row> rows(Board board) {
        return board.shown().stream()
                .filter(Board.Line.Row.class::isInstance)
                .map(Board.Line.Row.class::cast)
                .toList();
    }

    /// The rows of a board, or what was begun on one of them.
    void walk(Board board) throws InterruptedException {
        switch (board.step()) {
            case null -> rows(board, rows(board));
            case Step.Awaiting _ -> plain.press(Key.of(Key.Code.ESCAPE));
            case Step.Choosing choosing -> {
                List<String> labels = choosing.acts().stream().map(Board.Act::label).toList();
                walked(choosing.chosen(), list(labels), labels.size());
            }
            case Step.Confirming confirming -> {
                plain.lines().aside(Safe.oneLine(confirming.question()));
                String text = typed("y goes ahead> ");
                plain.press(Key.of(text.startsWith("y") ? 'y' : 'n'));
            }
            case Step.Entering entering when entering.doing().masked() -> {
                plain.lines().aside("a key is not entered here: hal0 providers credentials set ID");
                plain.press(Key.of(Key.Code.ESCAPE));
            }
            case Step.Entering entering -> {
                String text = typed(Safe.oneLine(entering.doing().ask()) + "> ");
                plain.apply(new UiEvent.Did(new Input.Pasted(text)));
                plain.press(Key.of(text.isEmpty() ? Key.Code.ESCAPE : Key.Code.ENTER));
            }
        }
    }

    private void rows(Board board, List<Board.Line.Row> rows) throws InterruptedException {
        if (board.said() != null) {
            plain.lines().aside(board.said());
        }
        plain.lines().aside(Safe.oneLine(board.place().kind().title()));
        List<String> shown =
                rows.stream()
                        .map(row ->
                                row.cells().stream()
                                        .map(Span::text)
                                        .filter(cell -> !cell.isBlank())
                                        .collect(Collectors.joining("  ")))
                        .toList();
        String text = list(shown);
        if (number(text, rows.size()) == 0 && !text.isEmpty()) {
            for (int i = 0; i < board.filter().length(); i++) {
                plain.press(Key.of(Key.Code.BACKSPACE));
            }
            plain.apply(new UiEvent.Did(new Input.Pasted(text)));
        } else {
            walked(board.selected(), text, rows.size());
        }
    }

    /// Numbers a list and gives what was answered.
    private String list(List<String> texts) throws InterruptedException {
        for (int i = 0; i < Math.min(MOST, texts.size()); i++) {
            plain.lines().aside(Safe.oneLine("%d) %s".formatted(i + 1, texts.get(i))));
        }
        if (texts.size() > MOST) {
            plain.lines().aside("and %d more".formatted(texts.size() - MOST));
        }
        return typed("number, words to narrow, or nothing to leave> ");
    }

    private String typed(String prompt) throws InterruptedException {
        return plain.ask(prompt) instanceof Lines.Read.Text(var line) ? line.strip() : "";
    }

    /// Goes to the number that was answered and takes it; leaves where it is none.
    private void walked(int from, String answer, int size) {
        int number = number(answer, size);
        if (number == 0) {
            plain.press(Key.of(Key.Code.ESCAPE));
            return;
        }
        int steps = number - 1 - from;
        Key step = Key.of(steps < 0 ? Key.Code.UP : Key.Code.DOWN);
        for (int i = 0; i < Math.abs(steps); i++) {
            plain.press(step);
        }
        plain.press(Key.of(Key.Code.ENTER));
    }
}
