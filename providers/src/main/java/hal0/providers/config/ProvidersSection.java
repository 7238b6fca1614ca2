package hal0.providers.config;

import hal0.home.config.Section;
import hal0.home.config.TableReader;
import hal0.providers.Presets;
import hal0.providers.Protocol;
import hal0.providers.Provider;
import hal0.providers.ScriptUse;
import hal0.providers.http.AddressGuard;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// `[providers.*]`: a declaration each, over the preset of the same id where there is one.
///
/// **Shape** a declaration with a problem is still in the list as far as it can be understood,
/// unless it has no address; settings with problems are not used.
public final class ProvidersSection implements Section<List<Provider>> {
    private static final URI NOWHERE = URI.create("http://127.0.0.1:9");

    private final Presets presets;

    public ProvidersSection(Presets presets) {
        this.presets = presets;
    }

    @Override
    public String name() {
        return "providers";
    }

    @Override
    public List<Provider> read(TableReader table) {
        List<Provider> providers = new ArrayList<>();
        for (Map.Entry<String, TableReader> entry : table.tables().entrySet()) {
            read(entry.getKey(), entry.getValue()).ifPresent(providers::add);
        }
        return List.copyOf(providers);
    }

    private Optional<Provider> read(String id, TableReader table) {
        if (id.isBlank() || id.contains("/") || !id.equals(id.strip())) {
            table.problem(
                    null,
                    "\"%s\" cannot be the name of a provider".formatted(id),
                    "model names are written provider/model: use letters, digits, - and _");
        }
        Optional<Provider> preset = presets.find(id);
        Optional<URI> address = table.parsed("base_url", BaseUrl::parse);
        address.ifPresent(uri -> warnOfMetadata(table, uri));
        if (preset.isEmpty() && !table.has("base_url") && !table.has("type")) {
            table.problem(
                    null,
                    "there is no preset \"%s\", so it needs an address".formatted(id),
                    "add base_url = \"https://…/v1\"");
        }
        Provider base =
                preset.orElseGet(
                        () -> Provider.builder(id, Protocol.OPENAI, nowhere(table)).build());
        Provider declared =
                new Declaration(table, preset.isPresent(), base, address.orElse(base.baseUrl()))
                        .read();
        boolean addressed = address.isPresent() || preset.isPresent() || declared.script() != null;
        return addressed ? Optional.of(declared) : Optional.empty();
    }

    private static URI nowhere(TableReader table) {
        String type = table.stringOrNull("type");
        return type != null && ScriptUse.isName(type) ? URI.create("script:" + type) : NOWHERE;
    }

    /// Whether `[relay] allowed_upstreams` lists it is not known here, so it is no error.
    private static void warnOfMetadata(TableReader table, URI uri) {
        new AddressGuard(Set.of())
                .refusalOfLiteral(uri.getHost())
                .ifPresent(why ->
                        table.warning(
                                "base_url",
                                why,
                                "it is called only if [relay] allowed_upstreams lists it"));
    }
}
