package hal0.home.config;

import hal0.home.config.ConfigProblem.Severity;
import hal0.home.config.Findings.Place;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.tomlj.MutableTomlArray;
import org.tomlj.MutableTomlTable;
import org.tomlj.Toml;
import org.tomlj.TomlArray;
import org.tomlj.TomlInvalidTypeException;
import org.tomlj.TomlParseResult;
import org.tomlj.TomlPosition;
import org.tomlj.TomlTable;

/// The text of a TOML file, which changes key by key and keeps every other byte: comments, order,
/// blank lines, quotes, line ends.
///
/// **Shape** `file` is what problems call it. A path is dotted, as TOML writes it
/// ([TomlEdit#path]); its first name may have the number of a table in a list: `upstream[2].url`.
/// **Errors** [ConfigException] when the text is not TOML, or the path leads through a value or to
/// a table. **Threads** any.
public record TomlSource(String file, String text) {
    private static final Pattern LISTED = Pattern.compile("([A-Za-z0-9_-]+)\\[(\\d+)](?:\\.(.+))?");

    /// Sets keys; missing tables are made.
    ///
    /// **Shape** values are String, Integer, Long, Double, Boolean or a List of String.
    public TomlSource with(Map<String, ?> values) {
        values.forEach(TomlSource::requireKnownType);
        return changed(root -> values.forEach((path, value) -> set(root, path, value)));
    }

    /// Removes a key, or a table with all that is in it; one that is not there stays so.
    public TomlSource without(String path) {
        TomlSource left = changed(root -> remove(root, path));
        // The blank lines between a first table and the next are not wanted at the top.
        boolean first = beginsBlank(left.text) && !beginsBlank(text);
        return first ? new TomlSource(file, left.text.stripLeading()) : left;
    }

    private static boolean beginsBlank(String text) {
        return text.startsWith("\n") || text.startsWith("\r\n");
    }

    /// Adds whole tables, each with its header, at the end.
    public TomlSource followedBy(String tables) {
        String lineEnd = text.contains("\r\n") ? "\r\n" : "\n";
        String gap = text.isBlank() ? "" : text.endsWith("\n") ? lineEnd : lineEnd + lineEnd;
        TomlSource longer =
                new TomlSource(file, text + gap + tables.strip().replace("\n", lineEnd) + lineEnd);
        longer.requireToml();
        return longer;
    }

    /// **Errors** [ConfigException] with every syntax error.
    public void requireToml() {
        Findings findings = new Findings(file);
        if (TomlFile.parsed(text, findings) == null) {
            throw new ConfigException(findings.problems());
        }
    }

    @FunctionalInterface
    private interface Change {
        void apply(MutableTomlTable root);
    }

    private TomlSource changed(Change change) {
        Findings findings = new Findings(file);
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
        if (!result.equals(text)) {
            verify(root, result);
        }
        return new TomlSource(file, result);
    }

    private static String withoutEnd(String text, String end) {
        return text.endsWith(end) ? text.substring(0, text.length() - end.length()) : text;
    }

    /// What is about to replace the user's file must read back as meant.
    private void verify(TomlTable meant, String text) {
        Findings findings = new Findings(file);
        TomlTable reread = TomlFile.parsed(text, findings);
        if (reread == null || !Toml.equals(meant, reread)) {
            throw refused(Place.NONE, "", "this change cannot be made", "edit the file");
        }
    }

    private void set(MutableTomlTable root, String path, Object value) {
        Matcher listed = LISTED.matcher(path);
        if (listed.matches() && listed.group(3) != null) {
            int index = Integer.parseInt(listed.group(2));
            set(tables(root, listed.group(1)).getTable(index), listed.group(3), value);
            return;
        }
        List<String> keys = Toml.parseDottedKey(path);
        Object toml = value instanceof Integer number ? (Object) number.longValue() : value;
        try {
            Object now = root.get(keys);
            if (now instanceof TomlTable
                    || (now instanceof TomlArray array && holdsTables(array))) {
                throw refused(placeOf(root, keys), path, "is a table, not a single value", "");
            }
            if (!same(now, toml)) {
                root.set(keys, toml);
            }
        } catch (TomlInvalidTypeException _) {
            throw refused(
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

    private void remove(MutableTomlTable root, String path) {
        Matcher listed = LISTED.matcher(path);
        if (!listed.matches()) {
            remove(root, Toml.parseDottedKey(path));
            return;
        }
        MutableTomlArray list = tables(root, listed.group(1));
        int index = Integer.parseInt(listed.group(2));
        if (listed.group(3) == null) {
            list.remove(index);
        } else {
            remove(list.getTable(index), Toml.parseDottedKey(listed.group(3)));
        }
        if (list.isEmpty()) {
            root.remove(List.of(listed.group(1)));
        }
    }

    private MutableTomlArray tables(MutableTomlTable root, String name) {
        if (root.get(List.of(name)) instanceof MutableTomlArray list) {
            return list;
        }
        throw refused(placeOf(root, List.of(name)), name, "is no list of tables", "");
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

    private ConfigException refused(Place place, String path, String message, String fix) {
        return new ConfigException(
                List.of(
                        new ConfigProblem(
                                Severity.ERROR,
                                file,
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
}
