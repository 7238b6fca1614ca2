package hal0.providers.config;

import hal0.home.config.Section;
import hal0.home.config.TableReader;
import hal0.providers.Presets;
import hal0.providers.Provider;
import hal0.providers.ScriptUse;
import hal0.providers.http.AddressGuard;
import hal0.providers.message.Protocol;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// `[providers.*]`: a declaration each, over the preset of the same id where there is one.
///
/// **Shape** a declaration with a problem is still in the list, as far as it can be understood;
/// what becomes of it is for [Declarations] to judge.
public final class ProvidersSection implements Section<List<Declared>> {
    public static final String FILE = "config.toml";

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
    public List<Declared> read(TableReader table) {
        List<Declared> all = new ArrayList<>();
        for (Map.Entry<String, TableReader> entry : table.tables().entrySet()) {
            TableReader own = entry.getValue();
            all.add(Declared.in(FILE, own.path(), own.line(), read(entry.getKey(), own)));
        }
        return List.copyOf(all);
    }

    private Provider read(String id, TableReader table) {
        if (id.isBlank() || id.contains("/") || !id.equals(id.strip())) {
            table.problem(
                    null,
                    "\"%s\" cannot be the name of a provider".formatted(id),
                    "model names are written provider/model: use letters, digits, - and _");
        }
        Optional<Provider> preset = presets.find(id);
        Optional<URI> address = table.parsed("base_url", BaseUrl::parse);
        address.ifPresent(uri -> warnOfMetadata(table, "base_url", uri));
        if (preset.filter(Presets::hasAddress).isEmpty()
                && !table.has("base_url")
                && !table.has("type")) {
            table.problem(
                    null,
                    "there is no preset \"%s\", so it needs an address".formatted(id),
                    "add base_url = \"https://…/v1\"");
        }
        Provider base =
                preset.orElseGet(
                        () -> Provider.builder(id, Protocol.OPENAI, nowhere(table)).build());
        return new Declaration(table, preset.isPresent(), base, address.orElse(base.baseUrl()))
                .read();
    }

    private static URI nowhere(TableReader table) {
        String type = table.stringOrNull("type");
        return type != null && ScriptUse.isName(type) ? URI.create("script:" + type) : NOWHERE;
    }

    /// Whether `[relay] allowed_upstreams` lists it is not known here, so it is no error.
    static void warnOfMetadata(TableReader table, String key, URI uri) {
        new AddressGuard(Set.of())
                .refusalOfLiteral(uri.getHost())
                .ifPresent(why ->
                        table.warning(
                                key,
                                why,
                                "it is called only if [relay] allowed_upstreams lists it"));
    }
}
