package hal0.cli.bench;

import hal0.cli.wiring.ThroughRelay;
import hal0.home.error.ErrorKind;
import hal0.home.ledger.LedgerRow;
import hal0.providers.Answer;
import hal0.providers.error.ProviderException;
import hal0.providers.event.StreamEvent;
import hal0.providers.event.Usage;
import hal0.providers.http.CancelToken;
import hal0.providers.message.ChatRequest;
import hal0.providers.message.Message;
import hal0.providers.message.Options;
import hal0.relay.control.RequestInfo;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// One question and how its answer came.
///
/// **Shape** `row` is what the relay wrote down of it, null where it cannot be looked at; `failure`
/// is why there is no whole answer. **Units** nanoseconds; `firstNanos` is -1 when nothing came.
record Round(
        long firstNanos,
        long wholeNanos,
        long outputTokens,
        @Nullable LedgerRow row,
        @Nullable ProviderException failure) {

    /// Long enough that the pace of an answer is not that of its first words.
    private static final String QUESTION =
            "Write the numbers from one to two hundred as English words, with commas between. Nothing else.";

    /// **Errors** only `Cancelled`.
    static Round of(ThroughRelay relay, String model, int maxTokens, CancelToken cancel) {
        ChatRequest request =
                new ChatRequest(
                        model,
                        List.of(Message.user(QUESTION)),
                        List.of(),
                        Options.DEFAULT.withMaxTokens(maxTokens),
                        true);
        long began = System.nanoTime();
        long first = -1;
        Usage usage = Usage.NONE;
        ProviderException failure = null;
        String id = "";
        try (Answer answer = relay.ask(request, cancel)) {
            id = answer.requestId();
            for (StreamEvent event = answer.next(); event != null; event = answer.next()) {
                if (first < 0 && isWord(event)) {
                    first = System.nanoTime() - began;
                }
                if (event instanceof StreamEvent.UsageReport(var counted)) {
                    usage = counted;
                }
            }
        } catch (ProviderException e) {
            failure = e;
        }
        if (failure != null && failure.kind() == ErrorKind.CANCELLED) {
            throw failure;
        }
        long whole = System.nanoTime() - began;
        Optional<LedgerRow> row =
                id.isEmpty()
                        ? Optional.empty()
                        : relay.control().requests().find(id).map(RequestInfo::row);
        return new Round(
                first,
                whole,
                usage.output() > 0 ? usage.output() : row.map(LedgerRow::outputTokens).orElse(0L),
                row.orElse(null),
                failure);
    }

    private static boolean isWord(StreamEvent event) {
        return event instanceof StreamEvent.TextDelta || event instanceof StreamEvent.ThinkingDelta;
    }

    /// Tokens a second from the first word on; -1 where that cannot be told: nobody counted them,
    /// or all came at once.
    double pace() {
        long streaming = wholeNanos - firstNanos;
        return firstNanos < 0 || outputTokens < 2 || streaming < 1_000_000
                ? -1
                : (outputTokens - 1) * 1e9 / streaming;
    }
}
