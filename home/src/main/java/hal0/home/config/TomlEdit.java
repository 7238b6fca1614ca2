package hal0.home.config;

import static java.nio.charset.StandardCharsets.UTF_8;

import hal0.home.AtomicFile;
import hal0.home.config.ConfigProblem.Severity;
import hal0.home.config.Findings.Place;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.tomlj.MutableTomlTable;
import org.tomlj.Toml;
import org.tomlj.TomlArray;
import org.tomlj.TomlInvalidTypeException;
import org.tomlj.TomlParseResult;
import org.tomlj.TomlPosition;
import org.tomlj.TomlTable;

/// Changes single keys of a TOML file and leaves every other byte as the user wrote it: comments,
/// order, blank lines, quotes, line ends.
///
/// **Shape** a path is dotted, as TOML writes it; `path` makes one from names that may need quotes.
/// File, folder and tables are made when missing. **Errors** [ConfigException] when the file is not
/// TOML (it is never overwritten then) or the path leads through a value or to a table;
/// [IOException] when it cannot be read or written. **Threads** any; a change that somebody else
/// makes meanwhile is kept.
public final class TomlEdit {
    private TomlEdit() {}

    /// The dotted path of these names, such as `providers."my box".enabled`.
    public static String path(String... names) {
        String path = "";
        for (String name : names) {
            path = KeyPath.join(path, name);
        }
        return path;
    }

    /// Sets keys, all in one write.
    ///
    /// **Shape** values are String, Integer, Long, Double, Boolean or a List of String.
    public static void set(Path file, Map<String, ?> values) throws IOException {
        values.forEach(TomlEdit::requireKnownType);
        edit(file, root -> values.forEach((path, value) -> set(file, root, path, value)));
    }

    /// Removes a key or a table with all that is in it; one that is not there stays so.
    public static void remove(Path file, String path) throws IOException {
        edit(file, root -> remove(root, Toml.parseDottedKey(path)));
    }

    /// Adds whole tables at the end of a file, after a blank line.
    ///
    /// **Errors** also [ConfigException] when one of the tables is there already.
    public static void append(Path file, String tables) throws IOException {
        AtomicFile.edit(
                file,
                bytes -> {
                    Findings findings = new Findings(nameOf(file));
                    String text = bytes == null ? "" : TomlFile.decoded(bytes, findings);
                    String result = text == null ? "" : appended(text, tables);
                    if (text == null || TomlFile.parsed(result, findings) == null) {
                        throw new ConfigException(findings.problems());
                    }
                    return result.getBytes(UTF_8);
                });
    }

    /// What `append` makes of a text.
    public static String appended(String text, String tables) {
        String lineEnd = text.contains("\r\n") ? "\r\n" : "\n";
        String gap = text.isEmpty() || text.endsWith("\n") ? "" : lineEnd;
        String blank = text.isBlank() ? "" : lineEnd;
        return text + gap + blank + tables.replace("\n", lineEnd);
    }

    @FunctionalInterface
    private interface Change {
        void apply(MutableTomlTable root);
    }

    private static void edit(Path file, Change change) throws IOException {
        AtomicFile.edit(file, bytes -> changed(file, bytes, change));
    }

    private static byte @Nullable [] changed(Path file, byte @Nullable [] bytes, Change change) {
        Findings findings = new Findings(nameOf(file));
        String text = bytes == null ? "" : TomlFile.decoded(bytes, findings);
        if (text == null) {
            throw new ConfigException(findings.problems());
        }
        // The library writes blanks at the very end twice when no line end follows them.
        String lineEnd = text.contains("\r\n") ? "\r\n" : "\n";
        String lent = text.isEmpty() || text.endsWith("\n") ? "" : lineEnd;
        TomlParseResult root = TomlFile.parsed(text + lent, findings);
        if (root == null) {
            throw new ConfigException(findings.problems());
        }
        change.apply(root);
        String mark = text.startsWith(TomlFile.BYTE_ORDER_MARK) ? TomlFile.BYTE_ORDER_MARK : "";
        String result = withoutEnd(mark + root.toToml(), lent);
        if (result.equals(text)) {
            return null;
        }
        verify(file, root, result);
        return result.getBytes(UTF_8);
    }

    private static String withoutEnd(String text, String end) {
        return text.endsWith(end) ? text.substring(0, text.length() - end.length()) : text;
    }

    /// What is about to replace the user's file must read back as meant.
    private static void verify(Path file, TomlTable meant, String text) {
        Findings findings = new Findings(nameOf(file));
        TomlTable reread = TomlFile.parsed(text, findings);
        if (reread == null || !Toml.equals(meant, reread)) {
            throw refused(file, Place.NONE, "", "this change cannot be made", "edit the file");
        }
    }

    private static void set(Path file, MutableTomlTable root, String path, Object value) {
        List<String> keys = Toml.parseDottedKey(path);
        Object toml = value instanceof Integer number ? (Object) number.longValue() : value;
        try {
            Object now = root.get(keys);
            if (now instanceof TomlTable
                    || (now instanceof TomlArray array && holdsTables(array))) {
                throw refused(
                        file, placeOf(root, keys), path, "is a table, not a single value", "");
            }
            if (!same(now, toml)) {
                root.set(keys, toml);
            }
        } catch (TomlInvalidTypeException _) {
            throw refused(
                    file,
                    lastPlaceOn(root, keys),
                    path,
                    "cannot be set, because a part of it is already a single value or a list",
                    "remove that one first");
        }
    }

    private static boolean holdsTables(TomlArray array) {
        return !array.isEmpty() && array.get(0) instanceof TomlTable;
    }

    private static boolean same(@Nullable Object now, Object value) {
        return now instanceof TomlArray array
                ? array.toList().equals(value)
                : Objects.equals(now, value);
    }

    private static void remove(MutableTomlTable root, List<String> keys) {
        if (!root.contains(keys)) {
            return;
        }
        List<String> parent = keys.subList(0, keys.size() - 1);
        // `[a.b]` alone makes an `a` that the user never wrote; it goes with its last table.
        boolean implied =
                !parent.isEmpty()
                        && Objects.equals(root.inputPositionOf(parent), root.inputPositionOf(keys));
        root.remove(keys);
        TomlTable left = parent.isEmpty() ? root : root.getTable(parent);
        if (implied && left != null && left.isEmpty()) {
            remove(root, parent);
        }
    }

    private static void requireKnownType(String path, Object value) {
        boolean known =
                switch (value) {
                    case String _, Integer _, Long _, Double _, Boolean _ -> true;
                    case List<?> list -> list.stream().allMatch(String.class::isInstance);
                    default -> false;
                };
        if (!known) {
            throw new IllegalArgumentException(
                    "%s: a %s cannot be written".formatted(path, value.getClass().getSimpleName()));
        }
    }

    private static ConfigException refused(
            Path file, Place place, String path, String message, String fix) {
        return new ConfigException(
                List.of(
                        new ConfigProblem(
                                Severity.ERROR,
                                nameOf(file),
                                place.line(),
                                place.column(),
                                path,
                                message,
                                fix)));
    }

    private static Place lastPlaceOn(TomlTable root, List<String> keys) {
        for (int length = keys.size(); length > 0; length--) {
            try {
                Place place = placeOf(root, keys.subList(0, length));
                if (place.line() > 0) {
                    return place;
                }
            } catch (TomlInvalidTypeException _) {
                // Leads through the value too: a shorter one is its place.
            }
        }
        return Place.NONE;
    }

    private static Place placeOf(TomlTable root, List<String> keys) {
        TomlPosition position = root.inputPositionOf(keys);
        return position == null ? Place.NONE : new Place(position.line(), position.column());
    }

    private static String nameOf(Path file) {
        return String.valueOf(file.getFileName());
    }
}
