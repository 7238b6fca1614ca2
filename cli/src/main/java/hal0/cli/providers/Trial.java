package hal0.cli.providers;

import hal0.cli.console.Progress;
import hal0.providers.Provider;
import hal0.providers.http.CancelToken;
import hal0.providers.probe.Asking;
import hal0.providers.probe.Candidate;
import hal0.providers.probe.Connection;
import hal0.providers.probe.DeepProbe;
import hal0.providers.probe.DeepReport;
import hal0.providers.probe.KeyState;
import hal0.providers.probe.ModelPick.Picked;
import hal0.providers.probe.Verdict;
import java.util.List;

/// Tries one provider: its connection, and where that is asked for, a model.
///
/// **Threads** any; blocks.
final class Trial {
    private final Place place;
    private final CancelToken cancel;
    private final Progress progress;

    /// From where providers are tried.
    interface Place {
        Candidate one(String id);

        /// Those that are not switched off.
        List<Candidate> all();

        Connection connection(Candidate candidate);

        /// `named` is empty where the provider's usual model is to be asked.
        Picked model(Provider provider, String named);

        Asking asking();
    }

    Trial(Place place, CancelToken cancel, Progress progress) {
        this.place = place;
        this.cancel = cancel;
        this.progress = progress;
    }

    Tried plain(Candidate candidate) {
        String id = candidate.provider().id();
        progress.at(id + " …");
        Connection found = place.connection(candidate);
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
        return switch (place.model(provider, named)) {
            case Picked.Nothing(_, var why) ->
                    new Tried(found.warned("no model was asked: " + why), null);
            case Picked.Model(var model, _) -> {
                DeepReport report =
                        new DeepProbe(place.asking())
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
}
