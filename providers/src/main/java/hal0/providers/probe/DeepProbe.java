package hal0.providers.probe;

import hal0.providers.Provider;
import hal0.providers.error.ProviderException;
import hal0.providers.http.CancelToken;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Finds out by asking what a model really does, whatever its provider says of it.
///
/// **Shape** eight small calls, one after the other, so that no limit of a rate decides the result.
/// Where the model does not answer even the plainest question nothing more is asked, and all is
/// unclear. **Errors** only `Cancelled`. **Threads** any; blocks.
public final class DeepProbe {
    private final Asking asking;

    public DeepProbe(Asking asking) {
        this.asking = asking;
    }

    /// `progress` is told what is asked about next.
    public DeepReport run(
            Provider provider, String model, CancelToken cancel, Consumer<Capability> progress) {
        List<Ability> abilities = new ArrayList<>();
        List<Exchange> all = new ArrayList<>();
        ProviderException fatal = null;
        for (Question question : Question.values()) {
            if (fatal != null) {
                String why = "not asked, since the model does not answer";
                question.shows().forEach(c -> abilities.add(Ability.unclear(c, why)));
                continue;
            }
            progress.accept(question.shows().getFirst());
            List<Exchange> answers = ask(question, provider, model, cancel);
            all.addAll(answers);
            fatal = fatal(question, answers.getLast());
            ProviderException ended = fatal;
            if (ended == null) {
                abilities.addAll(AbilityJudge.judge(question, answers));
            } else {
                String why = String.valueOf(ended.getMessage());
                question.shows().forEach(c -> abilities.add(Ability.unclear(c, why)));
            }
        }
        return DeepReport.of(model, abilities, all, fatal);
    }

    private List<Exchange> ask(
            Question question, Provider provider, String model, CancelToken cancel) {
        List<Exchange> answers = new ArrayList<>();
        for (int i = 0; i < question.times(); i++) {
            Exchange answer = Exchange.of(asking, provider, model, question.request(model), cancel);
            answers.add(answer);
            if (answer.failure() != null) {
                break;
            }
        }
        return answers;
    }

    /// A failure that every later question would meet too.
    private static @Nullable ProviderException fatal(Question question, Exchange answer) {
        ProviderException failure = answer.failure();
        boolean always =
                switch (failure) {
                    case null -> false;
                    case ProviderException.Unauthenticated _,
                            ProviderException.Misconfigured _,
                            ProviderException.NotReady _,
                            ProviderException.OverBudget _,
                            ProviderException.Unreachable _ ->
                            true;
                    case ProviderException.Forbidden _,
                            ProviderException.UnknownModel _,
                            ProviderException.Rejected _,
                            ProviderException.TimedOut _ ->
                            question == Question.COUNT;
                    case ProviderException.RateLimited _,
                            ProviderException.Overloaded _,
                            ProviderException.BadStream _,
                            ProviderException.Cancelled _ ->
                            false;
                };
        return always ? failure : null;
    }
}
