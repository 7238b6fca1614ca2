package hal0.providers.client;

import java.net.URI;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// Addresses that were asked before: putting one together and taking it apart costs more than
/// anything else about a request.
///
/// **Shape** of those without a query of the provider's own, which may hold a key. A path may hold
/// a model's name, which a client chooses: when there are many, all are forgotten. **Threads** any.
final class KnownAddresses {
    private static final int MOST = 256;

    private record Parts(URI baseUrl, String path) {}

    private final Map<Parts, URI> known = new ConcurrentHashMap<>();

    URI of(URI baseUrl, String path) {
        Parts parts = new Parts(baseUrl, path);
        URI found = known.get(parts);
        if (found == null) {
            found = UpstreamAddress.of(baseUrl, path, Map.of());
            if (known.size() >= MOST) {
                known.clear();
            }
            known.put(parts, found);
        }
        return found;
    }
}
