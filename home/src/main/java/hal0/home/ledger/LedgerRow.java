package hal0.home.ledger;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// One call to a model.
///
/// **Shape** `client` is who asked (`tui`, `ask`, `relay` or the name of a key); `key` is the id of
/// the relay's key that it came with; `provider` and `model` are those that answered, or were tried
/// last; `status` is the HTTP status upstream, 0 without one; `errorKind` is set unless answered.
/// `answeredModel` is the model by which the answer calls itself, where that is another name than
/// `model`; `estimated` says that the provider had told no numbers yet and those here are guessed.
/// **Units** tokens, USD, milliseconds; `input` excludes cached tokens; `costUsd` is null when the
/// price is unknown and zero for local models; `firstTokenMs` is -1 when nothing came.
public record LedgerRow(
        String requestId,
        Instant at,
        String client,
        @Nullable String session,
        @Nullable String key,
        String protocol,
        String requestedModel,
        String provider,
        String model,
        Outcome outcome,
        @Nullable String errorKind,
        int status,
        int attempts,
        boolean streamed,
        long inputTokens,
        long outputTokens,
        long cacheReadTokens,
        long cacheWriteTokens,
        long reasoningTokens,
        @Nullable BigDecimal costUsd,
        boolean local,
        long latencyMs,
        long firstTokenMs,
        long overheadUs,
        @Nullable String answeredModel,
        boolean estimated) {

    public LedgerRow {
        // Found here, where the caller is known, and not when the row is written.
        Objects.requireNonNull(requestId, "requestId");
        Objects.requireNonNull(at, "at");
        Objects.requireNonNull(client, "client");
        Objects.requireNonNull(protocol, "protocol");
        Objects.requireNonNull(requestedModel, "requestedModel");
        Objects.requireNonNull(provider, "provider");
        Objects.requireNonNull(model, "model");
        Objects.requireNonNull(outcome, "outcome");
    }

    /// A call whose numbers are the provider's and whose model has one name.
    public LedgerRow(
            String requestId,
            Instant at,
            String client,
            @Nullable String session,
            @Nullable String key,
            String protocol,
            String requestedModel,
            String provider,
            String model,
            Outcome outcome,
            @Nullable String errorKind,
            int status,
            int attempts,
            boolean streamed,
            long inputTokens,
            long outputTokens,
            long cacheReadTokens,
            long cacheWriteTokens,
            long reasoningTokens,
            @Nullable BigDecimal costUsd,
            boolean local,
            long latencyMs,
            long firstTokenMs,
            long overheadUs) {
        this(
                requestId,
                at,
                client,
                session,
                key,
                protocol,
                requestedModel,
                provider,
                model,
                outcome,
                errorKind,
                status,
                attempts,
                streamed,
                inputTokens,
                outputTokens,
                cacheReadTokens,
                cacheWriteTokens,
                reasoningTokens,
                costUsd,
                local,
                latencyMs,
                firstTokenMs,
                overheadUs,
                null,
                false);
    }

    /// Whether it is the same but for times, and for a cost that follows from the rest.
    boolean saysTheSameAs(LedgerRow other) {
        return outcome == other.outcome
                && status == other.status
                && attempts == other.attempts
                && inputTokens == other.inputTokens
                && outputTokens == other.outputTokens
                && cacheReadTokens == other.cacheReadTokens
                && cacheWriteTokens == other.cacheWriteTokens
                && reasoningTokens == other.reasoningTokens
                && provider.equals(other.provider)
                && model.equals(other.model);
    }

    public long tokens() {
        return inputTokens + outputTokens + cacheReadTokens + cacheWriteTokens;
    }
}
