package hal0.relay.dispatch;

import hal0.providers.ChatStream;
import hal0.providers.ModelKnowledge;
import hal0.providers.client.KeyRing;
import hal0.providers.error.ProviderException;
import hal0.providers.error.Setback;
import hal0.providers.http.CancelToken;
import hal0.providers.message.Message;
import hal0.relay.budget.Budget;
import hal0.relay.rescue.Breakers;
import hal0.relay.rescue.Continuation;
import java.time.Duration;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// The one loop that gets a request answered: tries the targets of its decision in their order,
/// each again where that can help, and gives back what was opened.
///
/// **Shape** a delay that the provider names is kept; without one the delay doubles from half a
/// second, with full jitter. A provider that asks for more than ten seconds is not waited for.
/// Where the fault is the key's, the provider's other keys come first, without a delay. What is
/// told when all fail is the failure of the first target. **Threads** any; blocks. Cancelling ends
/// a wait at once.
public final class Attempts {

    /// Waits, unless cancelled meanwhile.
    public interface Sleeper {
        void sleep(Duration duration, CancelToken cancel);
    }

    /// One try at a target. What is opened may still be worth another try, as a 503 is that could
    /// be passed on.
    public interface Attempt<T extends AutoCloseable> {
        T open(Target target);

        /// Reads on until it is sure that an answer begins; what was read is given out later. Only
        /// called on the targets of a route.
        ///
        /// **Errors** [ProviderException] where none begins.
        default void hold(T opened) {
            // What is whole once it is opened needs no more.
        }

        /// The failure that what was opened stands for, where another try may help; else null.
        default @Nullable ProviderException failure(T opened) {
            return null;
        }

        /// A try came to nothing, and that is done next; who waits for the answer may be told.
        default void setback(Setback setback) {
            // Nobody who waits can be told before the answer begins.
        }

        /// Asks the same in neutral words, with more messages behind those of the request.
        ChatStream ask(Target target, List<Message> more);
    }

    /// What was opened, at which try, and who may go on with it.
    public record Opened<T>(T value, Target target, int attempts, Continuation continuation) {}

    /// What every course of tries needs.
    record Means(
            Sleeper sleeper,
            RandomGenerator random,
            KeyRing keys,
            Budget budget,
            Breakers breakers,
            ModelKnowledge knowledge) {}

    private final Means means;

    public Attempts(
            Sleeper sleeper,
            RandomGenerator random,
            KeyRing keys,
            Budget budget,
            Breakers breakers,
            ModelKnowledge knowledge) {
        means = new Means(sleeper, random, keys, budget, breakers, knowledge);
    }

    /// **Errors** [ProviderException] of the first target's last try; `OverBudget` before the
    /// first; [BreakerOpenException] when no target may be asked.
    public <T extends AutoCloseable> Opened<T> open(
            Decision decision, CancelToken cancel, Meter meter, Attempt<T> attempt) {
        return new Course<>(means, decision, cancel, meter, attempt).run();
    }
}
