package hal0.providers.imported;

import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// `athyr.yaml`: each of `llm.backends`.
///
/// **Shape** Athyr's two built-in types need no script here: hal0 speaks to Ollama and OpenRouter
/// itself. Another type is a script of the user's, which hal0 runs too.
///
/// **Source** Athyr's documentation, page Custom Providers; docker/athyr.yaml in
/// athyr-tech/athyr-agent; read 2026-11-21.
final class AthyrFile {
    private static final Set<String> BUILT_IN = Set.of("ollama", "openrouter");

    private final Reader reader;

    AthyrFile(Reader reader) {
        this.reader = reader;
    }

    void read(Node root) {
        root.at("llm").at("backends").items().forEach(this::backend);
    }

    private void backend(Node table) {
        String type = table.at("type").text();
        String named = table.at("name").text();
        String name = named != null ? named : type;
        if (name == null || name.isBlank()) {
            table.noted("has no name");
            return;
        }
        String id = name.strip().replaceAll("[\\s/]+", "-");
        Draft draft = new Draft();
        Address address = address(table, id, type);
        if (address == null && reader.preset(id).isEmpty()) {
            table.noted("has no url that could be written down", "add its base_url yourself");
            return;
        }
        if (address != null) {
            draft.set("base_url", address.url()).query(address.query());
        }
        draft.set("api_key_env", reader.keys().of(table.at("api_key"), reader.keyVariable(id)));
        if ("ollama".equals(type) && !id.equals("ollama")) {
            draft.set("local", true);
        }
        if (type != null && !BUILT_IN.contains(type)) {
            draft.set("type", type);
            table.at("type")
                    .noted(
                            "is a script of your own, which is not copied",
                            "put providers/%s.lua into the providers folder of your hal0 home"
                                    .formatted(type));
        }
        reader.add(id, draft);
    }

    private @Nullable Address address(Node table, String id, @Nullable String type) {
        Address address = Address.of(table.at("url"), reader.keys());
        if (address == null && type != null && BUILT_IN.contains(type) && !id.equals(type)) {
            return reader.preset(type)
                    .map(preset -> new Address(preset.baseUrl().toString(), Map.of()))
                    .orElse(null);
        }
        return address != null && "ollama".equals(type) ? address.plus("/v1") : address;
    }
}
