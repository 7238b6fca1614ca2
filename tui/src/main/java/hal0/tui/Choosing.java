package hal0.tui;

import hal0.tui.plain.Lines;
import hal0.tui.plain.PageText;
import hal0.tui.state.Overlay;
import hal0.tui.state.Sheet;
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
}
