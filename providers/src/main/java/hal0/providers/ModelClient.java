package hal0.providers;

import hal0.providers.error.Setback;
import hal0.providers.http.CancelToken;
import hal0.providers.message.ChatRequest;
import java.math.BigDecimal;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Answers a request: the one seam through which the agent, `ask` and the screen reach a model.
///
/// **Shape** the routed implementation runs the relay's attempt loop in this process; the attached
/// one speaks to the process that owns the home. Both meter. **Threads** any; `open` blocks until
/// the answer has begun.
public interface ModelClient {

    /// Begins an answer. The caller closes it.
    ///
    /// **Errors** [ProviderException] when no answer could be begun.
    Answer open(ChatRequest request, Call call);

    /// On whose behalf a request is made. `client` is a word such as `ask` or `tui`. `setbacks`
    /// hears of tries that came to nothing, on the thread that opens, until the answer has begun.
    record Call(
            String client,
            @Nullable String session,
            Turn turn,
            CancelToken cancel,
            Consumer<Setback> setbacks) {

        /// Nobody looks on while an answer is sought.
        public Call(String client, @Nullable String session, Turn turn, CancelToken cancel) {
            this(client, session, turn, cancel, _ -> {});
        }

        /// A request that is a turn of its own.
        public Call(String client, @Nullable String session, CancelToken cancel) {
            this(client, session, Turn.ALONE, cancel);
        }
    }

    /// The turn that a request belongs to: what it has cost so far and, beside what the
    /// configuration says, what it may cost; null for no limit of its own.
    ///
    /// **Units** USD.
    record Turn(BigDecimal spent, @Nullable BigDecimal limit) {
        public static final Turn ALONE = new Turn(BigDecimal.ZERO, null);
    }
}
