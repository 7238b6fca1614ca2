package hal0.cli.wiring;

import hal0.home.config.ConfigProblem;
import hal0.home.store.Database;
import hal0.home.store.StoreException;
import hal0.providers.ProviderRegistry;
import hal0.relay.api.SystemRoutes.Check;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/// What a relay tells of its own health: whether it can do its work, without asking anybody else.
///
/// **Threads** any; reads a row of the database.
record OwnChecks(Configuration configuration, ProviderRegistry registry, Database database)
        implements Supplier<List<Check>> {

    @Override
    public List<Check> get() {
        List<Check> checks = new ArrayList<>();
        List<String> problems =
                configuration.problems().stream()
                        .filter(p -> p.severity() == ConfigProblem.Severity.ERROR)
                        .map(ConfigProblem::toString)
                        .toList();
        checks.add(new Check("configuration", problems.isEmpty(), String.join("; ", problems)));
        checks.add(store());
        long usable = registry.enabled().stream().filter(registry::hasWhatItNeeds).count();
        checks.add(
                new Check(
                        "providers",
                        usable > 0,
                        usable > 0 ? "" : "no provider can be used; hal0 providers list"));
        return checks;
    }

    private Check store() {
        try {
            var _ = database.version();
            return new Check("database", true, "");
        } catch (StoreException e) {
            return new Check("database", false, String.valueOf(e.getMessage()));
        }
    }
}
