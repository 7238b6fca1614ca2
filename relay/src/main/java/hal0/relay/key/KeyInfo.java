package hal0.relay.key;

import hal0.relay.guard.Allowance;
import hal0.relay.guard.Scope;
import java.math.BigDecimal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// What may be shown of a key: everything but the key.
///
/// **Shape** `hint` is its end; `launch` marks one that `hal0 launch` made for a run. **Units** USD
/// spent in all, as far as prices are known; null where nobody can tell.
public record KeyInfo(
        String id,
        String name,
        String hint,
        Scope scope,
        Allowance allowance,
        boolean launch,
        @Nullable BigDecimal spentUsd,
        Instant createdAt,
        @Nullable Instant lastUsedAt,
        @Nullable Instant revokedAt) {

    public boolean isRevoked() {
        return revokedAt != null;
    }
}
