package hal0.relay.control;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import hal0.home.config.Form;
import hal0.home.config.Setting;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/// `config.toml` as a JSON Schema, for editors and for the settings page.
///
/// **Shape** `NAME` in a path stands for any name, `[0]` for the tables of a list. `x-applies` says
/// when a change of a key takes effect. **Source** JSON Schema 2020-12.
public final class SettingsSchema {
    private static final String ANY_NAME = "NAME";
    private static final ObjectMapper JSON = new ObjectMapper();

    /// Their items are commands, or tables with a command for some tools only.
    private static final String HOOKS = "hooks.";

    private final ObjectNode root = table(JSON.createObjectNode());
    private final Map<String, String> notes;

    private SettingsSchema(Map<String, String> notes) {
        this.notes = notes;
    }

    /// The schema of those keys; `notes` say what keys and tables are for.
    public static byte[] of(List<Setting> keys, Map<String, String> notes) throws IOException {
        SettingsSchema schema = new SettingsSchema(notes);
        schema.root.put("$schema", "https://json-schema.org/draft/2020-12/schema");
        schema.root.put("title", "config.toml of hal0");
        keys.forEach(schema::add);
        return JSON.writeValueAsBytes(schema.root);
    }

    private static ObjectNode table(ObjectNode node) {
        if (!node.has("type")) {
            node.put("type", "object").putObject("properties");
            node.put("additionalProperties", false);
        }
        return node;
    }

    private void add(Setting setting) {
        String[] names = setting.path().split("\\.", -1);
        ObjectNode at = root;
        StringBuilder path = new StringBuilder();
        for (int i = 0; i < names.length; i++) {
            boolean last = i == names.length - 1;
            boolean list = names[i].endsWith("[0]");
            String name = list ? names[i].substring(0, names[i].length() - 3) : names[i];
            path.append(path.isEmpty() ? "" : ".").append(names[i]);
            at = child(at, name);
            if (list) {
                at.put("type", "array");
                at = at.withObjectProperty("items");
            }
            if (!last) {
                describe(table(at), path.toString());
            }
        }
        value(at, setting);
        describe(at, setting.path());
        at.put("x-applies", SettingsEdit.isLive(setting.path()) ? "live" : "restart");
        standard(at, setting);
    }

    private static ObjectNode child(ObjectNode table, String name) {
        if (!name.equals(ANY_NAME)) {
            return table.withObjectProperty("properties").withObjectProperty(name);
        }
        if (!table.path("additionalProperties").isObject()) {
            table.putObject("additionalProperties");
        }
        return (ObjectNode) table.path("additionalProperties");
    }

    private void describe(ObjectNode node, String path) {
        String note = notes.get(path);
        if (note != null) {
            node.put("description", note);
        }
    }

    private static void value(ObjectNode node, Setting setting) {
        switch (setting.form()) {
            case Form.Flag _ -> node.put("type", "boolean");
            case Form.Whole(var min, var max) -> {
                node.put("type", "integer").put("minimum", min);
                if (max != Long.MAX_VALUE) {
                    node.put("maximum", max);
                }
            }
            case Form.Real(var min) -> {
                node.put("type", "number");
                if (Double.isFinite(min)) {
                    node.put("minimum", min);
                }
            }
            case Form.Text _ -> node.put("type", "string");
            case Form.Choice(var words) -> {
                node.put("type", "string");
                ArrayNode choices = node.putArray("enum");
                words.forEach(choices::add);
            }
            case Form.Texts _ -> texts(node, setting.path());
            case Form.Numbers _ ->
                    node.put("type", "array").putObject("items").put("type", "number");
            case Form.Hidden _ -> node.put("type", "string").put("writeOnly", true);
        }
    }

    private static void texts(ObjectNode node, String path) {
        if (path.endsWith("_env")) {
            ArrayNode either = node.putArray("anyOf");
            either.addObject().put("type", "string");
            texts(either.addObject());
            return;
        }
        texts(node);
        if (path.startsWith(HOOKS)) {
            ArrayNode either = node.putObject("items").putArray("anyOf");
            either.addObject().put("type", "string");
            ObjectNode some = table(either.addObject());
            some.withObjectProperty("properties").putObject("tool").put("type", "string");
            some.withObjectProperty("properties").putObject("command").put("type", "string");
        }
    }

    private static void texts(ObjectNode node) {
        node.put("type", "array").putObject("items").put("type", "string");
    }

    /// As the type of the key has it, not as TOML writes it.
    private static void standard(ObjectNode node, Setting setting) {
        String text = setting.standard();
        if (text.isEmpty()) {
            return;
        }
        if (setting.form() instanceof Form.Text || setting.form() instanceof Form.Choice) {
            node.put("default", unquoted(text));
            return;
        }
        try {
            // Numbers, flags and lists of texts look alike in TOML and JSON.
            JsonNode value = JSON.readTree(text);
            if (!value.isMissingNode()) {
                node.set("default", value);
            }
        } catch (IOException _) {
            // What JSON has no form for is left out.
        }
    }

    private static String unquoted(String text) {
        boolean quoted = text.length() > 1 && text.startsWith("\"") && text.endsWith("\"");
        return quoted ? text.substring(1, text.length() - 1) : text;
    }
}
