package hal0.cli.wiring;

import hal0.home.config.ConfigProblem;
import hal0.home.config.Setting;
import hal0.providers.Provider;
import hal0.relay.event.Event.Severity;
import hal0.relay.event.Events;
import hal0.relay.event.ProviderChanges;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/// Tells of each new reading of the configuration what it brought, whoever changed the files.
///
/// **Threads** any; one look after the other.
final class ConfigEvents {
    private final Configuration configuration;
    private final Events events;
    private final ReentrantLock looking = new ReentrantLock();
    private Known known;

    /// What was told last.
    private record Known(
            List<Provider> providers, List<ConfigProblem> problems, List<Setting> settings) {}

    ConfigEvents(Configuration configuration, Events events) {
        this.configuration = configuration;
        this.events = events;
        this.known = now();
    }

    private Known now() {
        return new Known(
                configuration.registry().declared(),
                configuration.problems(),
                configuration.shown());
    }

    void look() {
        looking.lock();
        try {
            Known before = known;
            known = now();
            tell(before, known);
        } finally {
            looking.unlock();
        }
    }

    private void tell(Known before, Known now) {
        for (ConfigProblem problem : now.problems()) {
            if (!before.problems().contains(problem)) {
                boolean error = problem.severity() == ConfigProblem.Severity.ERROR;
                events.emit(
                        "config.problem",
                        error ? Severity.ERROR : Severity.WARNING,
                        problem.file(),
                        problem.toString(),
                        Map.of("line", problem.line(), "key", problem.key()));
            }
        }
        ProviderChanges.emit(ProviderChanges.between(before.providers(), now.providers()), events);
        if (!before.settings().equals(now.settings())) {
            events.emit(
                    "config.applied",
                    Severity.INFO,
                    "config",
                    "the configuration was read again",
                    Map.of("problems", now.problems().size()));
        }
    }
}
