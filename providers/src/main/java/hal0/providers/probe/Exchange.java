package hal0.providers.probe;

import hal0.home.error.ErrorKind;
import hal0.providers.Answer;
import hal0.providers.Provider;
import hal0.providers.error.ProviderException;
import hal0.providers.event.StopReason;
import hal0.providers.event.StreamEvent;
import hal0.providers.event.TurnAccumulator;
import hal0.providers.event.Usage;
import hal0.providers.http.CancelToken;
import hal0.providers.message.ChatRequest;
import hal0.providers.message.Part;
import hal0.providers.price.Cost;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// One question and all that came back.
///
/// **Shape** `counted` when the provider told tokens; `pieces` counts the deltas of text and
/// thought; `failure` is null for a whole answer, and what had come before it is there.
record Exchange(
        List<Part> parts,
        @Nullable StopReason reason,
        Usage usage,
        boolean counted,
        int pieces,
        Duration took,
        Cost cost,
        @Nullable ProviderException failure) {

    /// Asks, and pulls the answer to its end.
    ///
    /// **Errors** only `Cancelled`.
    static Exchange of(
            Asking asking,
            Provider provider,
            String model,
            ChatRequest request,
            CancelToken cancel) {
        long began = System.nanoTime();
        TurnAccumulator turn = new TurnAccumulator();
        int pieces = 0;
        ProviderException failure = null;
        Cost cost = null;
        try (Answer answer = asking.open(provider, model, request, cancel)) {
            try {
                for (StreamEvent e = answer.next(); e != null; e = answer.next()) {
                    turn.add(e);
                    if (e instanceof StreamEvent.TextDelta
                            || e instanceof StreamEvent.ThinkingDelta) {
                        pieces++;
                    }
                }
            } catch (ProviderException e) {
                failure = e;
            }
            cost = hasNumbers(turn.usage()) ? answer.cost(turn.usage()) : null;
        } catch (ProviderException e) {
            failure = e;
        }
        if (failure != null && failure.kind() == ErrorKind.CANCELLED) {
            throw failure;
        }
        return new Exchange(
                turn.message().parts(),
                turn.reason(),
                turn.usage(),
                hasNumbers(turn.usage()),
                pieces,
                Duration.ofNanos(System.nanoTime() - began),
                cost == null ? uncounted(provider, failure) : cost,
                failure);
    }

    /// Some servers send the fields with nothing in them: that is no count.
    private static boolean hasNumbers(Usage usage) {
        return usage.totalInput() > 0 || usage.output() > 0 || usage.reportedUsd() != null;
    }

    /// An answer that nobody counted still cost something, unless it ran here or was refused.
    private static Cost uncounted(Provider provider, @Nullable ProviderException failure) {
        if (provider.local()) {
            return new Cost.Local();
        }
        boolean nothing =
                failure instanceof ProviderException.Unreachable
                        || (failure != null && failure.failure().status() >= 400);
        return nothing ? new Cost.Usd(BigDecimal.ZERO) : new Cost.Unknown();
    }

    /// The whole text, without what surrounds it.
    String text() {
        StringBuilder text = new StringBuilder();
        for (Part part : parts) {
            if (part instanceof Part.Text(var piece)) {
                text.append(piece);
            }
        }
        return text.toString().strip();
    }

    List<Part.ToolCall> calls() {
        return parts.stream()
                .filter(Part.ToolCall.class::isInstance)
                .map(Part.ToolCall.class::cast)
                .toList();
    }

    boolean thought() {
        return usage.reasoning() > 0
                || parts.stream()
                        .anyMatch(p ->
                                p instanceof Part.Thinking || p instanceof Part.RedactedThinking);
    }

    /// Why there is no whole answer; empty when there is one.
    Optional<String> failureWords() {
        return Optional.ofNullable(failure).map(e -> String.valueOf(e.getMessage()));
    }

    /// What it said instead of what it should have said, in a few words that no terminal obeys.
    String saidInstead() {
        String text = text();
        if (text.isEmpty()) {
            return reason == StopReason.LENGTH
                    ? "the limit of tokens was used up%s before a word was said"
                            .formatted(thought() ? " by thinking" : "")
                    : "it said nothing";
        }
        return "it said \"%s\"".formatted(Excerpt.of(text));
    }
}
