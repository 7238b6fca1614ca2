package hal0.cli.doctor;

import hal0.providers.Provider;
import hal0.providers.ProviderRegistry;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Keys that are not set, and keys that go to more than one place.
record KeyCheck(InUse inUse, ProviderRegistry registry, Path envFile) implements Check {
    @Override
    public String id() {
        return "key";
    }

    @Override
    public List<Row> rows() {
        List<Row> rows = new ArrayList<>();
        for (Provider provider : inUse.all()) {
            if (!registry.hasWhatItNeeds(provider)) {
                rows.add(missing(provider));
            }
        }
        rows.addAll(shared());
        return rows;
    }

    private Row missing(Provider provider) {
        String id = "key." + provider.id();
        if (provider.keyNames().isEmpty()) {
            return Row.bad(
                    inUse.isActive(provider),
                    id,
                    "%s needs a key, and no variable is named for it".formatted(provider.id()),
                    "write api_key_env = \"NAME\" under [providers.%s]".formatted(provider.id()));
        }
        String name = provider.keyNames().getFirst();
        return Row.bad(
                inUse.isActive(provider),
                id,
                "%s needs a key: %s is not set"
                        .formatted(provider.id(), String.join(" or ", provider.keyNames())),
                "put %s=… into %s, or export it".formatted(name, envFile));
    }

    /// A variable belongs to the first that names it, presets last: another origin that gets the
    /// same key can use it.
    private List<Row> shared() {
        Map<String, Provider> owners = new LinkedHashMap<>();
        List<Row> rows = new ArrayList<>();
        List<Provider> all = new ArrayList<>();
        // A preset that nobody changed is the origin that the variable was made for.
        inUse.presets().stream()
                .filter(preset -> registry.find(preset.id()).filter(preset::equals).isPresent())
                .forEach(all::add);
        all.addAll(registry.declared());
        for (Provider provider : all) {
            for (String name : provider.keyNames()) {
                Provider owner = owners.putIfAbsent(name, provider);
                if (owner != null && !origin(owner).equals(origin(provider))) {
                    rows.add(
                            Row.warn(
                                    "key.shared",
                                    "%s is the key of %s (%s), and %s sends it to %s"
                                            .formatted(
                                                    name,
                                                    owner.id(),
                                                    origin(owner),
                                                    provider.id(),
                                                    origin(provider)),
                                    "give %1$s a variable of its own: api_key_env under [providers.%1$s]"
                                            .formatted(provider.id())));
                }
            }
        }
        return rows;
    }

    private static String origin(Provider provider) {
        URI uri = provider.baseUrl();
        if (uri.getAuthority() == null) {
            return "the address that its script names";
        }
        return uri.getScheme() + "://" + uri.getAuthority();
    }
}
