package hal0.tui.state;

import hal0.tui.text.Row;
import hal0.tui.text.Row.Part;
import hal0.tui.text.Row.Part.When;
import java.util.List;

/// Something that folds: a number and a kind for its rows. Pure.
record Block(int number, Part.Kind kind) {

    Row always(Row row) {
        return new Part(number, kind, When.ALWAYS, row);
    }

    Row unfolded(Row row) {
        return new Part(number, kind, When.UNFOLDED, row);
    }

    Row folded(Row row) {
        return new Part(number, kind, When.FOLDED, row);
    }

    List<Row> unfolded(List<Row> rows) {
        return rows.stream().map(this::unfolded).toList();
    }
}
