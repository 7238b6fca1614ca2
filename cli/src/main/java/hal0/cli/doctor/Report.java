package hal0.cli.doctor;

import hal0.cli.console.Columns;
import hal0.relay.control.Finding.Status;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;

/// Rows for people: one line each, what to do under it, and the sum.
final class Report {
    private static final String INDENT = " ".repeat(6);
    private static final int NARROWEST = 24;

    private final PrintStream out;
    private final boolean colour;
    private final int width;

    /// `width` is that of the screen; longer lines are broken between words.
    Report(PrintStream out, boolean terminal, int width) {
        this.out = out;
        this.width = width;
        this.colour = terminal && System.getenv("NO_COLOR") == null;
    }

    void print(List<Row> rows) {
        int longest = rows.stream().mapToInt(row -> row.id().length()).max().orElse(0);
        for (Row row : rows) {
            String id = row.id() + " ".repeat(longest - row.id().length());
            // The escape sequences of a colour take no room.
            String start = INDENT + id + "  ";
            hang(word(row.status()) + "  " + id + "  ", start.length(), row.message());
            if (!row.fix().isEmpty()) {
                String arrow = " ".repeat(start.length()) + "→ ";
                hang(arrow, arrow.length(), row.fix());
            }
        }
        out.println();
        out.println(
                "%d failed, %d to look at, %d fine"
                        .formatted(
                                count(rows, Status.FAIL),
                                count(rows, Status.WARN),
                                count(rows, Status.PASS)));
    }

    /// All lines of a text one under another, the first behind `start`.
    private void hang(String start, int indent, String text) {
        String before = start;
        for (String line : text.lines().toList()) {
            for (String piece : Columns.wrapped(line, Math.max(width - indent, NARROWEST))) {
                out.println(before + piece);
                before = " ".repeat(indent);
            }
        }
    }

    private static long count(List<Row> rows, Status status) {
        return rows.stream().filter(row -> row.status() == status).count();
    }

    private String word(Status status) {
        String word = status.word().toUpperCase(Locale.ROOT);
        if (!colour) {
            return word;
        }
        String code =
                switch (status) {
                    case PASS -> "32";
                    case WARN -> "33";
                    case FAIL -> "1;31";
                    case SKIP -> "2";
                };
        return "\u001b[" + code + "m" + word + "\u001b[0m";
    }
}
