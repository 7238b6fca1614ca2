package hal0.home.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tomlj.TomlArray;
import org.tomlj.TomlPosition;
import org.tomlj.TomlTable;

/// Reads a whole TOML text into values of the caller's making, for a reader that wants to see every
/// key, known or not, with its line.
public final class TomlTree {
    private TomlTree() {}

    /// Makes one value of the caller's kind.
    ///
    /// **Shape** a scalar is a String, Long, Double, Boolean or a date of java.time; lines count
    /// from 1, and are 0 for the file itself.
    public interface Builder<N> {
        N table(int line, Map<String, N> entries);

        N list(int line, List<N> items);

        N scalar(int line, Object value);
    }

    /// **Errors** [ConfigException] with every syntax error when the text is not TOML.
    public static <N> N read(String fileName, byte[] bytes, Builder<N> builder) {
        Findings findings = new Findings(fileName);
        String text = TomlFile.decoded(bytes, findings);
        TomlTable root = text == null ? null : TomlFile.parsed(text, findings);
        if (root == null) {
            throw new ConfigException(findings.problems());
        }
        return table(0, root, builder);
    }

    private static <N> N table(int line, TomlTable table, Builder<N> builder) {
        Map<String, N> entries = new LinkedHashMap<>();
        for (String key : table.keySet()) {
            Object value = table.get(List.of(key));
            if (value != null) {
                entries.put(key, value(line(table.inputPositionOf(List.of(key))), value, builder));
            }
        }
        return builder.table(line, entries);
    }

    private static <N> N value(int line, Object value, Builder<N> builder) {
        return switch (value) {
            case TomlTable table -> table(line, table, builder);
            case TomlArray array -> list(line, array, builder);
            default -> builder.scalar(line, value);
        };
    }

    private static <N> N list(int line, TomlArray array, Builder<N> builder) {
        List<N> items = new ArrayList<>();
        for (int i = 0; i < array.size(); i++) {
            int at = line(array.inputPositionOf(i));
            items.add(value(at == 0 ? line : at, array.get(i), builder));
        }
        return builder.list(line, items);
    }

    private static int line(@Nullable TomlPosition position) {
        return position == null ? 0 : position.line();
    }
}
