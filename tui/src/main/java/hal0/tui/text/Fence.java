package hal0.tui.text;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A block of code, or of mathematics, that is being written.
///
/// **Shape** immutable; `code` says how far the colouring has come. The indent that the opening
/// line had is taken from its lines, as far as they have it.
record Fence(Margin margin, int quotes, int indent, String closing, Code code) {
    private static final Span INDENT = Span.of("  ", Role.PLAIN);

    /// The block that the line opens, or null.
    static @Nullable Fence opened(Line line) {
        String body = line.body().stripTrailing();
        Margin margin = line.margin().following().with(INDENT, INDENT);
        String marks = Block.fenceOf(body);
        if (marks != null) {
            Code code = Code.of(Languages.find(language(body, marks)));
            return new Fence(margin, line.quotes(), line.column(), marks, code);
        }
        String closing = body.equals("$$") ? "$$" : body.equals("\\[") ? "\\]" : null;
        return closing == null
                ? null
                : new Fence(margin, line.quotes(), line.column(), closing, Code.of(null));
    }

    /// What stands where the block begins: its language, or the sign of the item that it is in.
    static List<Row> head(Line line) {
        String body = line.body().stripTrailing();
        String marks = Block.fenceOf(body);
        String label = marks == null ? "" : language(body, marks);
        if (label.isEmpty() && line.item() == 0) {
            return List.of();
        }
        Margin margin = line.margin().with(INDENT, INDENT);
        return List.of(
                new Row.Flow(margin.first(), margin.rest(), List.of(Span.of(label, Role.DIM))));
    }

    private static String language(String body, String marks) {
        return body.substring(marks.length()).strip();
    }

    boolean isMathematics() {
        return closing.equals("$$") || closing.equals("\\]");
    }

    boolean closes(String line) {
        String body = line.strip();
        if (isMathematics()) {
            return body.equals(closing) || body.isEmpty();
        }
        return body.startsWith(closing) && isMarks(body);
    }

    /// Whether the line may become the one that closes.
    boolean mayClose(String line) {
        String body = line.strip();
        return !body.isEmpty() && body.length() < closing.length() && closing.startsWith(body);
    }

    private boolean isMarks(String body) {
        return body.chars().allMatch(c -> c == closing.charAt(0));
    }

    /// The line without the quote marks and the indent of the block, or null where the quote that
    /// holds the block has ended.
    @Nullable String inner(String line) {
        int at = 0;
        for (int i = 0; i < quotes; i++) {
            int mark = at + Line.blanks(line, at);
            if (mark >= line.length() || line.charAt(mark) != '>') {
                return null;
            }
            at = mark + 1;
        }
        int most = quotes > 0 ? Math.max(1, indent - at) : indent;
        return line.substring(at + Math.min(most, Line.blanks(line, at)));
    }

    /// Adds a line of the block, and gives the block after it.
    Fence add(String line, List<Row> rows) {
        Code.Coloured coloured =
                isMathematics()
                        ? new Code.Coloured(List.of(Span.of(line, Role.CODE)), code)
                        : code.line(line);
        List<Span> prefix = new ArrayList<>(margin.first());
        rows.add(new Row.Verbatim(prefix, coloured.spans()));
        return new Fence(margin, quotes, indent, closing, coloured.next());
    }
}
