package hal0.tui.text;

import java.util.List;

/// One logical line of a transcript; [Layout] makes screen lines of it for a width.
///
/// **Shape** immutable, so a row that was once appended looks the same for ever at a given width.
public sealed interface Row {
    Row BLANK = new Verbatim(List.of(), List.of());

    /// Wrapped by words; `first` stands before its first line, `rest` before the others.
    record Flow(List<Span> first, List<Span> rest, List<Span> body) implements Row {
        public Flow {
            first = List.copyOf(first);
            rest = List.copyOf(rest);
            body = List.copyOf(body);
        }
    }

    /// Wrapped only where a line is full, so that code keeps its columns.
    record Verbatim(List<Span> prefix, List<Span> body) implements Row {
        public Verbatim {
            prefix = List.copyOf(prefix);
            body = List.copyOf(body);
        }
    }

    /// A line across the screen.
    record Rule() implements Row {}

    /// A row of a table; all rows of a table have the same `columns`.
    record TableRow(List<Span> prefix, List<Cell> cells, Columns columns) implements Row {
        public TableRow {
            prefix = List.copyOf(prefix);
            cells = List.copyOf(cells);
        }
    }

    /// The line under a table's head.
    record TableRule(List<Span> prefix, Columns columns) implements Row {
        public TableRule {
            prefix = List.copyOf(prefix);
        }
    }

    /// A line of something that folds: all rows of one `block` fold together.
    record Part(int block, Kind kind, When when, Row row) implements Row {
        /// What is folded and unfolded at once.
        public enum Kind {
            THINKING,
            DETAIL
        }

        /// When it is shown.
        public enum When {
            ALWAYS,
            UNFOLDED,
            FOLDED
        }

        boolean isShown(boolean unfolded) {
            return switch (when) {
                case ALWAYS -> true;
                case UNFOLDED -> unfolded;
                case FOLDED -> !unfolded;
            };
        }
    }

    static Row plain(String text, Role role) {
        return new Flow(List.of(), List.of(), List.of(Span.of(text, role)));
    }

    static Row code(String text) {
        return new Verbatim(List.of(), List.of(Span.of(text, Role.CODE_BLOCK)));
    }
}
