package hal0.home.key;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One of the relay's own keys, without the key.
///
/// **Shape** `hash` is its SHA-256 in lower-case hexadecimal; `hint` its last letters, for people
/// to tell keys apart; `scope` is `client`, `agent` or `admin`; `launch` marks those that `hal0
/// launch` makes for one run. A null limit is none; no models means all. **Units** requests and
/// tokens a minute, USD in all.
public record KeyRow(
        String id,
        String name,
        String hash,
        String hint,
        String scope,
        List<String> models,
        @Nullable Long rpm,
        @Nullable Long tpm,
        @Nullable BigDecimal budgetUsd,
        boolean launch,
        Instant createdAt,
        @Nullable Instant lastUsedAt,
        @Nullable Instant revokedAt) {

    public KeyRow {
        models = List.copyOf(models);
    }

    public boolean isRevoked() {
        return revokedAt != null;
    }
}
