package hal0.home.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Sections as modules write them, for the tests of this package.
final class Sections {
    private Sections() {}

    record Relay(String host, long port, boolean open, List<String> origins, double patience) {}

    static final Section<Relay> RELAY =
            new Section<>() {
                @Override
                public String name() {
                    return "relay";
                }

                @Override
                public Relay read(TableReader table) {
                    return new Relay(
                            table.string("host", "127.0.0.1"),
                            table.integer("port", 8080, 0, 65535),
                            table.bool("open", false),
                            table.strings("allowed_origins"),
                            table.number("wait_s", 8.0, 0));
                }
            };

    enum Style {
        BEARER,
        NONE
    }

    record Provider(
            Style style,
            @Nullable String apiKey,
            List<String> keyNames,
            @Nullable Double price,
            Map<String, String> headers,
            List<String> models,
            List<String> include) {}

    static final Map<String, Style> STYLES = new LinkedHashMap<>();

    static {
        STYLES.put("bearer", Style.BEARER);
        STYLES.put("anthropic", Style.BEARER);
        STYLES.put("none", Style.NONE);
    }

    static final Section<Map<String, Provider>> PROVIDERS =
            new Section<>() {
                @Override
                public String name() {
                    return "providers";
                }

                @Override
                public Map<String, Provider> read(TableReader table) {
                    Map<String, Provider> all = new LinkedHashMap<>();
                    table.tables().forEach((id, one) -> all.put(id, provider(one)));
                    return all;
                }
            };

    private static Provider provider(TableReader table) {
        List<String> models = new ArrayList<>();
        for (TableReader model : table.tableArray("models")) {
            models.add(model.string("id", ""));
        }
        return new Provider(
                table.choice("auth_style", Style.BEARER, STYLES),
                table.stringOrNull("api_key"),
                table.stringOrStrings("api_key_env"),
                table.numberOrNull("input_price_per_1m_tokens", 0),
                table.table("headers").stringMap(),
                models,
                table.table("model_filters").strings("include"));
    }

    static final Section<List<String>> ROUTE =
            new Section<>() {
                @Override
                public String name() {
                    return "route";
                }

                @Override
                public List<String> read(TableReader table) {
                    return table.items().stream().map(item -> item.string("model", "")).toList();
                }
            };

    static final List<Section<?>> ALL = List.of(RELAY, PROVIDERS, ROUTE);
}
