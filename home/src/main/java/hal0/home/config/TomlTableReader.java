package hal0.home.config;

import hal0.home.config.ConfigProblem.Severity;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.tomlj.TomlArray;

/// Turns the values of one table into Java values, or says why not.
final class TomlTableReader implements TableReader {
    private static final String TEXT = "\"text\"";

    private final TomlNode node;

    TomlTableReader(TomlNode node) {
        this.node = node;
    }

    @Override
    public String path() {
        return node.path();
    }

    @Override
    public int line() {
        return node.line();
    }

    @Override
    public boolean isPresent() {
        return node.isPresent();
    }

    @Override
    public void acceptAll() {
        node.acceptAll();
    }

    @Override
    public boolean has(String key) {
        return node.asked(key) != null;
    }

    @Override
    public String string(String key, String defaultValue) {
        String value = text(key, defaultValue.isEmpty() ? TEXT : TomlText.quoted(defaultValue));
        String result = value == null ? defaultValue : value;
        node.holds(key, result, new Form.Text(), defaultValue);
        return result;
    }

    @Override
    public @Nullable String stringOrNull(String key) {
        String value = text(key, TEXT);
        node.holds(key, value, new Form.Text(), null);
        return value;
    }

    private @Nullable String text(String key, String example) {
        return switch (node.asked(key)) {
            case null -> null;
            case String text -> text;
            case Object other -> {
                wrong(key, other, "must be text in double quotes", example);
                yield null;
            }
        };
    }

    @Override
    public boolean bool(String key, boolean defaultValue) {
        boolean value =
                switch (node.asked(key)) {
                    case null -> defaultValue;
                    case Boolean flag -> flag;
                    case Object other -> {
                        String example = String.valueOf(defaultValue);
                        wrong(key, other, "must be true or false", example);
                        yield defaultValue;
                    }
                };
        node.holds(key, value, new Form.Flag(), defaultValue);
        return value;
    }

    @Override
    public long integer(String key, long defaultValue, long min, long max) {
        String example = String.valueOf(defaultValue);
        long value =
                switch (node.asked(key)) {
                    case null -> defaultValue;
                    case Long number when number >= min && number <= max -> number;
                    case Long number -> {
                        wrong(key, number, range(min, max), example);
                        yield defaultValue;
                    }
                    case Object other -> {
                        wrong(key, other, "must be a whole number", example);
                        yield defaultValue;
                    }
                };
        node.holds(key, value, new Form.Whole(min, max), defaultValue);
        return value;
    }

    private static String range(long min, long max) {
        if (max == Long.MAX_VALUE) {
            return "must be at least " + min;
        }
        return min == Long.MIN_VALUE
                ? "must be at most " + max
                : "must be from %d to %d".formatted(min, max);
    }

    @Override
    public double number(String key, double defaultValue, double min) {
        Double value = numeric(key, min, TomlText.of(defaultValue));
        double result = value == null ? defaultValue : value;
        node.holds(key, result, new Form.Real(min), defaultValue);
        return result;
    }

    @Override
    public @Nullable Double numberOrNull(String key, double min) {
        Double value = numeric(key, min, TomlText.of(Math.max(min, 1.5)));
        node.holds(key, value, new Form.Real(min), null);
        return value;
    }

    private @Nullable Double numeric(String key, double min, String example) {
        Object raw = node.asked(key);
        if (raw == null) {
            return null;
        }
        if (!(raw instanceof Number number)) {
            wrong(key, raw, "must be a number", example);
            return null;
        }
        double value = number.doubleValue();
        if (!Double.isFinite(value)) {
            wrong(key, raw, "must be a finite number", example);
            return null;
        }
        if (value < min) {
            wrong(key, raw, "must be at least " + TomlText.of(min), example);
            return null;
        }
        return value;
    }

    @Override
    public List<String> strings(String key) {
        List<String> texts = list(key, "must be a list of texts");
        node.holds(key, texts, new Form.Texts(), List.of());
        return texts;
    }

    @Override
    public List<Double> numbers(String key, double min) {
        List<Double> numbers = List.of();
        switch (node.asked(key)) {
            case null -> {}
            case TomlArray array -> numbers = numbers(key, array, min);
            case Object other -> wrong(key, other, "must be a list of numbers", "[1, 2]");
        }
        node.holds(key, numbers, new Form.Numbers(), List.of());
        return numbers;
    }

    private List<Double> numbers(String key, TomlArray array, double min) {
        List<Double> numbers = new ArrayList<>();
        for (int i = 0; i < array.size(); i++) {
            double value =
                    array.get(i) instanceof Number number ? number.doubleValue() : Double.NaN;
            if (!Double.isFinite(value) || value < min) {
                String found = Found.of(array.get(i), node.isSecret(key));
                node.error(
                        key,
                        "item %d %s, but must be a number of at least %s"
                                .formatted(i + 1, found, TomlText.of(min)),
                        "for example %s = [1, 2]".formatted(key));
                return List.of();
            }
            numbers.add(value);
        }
        return List.copyOf(numbers);
    }

    @Override
    public List<String> stringOrStrings(String key) {
        if (node.asked(key) instanceof String one) {
            node.holds(key, one, new Form.Texts(), List.of());
            return List.of(one);
        }
        List<String> texts = list(key, "must be text or a list of texts");
        node.holds(key, texts, new Form.Texts(), List.of());
        return texts;
    }

    private List<String> list(String key, String wanted) {
        Object raw = node.asked(key);
        if (raw instanceof TomlArray array) {
            return texts(key, array);
        }
        if (raw != null) {
            wrong(key, raw, wanted, "[" + TEXT + "]");
        }
        return List.of();
    }

    private List<String> texts(String key, TomlArray array) {
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < array.size(); i++) {
            if (array.get(i) instanceof String text) {
                texts.add(text);
            } else {
                String found = Found.of(array.get(i), node.isSecret(key));
                node.error(
                        key,
                        "item %d %s, but must be text in double quotes".formatted(i + 1, found),
                        "for example %s = [%s]".formatted(key, TEXT));
            }
        }
        return List.copyOf(texts);
    }

    @Override
    public <T> T choice(String key, T defaultValue, Map<String, T> words) {
        String standard = wordFor(defaultValue, words);
        String word = text(key, TomlText.quoted(standard));
        T value = word == null ? null : words.get(word);
        if (word != null && value == null) {
            String nearest = Nearest.to(word, words.keySet());
            node.error(
                    key,
                    "%s is not one of %s"
                            .formatted(TomlText.quoted(word), String.join(", ", words.keySet())),
                    nearest == null
                            ? "for example %s = %s".formatted(key, TomlText.quoted(standard))
                            : "did you mean %s?".formatted(TomlText.quoted(nearest)));
        }
        node.holds(
                key,
                value == null ? standard : word,
                new Form.Choice(List.copyOf(words.keySet())),
                standard);
        return value == null ? defaultValue : value;
    }

    private static <T> String wordFor(T value, Map<String, T> words) {
        return words.entrySet().stream()
                .filter(word -> word.getValue().equals(value))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse("");
    }

    @Override
    public <T> Optional<T> parsed(String key, Function<String, T> parse) {
        String text = stringOrNull(key);
        if (text == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(parse.apply(text));
        } catch (IllegalArgumentException e) {
            node.error(key, String.valueOf(e.getMessage()), "");
            return Optional.empty();
        }
    }

    @Override
    public TableReader table(String key) {
        return new TomlTableReader(node.child(key));
    }

    @Override
    public Map<String, TableReader> tables() {
        Map<String, TableReader> readers = new LinkedHashMap<>();
        node.named().forEach((name, child) -> readers.put(name, new TomlTableReader(child)));
        return readers;
    }

    @Override
    public List<TableReader> tableArray(String key) {
        return node.elements(key).stream().<TableReader>map(TomlTableReader::new).toList();
    }

    @Override
    public List<TextOrTable> textsOrTables(String key) {
        List<TextOrTable> items = new ArrayList<>();
        List<String> texts = new ArrayList<>();
        switch (node.asked(key)) {
            case null -> {}
            case TomlArray array ->
                    node.mixed(key, array)
                            .forEach(item ->
                                    items.add(
                                            switch (item) {
                                                case TomlNode table ->
                                                        new TextOrTable.Table(
                                                                new TomlTableReader(table));
                                                default -> {
                                                    texts.add(item.toString());
                                                    yield new TextOrTable.Text(item.toString());
                                                }
                                            }));
            case Object other -> wrong(key, other, "must be a list", "[" + TEXT + "]");
        }
        node.holds(key, texts, new Form.Texts(), List.of());
        return List.copyOf(items);
    }

    @Override
    public List<TableReader> items() {
        return node.elements().stream().<TableReader>map(TomlTableReader::new).toList();
    }

    @Override
    public Map<String, String> stringMap() {
        Map<String, String> map = new LinkedHashMap<>();
        for (String key : node.keys()) {
            String value = text(key, TEXT);
            if (value != null) {
                map.put(key, value);
                node.holds(key, value, new Form.Text(), null);
            }
        }
        return map;
    }

    @Override
    public void problem(@Nullable String key, String message, String fix) {
        node.error(key, message, fix);
    }

    @Override
    public void warning(@Nullable String key, String message, String fix) {
        node.report(Severity.WARNING, key, message, fix);
    }

    private void wrong(String key, Object found, String wanted, String example) {
        node.error(
                key,
                "%s, but %s".formatted(Found.of(found, node.isSecret(key)), wanted),
                "for example %s = %s".formatted(key, example));
    }
}
