package hal0.providers.config;

import hal0.home.config.TableReader;
import hal0.providers.ModelFilters;
import hal0.providers.ModelInfo;
import hal0.providers.Provider;
import hal0.providers.ScriptUse;
import hal0.providers.Secret;
import hal0.providers.Timeouts;
import hal0.providers.message.Protocol;
import hal0.providers.price.Price;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Reads one `[providers.ID]` table over its preset.
record Declaration(TableReader table, boolean isPreset, Provider base, URI address) {
    Provider read() {
        Protocol protocol = table.choice("compatibility", base.protocol(), protocols());
        List<String> keyNames = keyNames();
        Secret inline = inlineKey();
        return base.toBuilder()
                .enabled(table.bool("enabled", true))
                .protocol(protocol)
                .baseUrl(address)
                .keyNames(keyNames)
                .inlineKey(inline)
                .auth(styles().read(table, protocol, !keyNames.isEmpty() || inline != null))
                .headers(merged(base.headers(), table.table("headers").stringMap()))
                .query(merged(base.query(), table.table("query").stringMap()))
                .timeouts(timeouts())
                .retries((int) table.integer("retries", base.retries(), 0, 10))
                .maxConcurrent((int) table.integer("max_concurrent", 0, 0, 100_000))
                .local(table.bool("local", base.local()))
                .advertiseModels(table.bool("advertise_models", true))
                .injectUsage(table.bool("inject_usage", base.injectUsage()))
                .proxy(table.parsed("proxy", Declaration::proxy).orElse(null))
                .models(models())
                .filters(filters(table))
                .price(price(table))
                .script(script())
                .build();
    }

    /// What the script says is not known here.
    private @Nullable ScriptUse script() {
        String type = table.stringOrNull("type");
        List<String> hosts = table.strings("allow_hosts");
        if (type == null) {
            if (!hosts.isEmpty()) {
                table.warning(
                        "allow_hosts",
                        "it is for provider scripts, and this provider has none",
                        "name one with type, or leave it out");
            }
            return null;
        }
        if (!ScriptUse.isName(type)) {
            table.problem(
                    "type",
                    "\"%s\" cannot be the name of a script".formatted(type),
                    "write the name of a file in providers/ without .lua");
            return null;
        }
        for (String key : List.of("compatibility", "auth_style", "auth_header")) {
            if (table.has(key)) {
                table.warning(
                        key,
                        "the script \"%s\" says it, so it has no effect here".formatted(type),
                        "leave it out");
            }
        }
        String url = table.stringOrNull("base_url");
        return new ScriptUse(type, url == null ? "" : url.strip(), hosts, false);
    }

    /// The few keys of the old `[provider]` table.
    Provider readOld() {
        List<String> keyNames = keyNames();
        Secret inline = inlineKey();
        boolean keyed = !keyNames.isEmpty() || inline != null;
        return base.toBuilder()
                .baseUrl(address)
                .keyNames(keyNames)
                .inlineKey(inline)
                .auth(styles().usual(base.protocol(), keyed))
                .build();
    }

    private static Map<String, Protocol> protocols() {
        Map<String, Protocol> words = new LinkedHashMap<>();
        for (Protocol protocol : Protocol.values()) {
            words.put(protocol.key(), protocol);
        }
        return words;
    }

    private List<String> keyNames() {
        return KeyNames.read(table, "api_key_env", base.keyNames());
    }

    private AuthStyles styles() {
        return new AuthStyles(isPreset ? base : null);
    }

    private @Nullable Secret inlineKey() {
        String key = table.stringOrNull("api_key");
        if (key == null || key.isBlank()) {
            return null;
        }
        table.warning(
                "api_key",
                "a key in this file is easily shared by mistake",
                "put it into api.env and name the variable in api_key_env");
        return new Secret(key);
    }

    private Timeouts timeouts() {
        Timeouts usual = base.timeouts();
        return new Timeouts(
                seconds("connect_timeout_seconds", usual.connect()),
                seconds("first_token_timeout_seconds", usual.firstToken()),
                seconds("idle_timeout_seconds", usual.idle()),
                seconds("timeout_seconds", usual.total()));
    }

    private Duration seconds(String key, Duration usual) {
        return seconds(table, key, usual);
    }

    static Duration seconds(TableReader table, String key, Duration usual) {
        return Duration.ofMillis((long) (1000 * table.number(key, usual.toMillis() / 1000.0, 0)));
    }

    private static URI proxy(String text) {
        URI uri = URI.create(text.strip());
        if (uri.getHost() == null || uri.getPort() < 0) {
            throw new IllegalArgumentException("a proxy is written \"http://host:port\"");
        }
        return uri;
    }

    private List<ModelInfo> models() {
        List<ModelInfo> models = new ArrayList<>();
        Set<String> ids = new HashSet<>();
        for (TableReader model : table.tableArray("models")) {
            String id = model.stringOrNull("id");
            // Read whatever becomes of it: a key that nobody read would be told to be unknown.
            ModelInfo read =
                    new ModelInfo(
                            id == null || id.isBlank() ? "?" : id,
                            model.stringOrNull("display_name"),
                            count(model, "context_window"),
                            count(model, "max_output_tokens"),
                            flag(model, "supports_thinking"),
                            flag(model, "supports_tools"),
                            flag(model, "supports_images"),
                            flag(model, "supports_prefill"),
                            price(model));
            if (id == null || id.isBlank()) {
                model.problem(null, "a model has no id", "add id = \"…\"");
                continue;
            }
            if (!ids.add(id)) {
                model.problem("id", "\"%s\" is declared twice".formatted(id), "remove one");
            }
            models.add(read);
        }
        return models.isEmpty() ? base.models() : models;
    }

    private static @Nullable Long count(TableReader model, String key) {
        return model.has(key) ? model.integer(key, 1, 1, 1_000_000_000) : null;
    }

    private static @Nullable Boolean flag(TableReader model, String key) {
        return model.has(key) ? model.bool(key, false) : null;
    }

    static ModelFilters filters(TableReader table) {
        TableReader filters = table.table("model_filters");
        return new ModelFilters(filters.strings("include"), filters.strings("exclude"));
    }

    private static Price price(TableReader table) {
        return new Price(
                usd(table, "input"),
                usd(table, "output"),
                usd(table, "cached_input"),
                usd(table, "cache_write"),
                usd(table, "cache_write_1h"));
    }

    private static @Nullable BigDecimal usd(TableReader table, String kind) {
        Double price = table.numberOrNull(kind + "_price_per_1m_tokens", 0);
        return price == null ? null : BigDecimal.valueOf(price);
    }

    private static Map<String, String> merged(Map<String, String> base, Map<String, String> own) {
        Map<String, String> both = new LinkedHashMap<>(base);
        both.putAll(own);
        return both;
    }
}
