package hal0.cli.smoke;

import hal0.cli.console.Progress;
import hal0.cli.doctor.Doctor;
import hal0.cli.wiring.Hal0;
import hal0.cli.wiring.OwnRelay;
import hal0.home.error.ErrorKind;
import hal0.providers.Provider;
import hal0.providers.http.CancelToken;
import hal0.providers.probe.Candidate;
import hal0.providers.probe.Check;
import hal0.providers.probe.Connection;
import hal0.providers.probe.ConnectionProbe;
import hal0.providers.probe.ModelPick;
import hal0.providers.probe.Reach;
import hal0.providers.probe.Smoke;
import hal0.providers.probe.Verdict;
import hal0.relay.control.ControlPlane.Active;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The checks of providers, from the choice of the model to the rows.
///
/// **Threads** any; blocks.
final class SmokeRun {
    private static final String RELAY = "relay";

    private final Hal0 hal0;
    private final ConnectionProbe connections;
    private final ModelPick models;
    private final Smoke smoke;
    private final CancelToken cancel;
    private final Progress progress;

    SmokeRun(Hal0 hal0, CancelToken cancel, Progress progress) {
        this.hal0 = hal0;
        this.connections = hal0.connectionProbe();
        this.models = hal0.modelPick();
        this.smoke = new Smoke(hal0.asking("smoke"));
        this.cancel = cancel;
        this.progress = progress;
    }

    /// The rows of a provider that the user named; `model` is empty where none was named with it.
    List<Row> named(Provider provider, String model) {
        Optional<Connection> untried =
                connections.untried(provider).filter(c -> c.reach() != Reach.IN_PROCESS);
        if (untried.isPresent()) {
            return List.of(unasked(provider, untried.get().verdict(), untried.get().message()));
        }
        if (isAbsentRelay(provider)) {
            progress.done(
                    "relay: nothing answers at " + provider.baseUrl() + "; hal0's own is asked");
            try (OwnRelay own = OwnRelay.open(hal0, provider, new Doctor())) {
                return checks(own.provider(), model, activeOfAll());
            }
        }
        return checks(provider, model, activeOf(provider));
    }

    /// The rows of one of many.
    List<Row> oneOfAll(Candidate candidate) {
        Provider provider = candidate.provider();
        if (candidate.chosen()) {
            return named(provider, "");
        }
        Optional<Connection> untried = connections.untried(provider);
        Connection found = untried.orElseGet(() -> connections.of(provider, false, cancel));
        return found.verdict() == Verdict.SKIP
                ? List.of(unasked(provider, Verdict.SKIP, found.message()))
                : checks(provider, "", "");
    }

    private List<Row> checks(Provider provider, String named, String active) {
        progress.at(provider.id() + " …");
        return switch (models.of(provider, named, active)) {
            case ModelPick.Picked.Nothing(var kind, var why) ->
                    List.of(
                            unasked(
                                    provider,
                                    kind == ErrorKind.UNKNOWN_MODEL ? Verdict.SKIP : Verdict.FAIL,
                                    why));
            case ModelPick.Picked.Model(var id, var tools) -> checks(provider, id, tools);
        };
    }

    private List<Row> checks(Provider provider, String model, @Nullable Boolean tools) {
        List<Row> rows = new ArrayList<>();
        smoke.run(
                provider,
                model,
                tools,
                cancel,
                check -> {
                    Row row = new Row(provider.id(), model, check);
                    rows.add(row);
                    progress.at(row.line());
                    progress.done(row.line());
                });
        return rows;
    }

    private Row unasked(Provider provider, Verdict verdict, String why) {
        Check check = Smoke.unasked(verdict, why);
        Row row = new Row(provider.id(), null, check);
        progress.done(row.line());
        return row;
    }

    /// The preset has hal0's own relay behind it; an address of the user's is meant as it is.
    private boolean isAbsentRelay(Provider provider) {
        boolean preset =
                hal0.configuration()
                        .presets()
                        .find(RELAY)
                        .filter(p -> provider.id().equals(RELAY))
                        .filter(p -> p.baseUrl().equals(provider.baseUrl()))
                        .isPresent();
        return preset && connections.of(provider, true, cancel).reach() != Reach.ANSWERED;
    }

    private String activeOf(Provider provider) {
        return hal0.configuration()
                .active()
                .filter(active -> active.provider().equals(provider.id()))
                .map(Active::model)
                .orElse("");
    }

    /// The active model by the name under which a relay knows it.
    private String activeOfAll() {
        return hal0.configuration()
                .active()
                .filter(active -> !active.provider().equals(RELAY) && !active.model().isEmpty())
                .map(active -> active.provider() + "/" + active.model())
                .orElse("");
    }
}
