package hal0.tui.text;

import java.util.ArrayList;
import java.util.List;

/// What stands before a block: the bars of quotes, the signs and indents of list items.
///
/// **Shape** `first` before its first line, `rest` before the others; both take the same cells.
record Margin(List<Span> first, List<Span> rest) {
    static final Margin NONE = new Margin(List.of(), List.of());

    Margin {
        first = List.copyOf(first);
        rest = List.copyOf(rest);
    }

    Margin with(Span sign, Span after) {
        List<Span> signs = new ArrayList<>(first);
        signs.add(sign);
        List<Span> others = new ArrayList<>(rest);
        others.add(after);
        return new Margin(signs, others);
    }

    Margin indented(int cells) {
        Span blanks = Span.of(" ".repeat(cells), Role.PLAIN);
        return cells == 0 ? this : with(blanks, blanks);
    }

    /// Of the lines that follow.
    Margin following() {
        return new Margin(rest, rest);
    }
}
