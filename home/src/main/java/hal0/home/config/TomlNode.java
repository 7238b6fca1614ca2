package hal0.home.config;

import hal0.home.config.ConfigProblem.Severity;
import hal0.home.config.Findings.Place;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.tomlj.TomlArray;
import org.tomlj.TomlPosition;
import org.tomlj.TomlTable;

/// One table of a parsed file, or the place where one could be, and which of its keys were asked
/// for.
///
/// **Threads** one.
final class TomlNode {
    private final Findings findings;
    private final String path;
    private final String name;
    private final Place place;
    private final @Nullable TomlTable table;
    private final @Nullable TomlArray list;

    private final Set<String> known = new LinkedHashSet<>();
    private final Map<String, TomlNode> children = new LinkedHashMap<>();
    private final Map<String, List<TomlNode>> elements = new LinkedHashMap<>();
    private boolean listAsked;
    private boolean freeNames;
    private boolean accepted;

    private TomlNode(
            Findings findings, String path, String name, Place place, @Nullable Object value) {
        this.findings = findings;
        this.path = path;
        this.name = name;
        this.place = place;
        this.table = value instanceof TomlTable t ? t : null;
        this.list = value instanceof TomlArray a ? a : null;
    }

    static TomlNode root(Findings findings, @Nullable TomlTable table) {
        return new TomlNode(findings, "", "", Place.NONE, table);
    }

    String path() {
        return path;
    }

    int line() {
        return place.line();
    }

    boolean isPresent() {
        return table != null || list != null;
    }

    void acceptAll() {
        accepted = true;
    }

    String path(String key) {
        return KeyPath.join(path, key);
    }

    boolean isSecret(String key) {
        return Masks.isSecret(name, key);
    }

    /// The value at a key, which is known from then on.
    @Nullable Object asked(String key) {
        known.add(key);
        return raw(key);
    }

    private @Nullable Object raw(String key) {
        return table == null ? null : table.get(List.of(key));
    }

    List<String> keys() {
        return table == null ? List.of() : List.copyOf(table.keySet());
    }

    /// The top-level table of a section, or the list of tables that is there instead.
    TomlNode section(String key) {
        return asked(key) instanceof TomlArray array && isTables(array)
                ? adopt(key, array)
                : child(key);
    }

    private static boolean isTables(TomlArray array) {
        return array.isEmpty() || array.get(0) instanceof TomlTable;
    }

    /// The table at a key; anything else there is a problem and counts as an empty one.
    TomlNode child(String key) {
        TomlNode seen = children.get(key);
        if (seen != null) {
            return seen;
        }
        Object value = asked(key);
        if (value != null && !(value instanceof TomlTable)) {
            String fix = "write [%s]".formatted(path(key));
            error(key, Found.of(value, isSecret(key)) + ", but must be a table", fix);
        }
        return adopt(key, value instanceof TomlTable ? value : null);
    }

    private TomlNode adopt(String key, @Nullable Object value) {
        TomlNode child = new TomlNode(findings, path(key), key, placeOf(key), value);
        children.put(key, child);
        return child;
    }

    /// All tables here, under whatever name.
    Map<String, TomlNode> named() {
        freeNames = true;
        Map<String, TomlNode> all = new LinkedHashMap<>();
        for (String key : keys()) {
            if (raw(key) instanceof TomlTable) {
                all.put(key, child(key));
            }
        }
        return all;
    }

    /// The tables of the list at a key.
    List<TomlNode> elements(String key) {
        Object value = asked(key);
        if (value instanceof TomlArray array) {
            return elements(path(key), key, array);
        }
        if (value != null) {
            error(
                    key,
                    Found.of(value, isSecret(key)) + ", but must be a list of tables",
                    "write [[%s]]".formatted(path(key)));
        }
        return List.of();
    }

    /// The tables of the list that this node itself is.
    List<TomlNode> elements() {
        listAsked = true;
        if (table != null) {
            error(
                    null,
                    "is one table, but must be a list of tables",
                    "write [[%s]]".formatted(path));
        }
        return list == null ? List.of() : elements(path, name, list);
    }

    private List<TomlNode> elements(String listPath, String listName, TomlArray array) {
        List<TomlNode> seen = elements.get(listPath);
        if (seen != null) {
            return seen;
        }
        List<TomlNode> nodes = new ArrayList<>();
        for (int i = 0; i < array.size(); i++) {
            Place at = place(array.inputPositionOf(i));
            String itemPath = "%s[%d]".formatted(listPath, i);
            if (array.get(i) instanceof TomlTable element) {
                nodes.add(new TomlNode(findings, itemPath, listName, at, element));
            } else {
                findings.error(
                        at,
                        itemPath,
                        Found.of(array.get(i), false) + ", but must be a table",
                        "write [[%s]]".formatted(listPath));
            }
        }
        elements.put(listPath, nodes);
        return nodes;
    }

    /// The items of a list: texts as they are, tables as nodes; others are problems.
    List<Object> mixed(String key, TomlArray array) {
        List<Object> items = new ArrayList<>();
        List<TomlNode> tables = new ArrayList<>();
        for (int i = 0; i < array.size(); i++) {
            String itemPath = "%s[%d]".formatted(path(key), i);
            Place at = place(array.inputPositionOf(i));
            switch (array.get(i)) {
                case String text -> items.add(text);
                case TomlTable table -> {
                    TomlNode node = new TomlNode(findings, itemPath, key, at, table);
                    tables.add(node);
                    items.add(node);
                }
                case Object other ->
                        findings.error(
                                at,
                                itemPath,
                                Found.of(other, isSecret(key)) + ", but must be text or a table",
                                "for example %s = [\"text\"]".formatted(key));
            }
        }
        elements.put(path(key), tables);
        return items;
    }

    void error(@Nullable String key, String message, String fix) {
        report(Severity.ERROR, key, message, fix);
    }

    void report(Severity severity, @Nullable String key, String message, String fix) {
        findings.problem(
                severity,
                key == null ? place : placeOf(key),
                key == null ? path : path(key),
                message,
                fix);
    }

    /// Notes what holds for a key, what may, and what would if nothing stood there; null for
    /// nothing.
    void holds(String key, @Nullable Object value, Form form, @Nullable Object standard) {
        String shown = value == null ? "" : TomlText.of(value);
        if (isSecret(key) && !mayBeShown(value)) {
            shown = TomlText.quoted(Masks.REDACTED);
        } else if (value instanceof String text) {
            shown = TomlText.of(Masks.address(text));
        } else if (value instanceof List<?> list
                && list.stream().allMatch(String.class::isInstance)) {
            shown = TomlText.of(Masks.words(list.stream().map(String::valueOf).toList()));
        }
        String usual = standard == null ? "" : TomlText.of(standard);
        Form told = isSecret(key) ? new Form.Hidden() : form;
        findings.setting(path(key), shown, placeOf(key), told, usual);
    }

    private static boolean mayBeShown(@Nullable Object secret) {
        return secret == null
                || (secret instanceof String text && (text.isEmpty() || Masks.isReference(text)));
    }

    private Place placeOf(String key) {
        return table == null ? Place.NONE : place(table.inputPositionOf(List.of(key)));
    }

    private static Place place(@Nullable TomlPosition position) {
        return position == null ? Place.NONE : new Place(position.line(), position.column());
    }

    /// Reports what nobody asked for, here and below. `all` are the known keys of the whole file.
    void reportUnknown(Collection<Setting> all) {
        if (accepted) {
            return;
        }
        if (list != null && !listAsked) {
            String message = "is a list of tables, but must be one table";
            error(null, message, "write [%s]".formatted(path));
        }
        boolean misplaced = listAsked && table != null; // reported, its keys are not the fault
        for (String key : keys()) {
            if (!misplaced && !known.contains(key)) {
                reportUnknown(key, all);
            }
        }
        children.values().forEach(child -> child.reportUnknown(all));
        elements.values().forEach(nodes -> nodes.forEach(node -> node.reportUnknown(all)));
    }

    private void reportUnknown(String key, Collection<Setting> all) {
        boolean isTable = raw(key) instanceof TomlTable;
        if (freeNames && known.equals(children.keySet())) {
            String fix = "write [%s]".formatted(path(key));
            error(key, Found.of(raw(key), true) + ", but must be a table", fix);
            return;
        }
        String nearest = Nearest.to(key, known);
        error(
                key,
                "is not a known " + (isTable ? "table" : "key"),
                nearest == null
                        ? elsewhere(key, all)
                        : "did you mean %s?".formatted(TomlText.quoted(nearest)));
    }

    /// A key under the wrong header is the commonest mistake in TOML.
    private static String elsewhere(String key, Collection<Setting> all) {
        List<String> paths =
                all.stream().map(Setting::path).filter(p -> p.endsWith("." + key)).toList();
        if (paths.size() != 1) {
            return "";
        }
        String path = paths.getFirst();
        return "there is a key of that name in [%s]"
                .formatted(path.substring(0, path.length() - key.length() - 1));
    }
}
