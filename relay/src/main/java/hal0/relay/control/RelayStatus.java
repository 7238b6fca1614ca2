package hal0.relay.control;

import java.net.URI;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A relay at a glance. `address` is null when no server listens; `attached` when it runs in
/// another process.
public record RelayStatus(
        String version,
        String instanceId,
        @Nullable URI address,
        boolean attached,
        Instant since,
        long requests,
        int inFlight) {}
