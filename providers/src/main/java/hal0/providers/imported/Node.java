package hal0.providers.imported;

import hal0.home.config.TomlEdit;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One value of the file that is imported, with its place, and whether anybody understood it.
///
/// **Shape** asking for a value in a form that it has makes it understood; in a form that it has
/// not, it is noted. A value that is not there is a node without a value. **Threads** one.
final class Node {
    static final int MAX_DEPTH = 60;

    /// Aliases of aliases could stand for more values than fit anywhere.
    private static final int MAX_NODES = 100_000;

    /// A number of a million digits is a sentence on one line of the file.
    private static final int MAX_SCALE = 30;

    private final Notes notes;
    private final String path;
    private final int line;

    /// String, BigDecimal, Boolean, null; containers are in the two below.
    private final @Nullable Object value;

    private final @Nullable Map<String, Node> fields;
    private final @Nullable List<Node> items;
    private boolean understood;

    /// Reported, with all that is in it.
    private boolean told;

    private Node(
            Notes notes,
            String path,
            int line,
            @Nullable Object value,
            @Nullable Map<String, Node> fields,
            @Nullable List<Node> items) {
        this.notes = notes;
        this.path = path;
        this.line = line;
        this.value = value;
        this.fields = fields;
        this.items = items;
    }

    /// **Errors** [ConfigException] when the tree stands for too much.
    static Node of(Tree tree, Notes notes) {
        return new Walk(notes).node(tree, "");
    }

    private static final class Walk {
        private final Notes notes;
        private int left = MAX_NODES;

        Walk(Notes notes) {
            this.notes = notes;
        }

        Node node(Tree tree, String path) {
            left--;
            if (left < 0) {
                throw Malformed.at(notes.fileName(), tree.line(), "it repeats itself too often");
            }
            return switch (tree.value()) {
                case Map<?, ?> map -> {
                    Map<String, Node> fields = new LinkedHashMap<>();
                    map.forEach((key, item) -> {
                        String name = String.valueOf(key);
                        String at = TomlEdit.path(name);
                        fields.put(name, child(item, path.isEmpty() ? at : path + "." + at));
                    });
                    yield new Node(notes, path, tree.line(), null, fields, null);
                }
                case List<?> list -> {
                    List<Node> items = new ArrayList<>();
                    list.forEach(
                            item -> items.add(child(item, "%s[%d]".formatted(path, items.size()))));
                    yield new Node(notes, path, tree.line(), null, null, items);
                }
                case null, default -> new Node(notes, path, tree.line(), tree.value(), null, null);
            };
        }

        private Node child(@Nullable Object tree, String path) {
            return node(tree instanceof Tree t ? t : new Tree(0, null), path);
        }
    }

    String path() {
        return path;
    }

    int line() {
        return line;
    }

    boolean exists() {
        return value != null || fields != null || items != null;
    }

    /// The value at a key of this one.
    Node at(String key) {
        Node child = fields().get(key);
        return child == null ? new Node(notes, path, line, null, null, null) : child;
    }

    boolean has(String key) {
        return at(key).exists();
    }

    /// Its fields in order; none when it is no table.
    Map<String, Node> fields() {
        if (fields != null) {
            understood = true;
            return fields;
        }
        expected("a table");
        return Map.of();
    }

    /// Its items in order; none when it is no list.
    List<Node> items() {
        if (items != null) {
            understood = true;
            return items;
        }
        expected("a list");
        return List.of();
    }

    boolean isFlag() {
        return value instanceof Boolean;
    }

    boolean isTable() {
        return fields != null;
    }

    boolean isList() {
        return items != null;
    }

    /// Null when it is not there, and when it is no text.
    @Nullable String text() {
        if (value instanceof String || value instanceof BigDecimal || value instanceof Boolean) {
            understood = true;
            return String.valueOf(value);
        }
        expected("text");
        return null;
    }

    /// A text, or the texts of a list.
    List<String> texts() {
        if (items == null) {
            String one = text();
            return one == null ? List.of() : List.of(one);
        }
        List<String> texts = new ArrayList<>();
        for (Node item : items()) {
            String text = item.text();
            if (text != null) {
                texts.add(text);
            }
        }
        return texts;
    }

    @Nullable BigDecimal number() {
        BigDecimal number = value instanceof BigDecimal given ? given : null;
        if (number != null && Math.abs(number.scale()) <= MAX_SCALE) {
            understood = true;
            return number;
        }
        expected("a number");
        return null;
    }

    /// A whole number of at least one.
    @Nullable Long count() {
        BigDecimal number = number();
        if (number == null) {
            return null;
        }
        BigDecimal whole = number.stripTrailingZeros();
        boolean fits =
                whole.scale() <= 0 && whole.signum() > 0 && whole.precision() - whole.scale() < 18;
        if (!fits) {
            noted("is no count");
            return null;
        }
        return whole.longValueExact();
    }

    @Nullable Boolean flag() {
        Object flag =
                value instanceof String text
                        ? switch (text.toLowerCase(Locale.ROOT)) {
                            case "yes", "on", "true" -> true;
                            case "no", "off", "false" -> false;
                            default -> text;
                        }
                        : value;
        if (flag instanceof Boolean known) {
            understood = true;
            return known;
        }
        expected("true or false");
        return null;
    }

    private void expected(String what) {
        if (exists()) {
            noted("is not " + what);
        }
    }

    /// Reports this value as one that is not taken over, and why.
    void noted(String why) {
        noted(why, "");
    }

    void noted(String why, String fix) {
        told = true;
        notes.add(line, path, why, fix);
    }

    /// Like `noted`, where there is something and nobody understood it.
    void notedUnlessUnderstood(String why) {
        if (exists() && !understood && !told) {
            noted(why);
        }
    }

    /// Needs no word, nor does anything in it.
    void passOver() {
        told = true;
    }

    /// Reports what nobody understood, here and below, each by its own name.
    void reportRest(String why) {
        if (told) {
            return;
        }
        if (!understood && exists()) {
            noted(why);
            return;
        }
        if (fields != null) {
            fields.values().forEach(child -> child.reportRest(why));
        }
        if (items != null) {
            items.forEach(child -> child.reportRest(why));
        }
    }
}
