package hal0.cli.providers;

import hal0.cli.console.Progress;
import hal0.cli.wiring.Hal0;
import hal0.providers.Provider;
import hal0.providers.http.CancelToken;
import hal0.providers.probe.Candidate;
import hal0.providers.probe.Connection;
import hal0.providers.probe.ConnectionProbe;
import hal0.providers.probe.DeepProbe;
import hal0.providers.probe.DeepReport;
import hal0.providers.probe.KeyState;
import hal0.providers.probe.ModelPick;
import hal0.providers.probe.Verdict;
import hal0.relay.control.ControlPlane.Active;

/// Tries one provider: its connection, and where that is asked for, a model.
///
/// **Threads** any; blocks.
final class Trial {
    private final Hal0 hal0;
    private final ConnectionProbe connections;
    private final CancelToken cancel;
    private final Progress progress;

    Trial(Hal0 hal0, CancelToken cancel, Progress progress) {
        this.hal0 = hal0;
        this.connections = hal0.connectionProbe();
        this.cancel = cancel;
        this.progress = progress;
    }

    Tried plain(Candidate candidate) {
        String id = candidate.provider().id();
        progress.at(id + " …");
        Connection found = connections.of(candidate.provider(), candidate.chosen(), cancel);
        progress.done(id + ": " + found.verdict());
        return new Tried(found, null);
    }

    /// `named` is empty where the provider's usual model is to be asked.
    Tried deep(Candidate candidate, String named) {
        Tried plain = plain(candidate);
        Connection found = plain.connection();
        if (found.verdict() != Verdict.PASS && found.verdict() != Verdict.WARN) {
            return plain;
        }
        Provider provider = candidate.provider();
        return switch (new ModelPick(hal0.modelLists()).of(provider, named, activeOf(provider))) {
            case ModelPick.Picked.Nothing(_, var why) ->
                    new Tried(found.warned("no model was asked: " + why), null);
            case ModelPick.Picked.Model(var model, _) -> {
                DeepReport report =
                        new DeepProbe(hal0.asking("probe"))
                                .run(
                                        provider,
                                        model,
                                        cancel,
                                        capability -> {
                                            String step = provider.id() + ": " + capability.text();
                                            progress.at(step + " …");
                                            progress.done(step);
                                        });
                yield new Tried(concluded(found, report), report);
            }
        };
    }

    private static Connection concluded(Connection found, DeepReport report) {
        if (report.answered()) {
            return found.afterAnswer();
        }
        String why = report.failure() == null ? "" : String.valueOf(report.failure().getMessage());
        return report.refusedKey()
                ? found.failed(KeyState.REFUSED, why)
                : found.failed(
                        found.key(),
                        "the model %s does not answer. %s".formatted(report.model(), why));
    }

    private String activeOf(Provider provider) {
        return hal0.configuration()
                .active()
                .filter(active -> active.provider().equals(provider.id()))
                .map(Active::model)
                .orElse("");
    }
}
