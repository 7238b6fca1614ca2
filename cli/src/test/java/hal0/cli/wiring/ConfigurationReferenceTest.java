package hal0.cli.wiring;

import static hal0.cli.Reference.code;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import hal0.cli.Reference;
import hal0.home.config.Section;
import hal0.home.config.Settings;
import hal0.home.testing.Example;
import hal0.providers.Presets;
import hal0.relay.control.SettingNotes;
import hal0.relay.control.SettingsSchema;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// `docs/configuration.md` is what the sections read, in the words of the file beside them and of
/// the examples.
class ConfigurationReferenceTest {
    private static final Pattern KEY = Pattern.compile("([A-Za-z_]+) = (.*)");

    private static final Pattern LIST = Pattern.compile("(?m)^\\[\\[");

    private final ObjectMapper json = new ObjectMapper();
    private final ConfigSections sections = ConfigSections.of(Presets.of(_ -> Optional.empty()));
    private final Reference reference =
            new Reference(
                    "configuration.md",
                    "Configuration",
                    "Every key of every file, written from what hal0 reads. `NAME` stands for any name. A change takes"
                            + " effect while hal0 runs, but for those that say *restart*. Complete examples:"
                            + " [config-examples](../config-examples); where the files are: [files.md](files.md);"
                            + " to check yours: `hal0 config validate`.");

    @Test
    void theReferenceIsWhatIsRead() throws Exception {
        reference.heading(2, "config.toml");
        schema(json.readTree(SettingsReference.schema(sections)));
        reference.heading(2, "upstreams.toml");
        reference.paragraph(
                "More providers, one table each, where a program writes them. Where both files declare a name,"
                        + " `config.toml` counts.");
        ofExample("upstreams.toml", sections.ofUpstreams());
        reference.heading(2, "models.toml");
        reference.paragraph("Names of models: their files, and where they are served.");
        ofExample("models.toml", sections.ofModels());
        reference.heading(2, "slots/NAME.toml");
        reference.paragraph(
                "A slot: a named place that serves one model. What is left out is as `[slots]` in"
                        + " `config.toml` has it, and the profile says.");
        byExample("slots/chat.toml");
        reference.heading(2, "profiles.toml");
        reference.paragraph("Images and flags by name, for slots and models to use.");
        byExample("profiles.toml");
        reference.heading(2, ".hal0.toml");
        reference.paragraph(
                "In the root of a project. It can only make things stricter; all else in it is named and ignored.");
        byExample("project.hal0.toml");
        reference.check();
    }

    private void ofExample(String file, List<Section<?>> read) throws IOException {
        String text = firstOfEach(Example.withEverything(file));
        schema(
                json.readTree(
                        SettingsSchema.of(
                                Settings.of(file, text, read).settings().stream()
                                        .filter(setting -> !setting.path().contains("[1]"))
                                        .toList(),
                                SettingNotes.of(text))));
    }

    /// Up to the second table of a list: what is said of the first holds for all.
    private static String firstOfEach(String text) {
        Matcher list = LIST.matcher(text);
        return list.find() && list.find() ? text.substring(0, list.start()) : text;
    }

    private void schema(JsonNode root) {
        for (Map.Entry<String, JsonNode> table : root.path("properties").properties()) {
            table(table.getKey(), table.getValue());
        }
    }

    /// One table, then those in it.
    private void table(String path, JsonNode node) {
        boolean list = node.path("type").asText().equals("array");
        JsonNode body = list ? node.path("items") : node;
        List<List<String>> keys = new ArrayList<>();
        List<Runnable> inner = new ArrayList<>();
        for (Map.Entry<String, JsonNode> each : body.path("properties").properties()) {
            String name = each.getKey();
            JsonNode value = each.getValue();
            if (isTable(value)) {
                inner.add(() -> table(path + "." + name, value));
            } else {
                keys.add(key(name, value));
            }
        }
        JsonNode any = body.path("additionalProperties");
        if (any.isObject()) {
            if (isTable(any)) {
                inner.add(() -> table(path + ".NAME", any));
            } else {
                keys.add(key("NAME", any));
            }
        }
        if (!keys.isEmpty()) {
            explained(path, body.path("description").asText(), keys);
            reference.heading(3, list ? "`[[" + path + "]]`" : "`[" + path + "]`");
            reference.paragraph(body.path("description").asText());
            reference.table(List.of("key", "value", "left out", ""), keys);
        }
        inner.forEach(Runnable::run);
    }

    /// Whoever looks a key up finds it said, or what its table is for.
    private static void explained(String table, String about, List<List<String>> keys) {
        if (about.isEmpty()) {
            assertThat(keys)
                    .as("[%s] has keys that no comment above them explains", table)
                    .noneMatch(key -> key.getLast().isBlank());
        }
    }

    private static boolean isTable(JsonNode node) {
        return node.path("type").asText().equals("object")
                || node.path("items").path("type").asText().equals("object");
    }

    private static List<String> key(String name, JsonNode node) {
        String restart = node.path("x-applies").asText().equals("restart") ? " *restart*" : "";
        return List.of(
                code(name),
                kind(node),
                node.has("default") ? code(node.path("default").toString()) : "",
                node.path("description").asText() + restart);
    }

    private static String kind(JsonNode node) {
        if (node.has("enum")) {
            List<String> words = new ArrayList<>();
            node.path("enum").forEach(word -> words.add(code(word.asText())));
            return String.join(", ", words);
        }
        if (node.has("anyOf")) {
            return "text, or list of texts";
        }
        return switch (node.path("type").asText()) {
            case "boolean" -> "true or false";
            case "integer" -> "whole number" + range(node);
            case "number" -> "number" + range(node);
            case "array" ->
                    "list of "
                            + (node.at("/items/type").asText().equals("number")
                                    ? "numbers"
                                    : "texts");
            case "string" -> node.path("writeOnly").asBoolean() ? "text, shown nowhere" : "text";
            case String other -> other;
        };
    }

    private static String range(JsonNode node) {
        boolean least = node.has("minimum") && node.path("minimum").asLong() != Long.MIN_VALUE;
        if (node.has("maximum")) {
            return ", %s to %s"
                    .formatted(node.path("minimum").asText(), node.path("maximum").asText());
        }
        return least
                ? ", %s or more".formatted(node.path("minimum").asText().replaceFirst("\\.0$", ""))
                : "";
    }

    /// The keys as an example has them, each table once; other tests hold the examples against what
    /// is read.
    private void byExample(String file) throws IOException {
        String text = Example.withEverything(file);
        Map<String, String> notes = SettingNotes.of(text);
        List<List<String>> keys = new ArrayList<>();
        String table = "";
        for (String line : text.lines().toList()) {
            Matcher key = KEY.matcher(line);
            if (line.startsWith("[")) {
                rows(table, keys, notes);
                table = line.substring(1, line.indexOf(']'));
            } else if (key.matches()) {
                String note = notes.getOrDefault(table + "." + key.group(1), "");
                keys.add(List.of(code(key.group(1)), code(key.group(2)), note));
            }
        }
        rows(table, keys, notes);
    }

    private void rows(String table, List<List<String>> keys, Map<String, String> notes) {
        if (!keys.isEmpty()) {
            explained(table, notes.getOrDefault(table, ""), keys);
            reference.heading(3, "`[" + table + "]`");
            reference.paragraph(notes.getOrDefault(table, ""));
            reference.table(List.of("key", "such as", ""), List.copyOf(keys));
            keys.clear();
        }
    }
}
