package hal0.providers.imported;

import hal0.home.config.TomlBlock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What of an import can be added to a home, where nothing that is there is changed.
///
/// **Shape** `toml` is to be appended to `config.toml`, empty for nothing; `credentials` are those
/// that it needs; `conflicts` are sentences about what is left out because it is there already;
/// `plain` are providers that need no table, because their preset says the same.
public record ImportPlan(
        String toml, List<Credential> credentials, List<String> conflicts, List<String> plain) {

    public ImportPlan {
        credentials = List.copyOf(credentials);
        conflicts = List.copyOf(conflicts);
        plain = List.copyOf(plain);
    }

    /// What the home has. `active`: whether it says which provider to use.
    public record Present(Set<String> providers, Set<String> routes, boolean active) {
        public Present {
            providers = Set.copyOf(providers);
            routes = Set.copyOf(routes);
        }
    }

    public static ImportPlan of(String source, Imported imported, Present present) {
        List<TomlBlock> blocks = new ArrayList<>();
        List<String> conflicts = new ArrayList<>();
        List<String> plain = new ArrayList<>();
        Imported.Active active = imported.active();
        if (active != null && present.active()) {
            conflicts.add("[active] is there already: %s stays unused".formatted(name(active)));
        } else if (active != null) {
            blocks.add(
                    TomlBlock.table("active")
                            .set("provider", active.provider())
                            .set("model", active.model()));
        }
        for (ImportedProvider provider : imported.providers()) {
            if (present.providers().contains(provider.id())) {
                conflicts.add("a provider \"%s\" is declared already".formatted(provider.id()));
            } else if (provider.isPlainPreset()) {
                plain.add(provider.id());
            } else {
                blocks.addAll(blocks(provider));
            }
        }
        for (ImportedRoute route : imported.routes()) {
            if (present.routes().contains(route.model())) {
                conflicts.add("a [[route]] for \"%s\" is there already".formatted(route.model()));
            } else {
                blocks.add(block(route));
            }
        }
        String text = String.join("\n", blocks.stream().map(TomlBlock::toml).toList());
        String toml = text.isEmpty() ? "" : "# Imported from %s\n%s".formatted(source, text);
        return new ImportPlan(toml, needed(imported, present), conflicts, plain);
    }

    private static String name(Imported.Active active) {
        return active.model() == null
                ? active.provider()
                : active.provider() + "/" + active.model();
    }

    private static List<TomlBlock> blocks(ImportedProvider provider) {
        String id = provider.id();
        List<TomlBlock> blocks = new ArrayList<>();
        blocks.add(TomlBlock.table("providers", id).setAll(provider.settings()));
        if (!provider.query().isEmpty()) {
            blocks.add(TomlBlock.table("providers", id, "query").setAll(provider.query()));
        }
        if (!provider.headers().isEmpty()) {
            blocks.add(TomlBlock.table("providers", id, "headers").setAll(provider.headers()));
        }
        for (Map<String, Object> model : provider.models()) {
            blocks.add(TomlBlock.item("providers", id, "models").setAll(model));
        }
        return blocks;
    }

    private static TomlBlock block(ImportedRoute route) {
        return TomlBlock.item("route")
                .set("model", route.model())
                .set("targets", route.targets())
                .set("strategy", route.strategy())
                .set("weights", route.weights().isEmpty() ? null : route.weights())
                .set("retries", route.retries())
                .set("aliases", route.aliases().isEmpty() ? null : route.aliases());
    }

    /// A key is taken over only for a provider that is: one that is there has its own.
    private static List<Credential> needed(Imported imported, Present present) {
        return imported.credentials().stream()
                .filter(credential ->
                        imported.providers().stream()
                                .filter(provider -> !present.providers().contains(provider.id()))
                                .anyMatch(p -> p.variables().contains(credential.variable())))
                .toList();
    }
}
