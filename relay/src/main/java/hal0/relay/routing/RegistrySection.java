package hal0.relay.routing;

import hal0.home.config.Section;
import hal0.home.config.TableReader;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// `[[model]]` of `models.toml`: the registry, as far as it says where a model is served.
///
/// **Shape** the provider or slot of each model that names one, by the model's id. Where a model's
/// file is and how it is loaded is for slots.
public final class RegistrySection implements Section<Map<String, String>> {
    public static final String FILE = "models.toml";
    public static final RegistrySection SECTION = new RegistrySection();

    private static final List<String> FOR_SLOTS = List.of("path", "ref", "sha256", "profile");

    private RegistrySection() {}

    @Override
    public String name() {
        return "model";
    }

    @Override
    public Map<String, String> read(TableReader list) {
        Map<String, Integer> lines = new HashMap<>();
        Map<String, String> bindings = new LinkedHashMap<>();
        for (TableReader table : list.items()) {
            String id = table.string("id", "").strip();
            String upstream = table.string("upstream", "").strip();
            readForSlots(table);
            if (id.isEmpty()) {
                table.problem(
                        table.has("id") ? "id" : null,
                        "the model has no id",
                        "add id = \"qwen3-4b\"; clients ask for that");
                continue;
            }
            Integer before = lines.putIfAbsent(id, table.line());
            if (before != null) {
                table.problem(
                        "id",
                        "\"%s\" is registered in line %d already".formatted(id, before),
                        "remove one of the two");
            } else if (!upstream.isEmpty()) {
                bindings.put(id, upstream);
            }
        }
        return Map.copyOf(bindings);
    }

    private static void readForSlots(TableReader table) {
        FOR_SLOTS.forEach(key -> table.string(key, ""));
        table.integer("size_bytes", 0, 0, Long.MAX_VALUE);
        table.integer("context_length", 0, 0, Long.MAX_VALUE);
        table.strings("capabilities");
    }
}
