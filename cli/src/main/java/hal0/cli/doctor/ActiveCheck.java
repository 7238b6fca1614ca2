package hal0.cli.doctor;

import hal0.home.config.ConfigProblem;
import hal0.providers.Provider;
import java.util.List;

/// Whether something answers when nobody names a provider.
record ActiveCheck(InUse inUse, boolean named, List<ConfigProblem> leftOut) implements Check {
    @Override
    public String id() {
        return "active";
    }

    @Override
    public List<Row> rows() {
        Provider active = inUse.active();
        if (active == null) {
            return named
                    ? List.of() // the problem of the configuration says so
                    : List.of(
                            Row.warn(
                                    "active",
                                    "no provider is active",
                                    "write [active] provider = \"…\" into config.toml, or choose one in the screen"));
        }
        String table = "providers." + active.id() + ".";
        if (leftOut.stream().anyMatch(problem -> (problem.key() + ".").startsWith(table))) {
            return List.of(
                    Row.fail(
                            "active",
                            "the active provider %s is left out, because its entry is wrong"
                                    .formatted(active.id()),
                            "mend what is said of [providers.%s]".formatted(active.id())));
        }
        if (!active.enabled()) {
            return List.of(
                    Row.fail(
                            "active",
                            "the active provider %s is switched off".formatted(active.id()),
                            "write enabled = true under [providers.%s]".formatted(active.id())));
        }
        return List.of(
                inUse.model().isEmpty()
                        ? Row.warn(
                                "active",
                                "%s is active, and nothing says with which model"
                                        .formatted(active.id()),
                                "write model = \"…\" under [active]")
                        : Row.pass("active", active.id() + "/" + inUse.model()));
    }
}
