package hal0.relay.control;

import org.jspecify.annotations.Nullable;

/// What came of testing an upstream.
///
/// **Shape** `status` is that of its answer in HTTP, null where none came or it was not called;
/// `key` says what is known of its key; `error` is null where all is well, and with `ok` a remark.
/// **Units** `latencyMs` of one whole answer.
public record UpstreamTrial(
        boolean ok,
        @Nullable Integer status,
        @Nullable Long latencyMs,
        @Nullable Integer modelsCount,
        String key,
        @Nullable String error) {}
