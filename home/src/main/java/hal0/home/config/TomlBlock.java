package hal0.home.config;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// One table with its keys, as text to be put into a file: `[providers.groq]` and what follows.
///
/// **Shape** values are String, Boolean, Long, Integer, BigDecimal, Double, a List of them, or a
/// Map of them, which is written on one line; null is left out. Names are quoted where they must
/// be. **Threads** one.
public final class TomlBlock {
    private final StringBuilder text = new StringBuilder();

    private TomlBlock(String header) {
        text.append(header).append('\n');
    }

    /// `[a.b]`
    public static TomlBlock table(String... names) {
        return new TomlBlock("[" + TomlEdit.path(names) + "]");
    }

    /// `[[a.b]]`, one more table of a list.
    public static TomlBlock item(String... names) {
        return new TomlBlock("[[" + TomlEdit.path(names) + "]]");
    }

    public TomlBlock set(String key, @Nullable Object value) {
        if (value != null) {
            text.append(KeyPath.join("", key)).append(" = ").append(written(value)).append('\n');
        }
        return this;
    }

    public TomlBlock setAll(Map<String, ?> values) {
        values.forEach(this::set);
        return this;
    }

    private static String written(Object value) {
        return switch (value) {
            case BigDecimal number -> number.toPlainString();
            case Map<?, ?> map ->
                    map.entrySet().stream()
                            .map(entry ->
                                    KeyPath.join("", String.valueOf(entry.getKey()))
                                            + " = "
                                            + written(entry.getValue()))
                            .collect(Collectors.joining(", ", "{ ", " }"));
            case List<?> list ->
                    list.stream()
                            .map(TomlBlock::written)
                            .collect(Collectors.joining(", ", "[", "]"));
            default -> TomlText.of(value);
        };
    }

    /// The lines, with a line end after the last.
    public String toml() {
        return text.toString();
    }
}
