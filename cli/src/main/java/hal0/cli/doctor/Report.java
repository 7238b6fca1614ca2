package hal0.cli.doctor;

import hal0.cli.doctor.Row.Status;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;

/// Rows for people: one line each, what to do under it, and the sum.
final class Report {
    private static final String INDENT = " ".repeat(6);

    private final PrintStream out;
    private final boolean colour;

    Report(PrintStream out, boolean terminal) {
        this.out = out;
        this.colour = terminal && System.getenv("NO_COLOR") == null;
    }

    void print(List<Row> rows) {
        int width = rows.stream().mapToInt(row -> row.id().length()).max().orElse(0);
        for (Row row : rows) {
            out.println(
                    "%s  %s%s  %s"
                            .formatted(
                                    word(row.status()),
                                    row.id(),
                                    " ".repeat(width - row.id().length()),
                                    row.message()));
            if (!row.fix().isEmpty()) {
                String start = INDENT + " ".repeat(width) + "  → ";
                out.println(start + row.fix().replace("\n", "\n" + " ".repeat(start.length())));
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
