package hal0.providers.imported;

import hal0.providers.message.Protocol;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// opencode's `opencode.json`: its providers, and the model it uses.
///
/// **Source** packages/opencode/src/config/config.ts and packages/opencode/src/provider/models.ts
/// in sst/opencode, opencode.ai/docs/providers; read 2026-11-21.
final class OpencodeFile {
    /// Ids of models.dev whose presets have another name here.
    private static final Map<String, String> PRESETS =
            Map.of("togetherai", "together", "fireworks-ai", "fireworks", "llama.cpp", "llamacpp");

    /// Packages that speak something other than OpenAI's chat protocol.
    private static final Map<String, Protocol> PROTOCOLS =
            Map.of(
                    "@ai-sdk/anthropic", Protocol.ANTHROPIC,
                    "@ai-sdk/google", Protocol.GEMINI,
                    "@ai-sdk/openai", Protocol.RESPONSES);

    private static final List<String> FOREIGN =
            List.of(
                    "@ai-sdk/amazon-bedrock",
                    "@ai-sdk/google-vertex",
                    "@ai-sdk/cohere",
                    "@ai-sdk/gateway");
    private static final String AZURE = "@ai-sdk/azure";
    private static final BigDecimal THOUSAND = BigDecimal.valueOf(1000);

    private final Reader reader;

    OpencodeFile(Reader reader) {
        this.reader = reader;
    }

    void read(Node root) {
        root.at("$schema").passOver();
        List<String> disabled =
                root.has("disabled_providers") ? root.at("disabled_providers").texts() : List.of();
        root.at("provider")
                .fields()
                .forEach((id, table) -> provider(id, table, disabled.contains(id)));
        Node model = root.at("model");
        String active = model.text();
        int slash = active == null ? -1 : active.indexOf('/');
        if (active != null && slash > 0) {
            String id = idOf(active.substring(0, slash));
            if (reader.knows(id)) {
                reader.active(id, active.substring(slash + 1));
            } else {
                model.noted("is of the provider \"%s\", which is not here".formatted(id));
            }
        }
        for (Node other : root.fields().values()) {
            other.notedUnlessUnderstood("is no setting of a provider");
        }
    }

    private static String idOf(String theirs) {
        return PRESETS.getOrDefault(theirs, theirs.replace('/', '-'));
    }

    private void provider(String theirs, Node table, boolean disabled) {
        String id = idOf(theirs);
        String npm = table.at("npm").text();
        if (npm != null && FOREIGN.contains(npm)) {
            table.noted("\"%s\" speaks %s, which hal0 does not".formatted(theirs, npm));
            return;
        }
        table.at("name").passOver();
        Node options = table.at("options");
        boolean azure = AZURE.equals(npm) || (npm == null && theirs.equals("azure"));
        Address address = azure ? azure(options) : Address.of(options.at("baseURL"), reader.keys());
        if (address == null && reader.preset(id).isEmpty()) {
            table.noted(
                    "\"%s\" has no options.baseURL, and hal0 has no preset of that name"
                            .formatted(theirs));
            return;
        }
        Draft draft = new Draft();
        draft.set("enabled", disabled ? false : null);
        draft.set("compatibility", compatibility(id, npm, address != null));
        if (address != null) {
            draft.set("base_url", address.url()).query(address.query());
        }
        String key = reader.keys().of(options.at("apiKey"), reader.keyVariable(id));
        List<String> usual = reader.preset(id).map(p -> p.keyNames()).orElse(List.of());
        draft.set("api_key_env", usual.equals(key == null ? null : List.of(key)) ? null : key);
        if (azure) {
            draft.set("auth_style", "header").set("auth_header", "api-key");
        }
        BigDecimal milliseconds =
                options.at("timeout").isFlag() ? null : options.at("timeout").number();
        draft.set("timeout_seconds", milliseconds == null ? null : milliseconds.divide(THOUSAND));
        options.at("headers")
                .fields()
                .forEach((name, value) -> {
                    String text = reader.keys().header(value, name, id);
                    if (text != null) {
                        draft.header(name, text);
                    }
                });
        Map<String, Object> filters = new LinkedHashMap<>();
        filter(filters, "include", table.at("whitelist"));
        filter(filters, "exclude", table.at("blacklist"));
        draft.set("model_filters", filters.isEmpty() ? null : filters);
        table.at("models").fields().forEach((name, model) -> model(draft, name, model));
        reader.add(id, draft);
    }

    private @Nullable Address azure(Node options) {
        Address given = Address.of(options.at("baseURL"), reader.keys());
        String resource = options.at("resourceName").text();
        if (given != null || resource == null || !resource.matches("[A-Za-z0-9-]+")) {
            return given;
        }
        return new Address("https://" + resource + ".openai.azure.com/openai/v1", Map.of());
    }

    private @Nullable String compatibility(String id, @Nullable String npm, boolean elsewhere) {
        Protocol meant = npm == null ? null : PROTOCOLS.get(npm);
        Optional<Protocol> usual = reader.preset(id).map(preset -> preset.protocol());
        if (meant == null) {
            // A package for OpenAI's protocol under the name of a preset that speaks another.
            boolean other = npm != null && usual.isPresent() && usual.get() != Protocol.OPENAI;
            return other ? Protocol.OPENAI.key() : null;
        }
        if (usual.isPresent() && !elsewhere) {
            return null;
        }
        return usual.filter(meant::equals).isPresent() ? null : meant.key();
    }

    private static void filter(Map<String, Object> filters, String key, Node list) {
        if (list.exists()) {
            filters.put(key, list.texts());
        }
    }

    private static void model(Draft draft, String name, Node table) {
        Map<String, Object> known = new LinkedHashMap<>();
        String id = table.at("id").text();
        put(known, "display_name", table.at("name").text());
        put(known, "context_window", table.at("limit").at("context").count());
        put(known, "max_output_tokens", table.at("limit").at("output").count());
        put(known, "supports_thinking", table.at("reasoning").flag());
        put(known, "supports_tools", table.at("tool_call").flag());
        put(known, "supports_images", table.at("attachment").flag());
        Node cost = table.at("cost");
        put(known, "input_price_per_1m_tokens", cost.at("input").number());
        put(known, "output_price_per_1m_tokens", cost.at("output").number());
        put(known, "cached_input_price_per_1m_tokens", cost.at("cache_read").number());
        put(known, "cache_write_price_per_1m_tokens", cost.at("cache_write").number());
        draft.model(id == null ? name : id, known);
    }

    private static void put(Map<String, Object> map, String key, @Nullable Object value) {
        if (value != null) {
            map.put(key, value);
        }
    }
}
