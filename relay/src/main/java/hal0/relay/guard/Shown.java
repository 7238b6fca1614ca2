package hal0.relay.guard;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Set;

/// The keys that a request shows, however it shows them: `Authorization: Bearer`, `x-api-key`,
/// `x-goog-api-key` and `?key=` mean the same.
///
/// **Shape** each key once, in no form that says where it stood; an empty one is none. The text of
/// it is not for logs, so that this has none.
public final class Shown {
    private static final String BEARER = "bearer ";

    private final Set<String> keys = new LinkedHashSet<>();

    public Shown(Collection<String> authorization, Collection<String> bare) {
        for (String value : authorization) {
            if (value.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
                add(value.substring(BEARER.length()));
            }
        }
        bare.forEach(this::add);
    }

    private void add(String key) {
        if (!key.isBlank()) {
            keys.add(key.strip());
        }
    }

    /// In the order of their places.
    public Set<String> keys() {
        return keys;
    }

    @Override
    public String toString() {
        return keys.size() + " keys";
    }
}
