package hal0.cli.doctor;

import hal0.providers.Provider;
import hal0.providers.ProviderRegistry;
import hal0.relay.routing.NamedRoute;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Whether the targets of each route can be asked: a route helps only as far as they can.
record RoutesCheck(List<NamedRoute> routes, ProviderRegistry registry) implements Check {
    @Override
    public String id() {
        return "route";
    }

    @Override
    public List<Row> rows() {
        return routes.stream().map(this::row).toList();
    }

    private Row row(NamedRoute route) {
        String id = "route." + route.model();
        List<String> wrong = new ArrayList<>();
        List<String> fixes = new ArrayList<>();
        for (String target : route.targets()) {
            look(target, wrong, fixes);
        }
        int usable = route.targets().size() - wrong.size();
        if (wrong.isEmpty()) {
            return Row.pass(id, "%s can be asked".formatted(targets(usable)));
        }
        String message =
                usable == 0
                        ? "no target can be asked: "
                        : "%s of %d can be asked: "
                                .formatted(targets(usable), route.targets().size());
        return Row.bad(
                usable == 0,
                id,
                message + String.join("; ", wrong),
                String.join("\n", fixes.stream().distinct().toList()));
    }

    private static String targets(int count) {
        return count == 1 ? "1 target" : count + " targets";
    }

    /// Why a target cannot be asked, and what to do; nothing where it can.
    private void look(String target, List<String> wrong, List<String> fixes) {
        int slash = target.indexOf('/');
        if (slash <= 0) {
            // Another route, which has a row of its own, or a model that is looked for in lists.
            return;
        }
        String id = target.substring(0, slash);
        Optional<Provider> provider = registry.find(id);
        if (provider.isEmpty()) {
            wrong.add("%s: there is no provider %s".formatted(target, id));
            fixes.add("declare [providers.%s], or take the target out".formatted(id));
        } else if (!provider.get().enabled()) {
            wrong.add("%s: %s is switched off".formatted(target, id));
            fixes.add("hal0 providers enable " + id);
        } else if (!registry.hasWhatItNeeds(provider.get())) {
            wrong.add("%s: %s has no key".formatted(target, id));
            fixes.add("hal0 providers credentials set " + id);
        }
    }
}
