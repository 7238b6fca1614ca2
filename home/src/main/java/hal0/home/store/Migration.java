package hal0.home.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/// One step from a version of the schema to the next.
///
/// **Shape** versions count from 1 without gaps. In `sql` each statement ends with `;` at the end
/// of a line; a line that begins with `--` is a comment.
record Migration(int version, String name, String sql) {
    /// Released files are never edited: databases exist that were made by them.
    private static final List<String> FILES =
            List.of(
                    "0001-usage-ledger.sql",
                    "0002-usage-by-session.sql",
                    "0003-usage-by-key.sql",
                    "0004-keys.sql",
                    "0005-activity.sql",
                    "0006-stored-responses.sql",
                    "0007-usage-answered-model.sql",
                    "0008-sparse-indexes.sql",
                    "0009-memory.sql",
                    "0010-memory-vectors.sql",
                    "0011-usage-sums.sql");

    static List<Migration> all() {
        List<Migration> all = new ArrayList<>();
        for (String file : FILES) {
            all.add(new Migration(all.size() + 1, file, resource(file)));
        }
        return List.copyOf(all);
    }

    private static String resource(String file) {
        try (InputStream in = Migration.class.getResourceAsStream(file)) {
            if (in == null) {
                throw new IllegalStateException(file + " is not part of this build");
            }
            return new String(in.readAllBytes(), UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    List<String> statements() {
        List<String> statements = new ArrayList<>();
        StringBuilder statement = new StringBuilder();
        for (String line : sql.lines().toList()) {
            if (line.isBlank() || line.strip().startsWith("--")) {
                continue;
            }
            statement.append(line.stripTrailing()).append('\n');
            if (line.stripTrailing().endsWith(";")) {
                statements.add(statement.substring(0, statement.length() - 2));
                statement.setLength(0);
            }
        }
        if (!statement.isEmpty()) {
            throw new IllegalStateException(name + ": the last statement does not end with ;");
        }
        return statements;
    }
}
