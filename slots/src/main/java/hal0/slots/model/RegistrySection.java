package hal0.slots.model;

import hal0.home.config.Section;
import hal0.home.config.TableReader;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// `[[model]]` of `models.toml`: every model that this home knows by an id of its own.
///
/// **Shape** in the order of the file; of two with one id, the first.
public final class RegistrySection implements Section<List<RegisteredModel>> {
    public static final String FILE = "models.toml";
    public static final RegistrySection SECTION = new RegistrySection();

    private static final Pattern REFERENCE = Pattern.compile("(hf:|https?://)[^\\s]+");
    private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");

    private RegistrySection() {}

    @Override
    public String name() {
        return "model";
    }

    @Override
    public List<RegisteredModel> read(TableReader list) {
        Map<String, Integer> lines = new HashMap<>();
        List<RegisteredModel> models = new ArrayList<>();
        for (TableReader table : list.items()) {
            RegisteredModel model = model(table);
            if (model.id().isEmpty()) {
                table.problem(
                        table.has("id") ? "id" : null,
                        "the model has no id",
                        "add id = \"qwen3-4b\"; clients ask for that");
                continue;
            }
            Integer before = lines.putIfAbsent(model.id(), table.line());
            if (before == null) {
                models.add(model);
            } else {
                table.problem(
                        "id",
                        "\"%s\" is registered in line %d already".formatted(model.id(), before),
                        "remove one of the two");
            }
        }
        return List.copyOf(models);
    }

    private static RegisteredModel model(TableReader table) {
        return new RegisteredModel(
                table.string("id", "").strip(),
                text(table, "path"),
                reference(table),
                text(table, "upstream"),
                sha256(table),
                table.integer("size_bytes", 0, 0, Long.MAX_VALUE),
                table.integer("context_length", 0, 0, Integer.MAX_VALUE),
                capabilities(table),
                text(table, "profile"),
                table.line());
    }

    private static @Nullable String text(TableReader table, String key) {
        String text = table.string(key, "").strip();
        return text.isEmpty() ? null : text;
    }

    private static @Nullable String reference(TableReader table) {
        String reference = text(table, "ref");
        if (reference != null && !REFERENCE.matcher(reference).matches()) {
            table.problem(
                    "ref",
                    "\"%s\" is no place to pull a model from".formatted(reference),
                    "such as ref = \"hf:org/repo/file.gguf\" or an https:// address; a file of this machine is `path`");
        }
        return reference;
    }

    private static @Nullable String sha256(TableReader table) {
        String text = text(table, "sha256");
        String digits = text == null ? null : text.toLowerCase(Locale.ROOT);
        if (digits != null && !SHA256.matcher(digits).matches()) {
            table.problem(
                    "sha256",
                    "is not 64 hexadecimal digits",
                    "`sha256sum FILE` prints them; \"\" checks nothing");
            return null;
        }
        return digits;
    }

    private static List<String> capabilities(TableReader table) {
        List<String> words = table.strings("capabilities");
        if (words.stream().anyMatch(String::isBlank)) {
            table.problem("capabilities", "holds an empty text", "such as [\"chat\", \"tools\"]");
        }
        return words;
    }
}
