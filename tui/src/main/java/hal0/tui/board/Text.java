package hal0.tui.board;

import hal0.tui.state.Board.Line;
import hal0.tui.text.Ink;
import hal0.tui.text.Role;
import hal0.tui.text.Safe;
import hal0.tui.text.Span;
import java.util.List;

/// Lines that are read and not chosen.
final class Text {
    private static final int NAME = 14;

    private Text() {}

    static Line head(String text) {
        return new Line.Head(text);
    }

    /// A name and what belongs to it.
    static Line fact(String name, String value, Role role) {
        String padded = name.length() < NAME ? name + " ".repeat(NAME - name.length()) : name + " ";
        return new Line.Words(
                List.of(
                        new Span(Safe.oneLine(padded), Ink.DIM),
                        Span.of(Safe.oneLine(value), role)));
    }

    static Line fact(String name, String value) {
        return fact(name, value, Role.PLAIN);
    }

    static Line dim(String text) {
        return Line.words(text, Role.DIM);
    }

    static Line blank() {
        return Line.words("", Role.PLAIN);
    }
}
