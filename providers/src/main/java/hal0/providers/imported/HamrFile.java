package hal0.providers.imported;

import hal0.providers.message.Protocol;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Hamr's `config.toml`, whose keys hal0 took over, and a `config.toml` of hal0 itself.
///
/// **Source** Hamr's documentation, page Providers, read 2026-11-21.
final class HamrFile {
    private static final List<String> NUMBERS =
            List.of(
                    "timeout_seconds",
                    "connect_timeout_seconds",
                    "first_token_timeout_seconds",
                    "idle_timeout_seconds");
    private static final List<String> PRICES =
            List.of(
                    "input_price_per_1m_tokens",
                    "output_price_per_1m_tokens",
                    "cached_input_price_per_1m_tokens",
                    "cache_write_price_per_1m_tokens",
                    "cache_write_1h_price_per_1m_tokens");
    private static final List<String> FLAGS =
            List.of("enabled", "local", "advertise_models", "inject_usage");
    private static final List<String> MODEL_FLAGS =
            List.of("supports_thinking", "supports_tools", "supports_images", "supports_prefill");
    private static final List<String> AUTH_STYLES =
            List.of("bearer", "anthropic", "x-api-key", "header", "google_query", "none");
    private static final List<String> STRATEGIES =
            List.of("fallback", "weighted", "least_busy", "latency", "cost");

    private final Reader reader;

    HamrFile(Reader reader) {
        this.reader = reader;
    }

    void read(Node root) {
        root.at("providers").fields().forEach(this::provider);
        Node old = root.at("provider");
        if (old.exists()) {
            old(old);
        }
        Node active = root.at("active");
        if (active.exists()) {
            reader.active(active.at("provider").text(), active.at("model").text());
        }
        root.at("route").items().forEach(this::route);
    }

    private void old(Node table) {
        String name = table.at("name").text();
        String id = table.at("id").text();
        String chosen = id != null ? id : name != null ? name : "custom";
        provider(chosen, table);
        reader.active(chosen, table.at("model").text());
    }

    private void provider(String id, Node table) {
        Draft draft = new Draft();
        Address address = Address.of(table.at("base_url"), reader.keys());
        if (address == null && reader.preset(id).isEmpty()) {
            table.noted("has no base_url, and hal0 has no preset of that name");
            return;
        }
        copy(FLAGS, table, Node::flag, draft::set);
        draft.set("compatibility", choice(table.at("compatibility"), protocols()));
        if (address != null) {
            draft.set("base_url", address.url()).query(address.query());
        }
        keys(id, table, draft);
        auth(table, draft);
        copy(NUMBERS, table, Node::number, draft::set);
        copy(PRICES, table, Node::number, draft::set);
        draft.set("retries", table.at("retries").count());
        draft.set("max_concurrent", table.at("max_concurrent").count());
        draft.set("type", table.at("type").text());
        draft.set("allow_hosts", texts(table.at("allow_hosts")));
        Address proxy = Address.of(table.at("proxy"), reader.keys());
        draft.set("proxy", proxy == null ? null : proxy.url());
        draft.set("model_filters", filters(table.at("model_filters")));
        table.at("query").fields().forEach((name, value) -> query(draft, name, value));
        table.at("headers").fields().forEach((name, value) -> header(id, draft, name, value));
        table.at("models").items().forEach(model -> model(draft, model));
        reader.add(id, draft);
    }

    private void keys(String id, Node table, Draft draft) {
        List<String> names = texts(table.at("api_key_env"));
        String inline = reader.keys().of(table.at("api_key"), reader.keyVariable(id));
        if (!names.isEmpty()) {
            draft.set("api_key_env", names.size() == 1 ? names.getFirst() : names);
        } else {
            draft.set("api_key_env", inline);
        }
    }

    private static void auth(Node table, Draft draft) {
        String style = choice(table.at("auth_style"), AUTH_STYLES);
        String header = table.at("auth_header").text();
        if ("header".equals(style) && header == null) {
            table.at("auth_style").noted("\"header\" needs the header's name");
            return;
        }
        draft.set("auth_style", style);
        draft.set("auth_header", "header".equals(style) ? header : null);
    }

    private static void query(Draft draft, String name, Node value) {
        String text = value.text();
        if (text != null && Keys.isSecretName(name)) {
            value.noted("looks like a key", "put it into api.env; see auth_style");
        } else if (text != null) {
            draft.query(Map.of(name, text));
        }
    }

    private void header(String id, Draft draft, String name, Node value) {
        String text = reader.keys().header(value, name, id);
        if (text != null) {
            draft.header(name, text);
        }
    }

    private static void model(Draft draft, Node table) {
        String id = table.at("id").text();
        if (id == null || id.isBlank()) {
            table.noted("has no id");
            return;
        }
        Map<String, Object> known = new LinkedHashMap<>();
        put(known, "display_name", table.at("display_name").text());
        put(known, "context_window", table.at("context_window").count());
        put(known, "max_output_tokens", table.at("max_output_tokens").count());
        copy(MODEL_FLAGS, table, Node::flag, (key, value) -> put(known, key, value));
        copy(PRICES, table, Node::number, (key, value) -> put(known, key, value));
        draft.model(id, known);
    }

    private void route(Node table) {
        String model = table.at("model").text();
        List<String> targets = texts(table.at("targets"));
        if (model == null || targets.isEmpty()) {
            table.noted("has no model or no targets");
            return;
        }
        List<Long> weights =
                table.at("weights").items().stream()
                        .map(Node::count)
                        .filter(weight -> weight != null)
                        .toList();
        reader.route(
                new ImportedRoute(
                        model,
                        targets,
                        choice(table.at("strategy"), STRATEGIES),
                        weights,
                        table.at("retries").count(),
                        texts(table.at("aliases"))));
    }

    static @Nullable Map<String, Object> filters(Node table) {
        Map<String, Object> filters = new LinkedHashMap<>();
        for (String list : List.of("include", "exclude")) {
            List<String> globs = texts(table.at(list));
            if (!globs.isEmpty()) {
                filters.put(list, globs);
            }
        }
        return filters.isEmpty() ? null : filters;
    }

    private static List<String> texts(Node node) {
        return node.exists() ? node.texts() : List.of();
    }

    private static List<String> protocols() {
        return Arrays.stream(Protocol.values()).map(Protocol::key).toList();
    }

    /// The word, when it is one of these; another one is noted.
    static @Nullable String choice(Node node, List<String> words) {
        String word = node.text();
        if (word != null && !words.contains(word)) {
            node.noted("is not one of " + String.join(", ", words));
            return null;
        }
        return word;
    }

    private interface Sink {
        void put(String key, @Nullable Object value);
    }

    private static void copy(
            List<String> keys, Node table, Function<Node, @Nullable Object> read, Sink into) {
        for (String key : keys) {
            into.put(key, read.apply(table.at(key)));
        }
    }

    private static void put(Map<String, Object> map, String key, @Nullable Object value) {
        if (value != null) {
            map.put(key, value);
        }
    }
}
