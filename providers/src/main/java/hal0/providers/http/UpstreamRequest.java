package hal0.providers.http;

import hal0.providers.Provider;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/// One HTTP call, ready to be sent: address and headers carry the key already.
///
/// **Shape** `provider` and `model` are for clocks, proxy and messages; `streamed` chooses the
/// clocks.
public record UpstreamRequest(
        Provider provider,
        String model,
        String method,
        URI uri,
        Headers headers,
        @Nullable Body body,
        boolean streamed) {

    /// Neither query (it may hold a key) nor headers.
    @Override
    public String toString() {
        return method + " " + uri.getScheme() + "://" + uri.getAuthority() + uri.getPath();
    }
}
