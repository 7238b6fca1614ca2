package hal0.home.testing;

import hal0.home.config.Section;
import hal0.home.config.TableReader;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A table that holds nothing and notes which keys it is asked for: what a section reads.
///
/// **Shape** every key is there, so that no section takes a short cut; tables by name hold one, of
/// the name `oneName`; arrays hold one element.
public final class KnownKeys implements TableReader {
    private static final Pattern INDEX = Pattern.compile("\\[\\d+]");

    private final String path;
    private final String oneName;
    private final Set<String> keys;

    private KnownKeys(String path, String oneName, Set<String> keys) {
        this.path = path;
        this.oneName = oneName;
        this.keys = keys;
    }

    /// The dotted paths of all keys that a section reads; elements of arrays without their number.
    public static Set<String> of(Section<?> section, String oneName) {
        Set<String> keys = new TreeSet<>();
        section.read(new KnownKeys(section.name(), oneName, keys));
        return keys;
    }

    /// A path as a setting has it, in the form that `of` gives.
    public static String plain(String settingPath) {
        return INDEX.matcher(settingPath).replaceAll("");
    }

    private <T> T asked(String key, T value) {
        keys.add(path + "." + key);
        return value;
    }

    private KnownKeys child(String key) {
        return new KnownKeys(path + "." + key, oneName, keys);
    }

    @Override
    public String path() {
        return path;
    }

    @Override
    public int line() {
        return 0;
    }

    @Override
    public boolean isPresent() {
        return true;
    }

    @Override
    public void acceptAll() {}

    @Override
    public boolean has(String key) {
        return asked(key, true);
    }

    @Override
    public String string(String key, String defaultValue) {
        return asked(key, defaultValue);
    }

    @Override
    public @Nullable String stringOrNull(String key) {
        keys.add(path + "." + key);
        return null;
    }

    @Override
    public boolean bool(String key, boolean defaultValue) {
        return asked(key, defaultValue);
    }

    @Override
    public long integer(String key, long defaultValue, long min, long max) {
        return asked(key, defaultValue);
    }

    @Override
    public double number(String key, double defaultValue, double min) {
        return asked(key, defaultValue);
    }

    @Override
    public @Nullable Double numberOrNull(String key, double min) {
        keys.add(path + "." + key);
        return null;
    }

    @Override
    public List<Double> numbers(String key, double min) {
        return asked(key, List.of());
    }

    @Override
    public List<String> strings(String key) {
        return asked(key, List.of());
    }

    @Override
    public List<String> stringOrStrings(String key) {
        return asked(key, List.of());
    }

    @Override
    public <T> T choice(String key, T defaultValue, Map<String, T> words) {
        return asked(key, defaultValue);
    }

    @Override
    public <T> Optional<T> parsed(String key, Function<String, T> parse) {
        return asked(key, Optional.empty());
    }

    @Override
    public TableReader table(String key) {
        return child(key);
    }

    @Override
    public Map<String, TableReader> tables() {
        return Map.of(oneName, child(oneName));
    }

    @Override
    public List<TableReader> tableArray(String key) {
        return List.of(child(key));
    }

    @Override
    public List<TextOrTable> textsOrTables(String key) {
        return asked(key, List.of());
    }

    @Override
    public List<TableReader> items() {
        return List.of(this);
    }

    /// A free table has no keys of its own; that it exists is noted as `path.*`.
    @Override
    public Map<String, String> stringMap() {
        keys.add(path + ".*");
        return Map.of();
    }

    @Override
    public void problem(@Nullable String key, String message, String fix) {}

    @Override
    public void warning(@Nullable String key, String message, String fix) {}
}
