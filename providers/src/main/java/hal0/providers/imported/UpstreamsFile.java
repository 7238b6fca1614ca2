package hal0.providers.imported;

import hal0.providers.message.Protocol;
import java.util.Arrays;
import java.util.List;

/// `upstreams.toml`: a `[[upstream]]` becomes a `[providers.NAME]`.
final class UpstreamsFile {
    private static final List<String> AUTH_STYLES =
            List.of("bearer", "anthropic", "x-api-key", "header", "google_query", "none");
    private static final List<String> PROTOCOLS =
            Arrays.stream(Protocol.values()).map(Protocol::shortName).toList();

    private final Reader reader;

    UpstreamsFile(Reader reader) {
        this.reader = reader;
    }

    void read(Node root) {
        root.at("upstream").items().forEach(this::upstream);
    }

    private void upstream(Node table) {
        String name = table.at("name").text();
        if (name == null || name.isBlank()) {
            table.noted("has no name");
            return;
        }
        String kind = table.at("kind").text();
        if (kind != null && !kind.equals("remote")) {
            table.noted("\"%s\" is no remote upstream: slots register themselves".formatted(name));
            return;
        }
        Address address = Address.of(table.at("url"), reader.keys());
        if (address == null && reader.preset(name).isEmpty()) {
            table.noted("\"%s\" has no url, and hal0 has no preset of that name".formatted(name));
            return;
        }
        Draft draft = new Draft();
        draft.set("enabled", table.at("enabled").flag());
        String protocol = HamrFile.choice(table.at("protocol"), PROTOCOLS);
        Arrays.stream(Protocol.values())
                .filter(known -> known.shortName().equals(protocol))
                .forEach(known -> draft.set("compatibility", known.key()));
        if (address != null) {
            draft.set("base_url", address.url()).query(address.query());
        }
        draft.set("api_key_env", table.at("auth_value_env").text());
        draft.set("auth_style", HamrFile.choice(table.at("auth_style"), AUTH_STYLES));
        draft.set("auth_header", table.at("auth_header").text());
        draft.set("timeout_seconds", table.at("timeout_seconds").number());
        draft.set("advertise_models", table.at("advertise_models").flag());
        draft.set("model_filters", HamrFile.filters(table.at("model_filters")));
        reader.add(name, draft);
    }
}
