package hal0.cli.console;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import hal0.tui.text.Safe;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Rows for people, as columns, or for programs, as a JSON array of objects.
///
/// **Shape** a column's name is its key in JSON and, in upper case, its heading. A cell may have
/// one form for programs (text, number, boolean, null, list) and another for people, of which no
/// terminal obeys anything: names of models are words of whoever serves them.
public final class Listing {
    private final List<String> columns;
    private final List<List<Cell>> rows = new ArrayList<>();

    /// A cell: `value` for programs, `text` for people.
    public record Cell(@Nullable Object value, String text) {
        /// The same for both.
        public static Cell of(@Nullable Object value) {
            return new Cell(value, value == null ? "-" : String.valueOf(value));
        }
    }

    public Listing(String... columns) {
        this.columns = List.of(columns);
    }

    /// A row of as many cells as there are columns; what is no [Cell] is made one.
    public Listing row(@Nullable Object... cells) {
        if (cells.length != columns.size()) {
            throw new IllegalArgumentException(
                    "%d cells for %d columns".formatted(cells.length, columns.size()));
        }
        List<Cell> row = new ArrayList<>();
        for (Object cell : cells) {
            row.add(cell instanceof Cell made ? made : Cell.of(cell));
        }
        rows.add(row);
        return this;
    }

    public boolean isEmpty() {
        return rows.isEmpty();
    }

    /// Prints the rows as JSON or as columns, which on a terminal are as wide as that.
    public void print(Console console, boolean json) {
        if (json) {
            printJson(console.out());
        } else {
            printColumns(console.out(), console.width());
        }
    }

    private void printJson(PrintStream out) {
        List<Map<String, @Nullable Object>> objects = new ArrayList<>();
        for (List<Cell> row : rows) {
            Map<String, @Nullable Object> object = new LinkedHashMap<>();
            for (int i = 0; i < columns.size(); i++) {
                object.put(columns.get(i), row.get(i).value());
            }
            objects.add(object);
        }
        try {
            out.writeBytes(
                    new ObjectMapper()
                            .enable(SerializationFeature.INDENT_OUTPUT)
                            // Some readers of JSON know no exponents.
                            .enable(JsonGenerator.Feature.WRITE_BIGDECIMAL_AS_PLAIN)
                            .writeValueAsBytes(objects));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        out.println();
    }

    private void printColumns(PrintStream out, int width) {
        List<List<String>> lines = new ArrayList<>();
        lines.add(
                columns.stream()
                        .map(name -> name.replace('_', ' ').toUpperCase(Locale.ROOT))
                        .toList());
        rows.forEach(
                row -> lines.add(row.stream().map(cell -> Safe.oneLine(cell.text())).toList()));
        Columns.lines(lines, width).forEach(out::println);
    }
}
