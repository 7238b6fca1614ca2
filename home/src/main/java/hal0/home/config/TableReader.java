package hal0.home.config;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// One TOML table, read key by key.
///
/// **Shape** asking for a key makes it known; keys that nobody asked for are reported as unknown,
/// with the nearest known name. Every `get` returns its default when the key is absent and when it
/// is wrong, in which case a problem is recorded with the place of the key. **Threads** one.
public interface TableReader {

    /// The dotted path of this table, such as `providers.groq`.
    String path();

    /// Where this table begins, counted from 1; 0 when it is absent.
    int line();

    boolean has(String key);

    String string(String key, String defaultValue);

    @Nullable String stringOrNull(String key);

    boolean bool(String key, boolean defaultValue);

    /// A whole number within `[min, max]`.
    long integer(String key, long defaultValue, long min, long max);

    /// A number, whole or not, of at least `min`.
    double number(String key, double defaultValue, double min);

    @Nullable Double numberOrNull(String key, double min);

    List<String> strings(String key);

    /// A list of numbers, whole or not, each of at least `min`; empty when absent or when one is
    /// wrong.
    List<Double> numbers(String key, double min);

    /// A string or a list of strings, as a list; empty when absent.
    List<String> stringOrStrings(String key);

    /// One of the words; a wrong one is reported with all of them and the nearest.
    <T> T choice(String key, T defaultValue, Map<String, T> words);

    /// A string that `parse` turns into a value; its [IllegalArgumentException]'s message becomes
    /// the problem.
    <T> Optional<T> parsed(String key, Function<String, T> parse);

    /// A table under this one; empty when absent.
    TableReader table(String key);

    /// The tables under this one by name, in the order of the file (`[providers.*]`).
    Map<String, TableReader> tables();

    /// An array of tables (`[[providers.x.models]]`); empty when absent.
    List<TableReader> tableArray(String key);

    /// A list of texts and tables, in any mixture; empty when absent.
    List<TextOrTable> textsOrTables(String key);

    /// An item of such a list.
    sealed interface TextOrTable {
        record Text(String text) implements TextOrTable {}

        record Table(TableReader table) implements TextOrTable {}
    }

    /// The tables of this list, for a section that is a list at the top of a file (`[[route]]`);
    /// empty when absent.
    List<TableReader> items();

    /// All keys of this table with string values, in order: for free-form tables such as headers.
    Map<String, String> stringMap();

    /// Whether anything is written here.
    boolean isPresent();

    /// Takes whatever stands here, and below, as known.
    void acceptAll();

    /// Records a problem at `key` of this table, or at the table itself when null.
    void problem(@Nullable String key, String message, String fix);

    /// Like `problem`, but the file stays usable and validation passes.
    void warning(@Nullable String key, String message, String fix);
}
