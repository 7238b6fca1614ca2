package hal0.relay.control;

import hal0.relay.control.ProviderStatus.KeyState;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A provider as `/api/upstreams` shows it; no secret is in it.
///
/// **Shape** `source` is where it is declared (`upstreams.toml:3`, `preset`); `modelsCount` is null
/// until its models are known; `breaker` is closed, open or half-open; `lastError` is null while
/// nothing has failed; `lastAnswerAt` and `lastFailureAt` are when the last requests for its models
/// came that it answered and did not, null where there was none since the start; `problem` why its
/// declaration cannot be used, null where it can.
public record UpstreamStatus(
        String name,
        String url,
        String protocol,
        String authStyle,
        List<String> keyNames,
        KeyState keyState,
        boolean enabled,
        boolean local,
        boolean advertiseModels,
        @Nullable Integer modelsCount,
        String breaker,
        @Nullable String lastError,
        @Nullable Instant lastAnswerAt,
        @Nullable Instant lastFailureAt,
        String source,
        @Nullable String problem) {

    public UpstreamStatus {
        keyNames = List.copyOf(keyNames);
    }
}
