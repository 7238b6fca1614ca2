package hal0.providers.http;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/// Calls over whichever transport is best at them: [PlainTransport] where neither TLS nor a proxy
/// is needed, [OkHttpTransport] for everything else. Both promise the same.
///
/// **Threads** any.
public final class HttpTransport implements Transport {
    private final AtomicInteger open = new AtomicInteger();
    private final PlainTransport plain;
    private final OkHttpTransport other;

    /// **Shape** `version` goes into `User-Agent`; `variables` are looked up for `HTTPS_PROXY` and
    /// `NO_PROXY`.
    public HttpTransport(
            String version, AddressGuard guard, Function<String, Optional<String>> variables) {
        this.plain = new PlainTransport(version, guard, open);
        this.other = new OkHttpTransport(version, guard, variables);
    }

    /// Answers that nobody has closed yet.
    public int openResponses() {
        return open.get() + other.openResponses();
    }

    @Override
    public UpstreamResponse send(UpstreamRequest request, CancelToken cancel) {
        return PlainTransport.takes(request)
                ? plain.send(request, cancel)
                : other.send(request, cancel);
    }

    @Override
    public void close() {
        plain.close();
        other.close();
    }
}
