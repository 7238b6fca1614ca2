package hal0.providers.http;

import hal0.providers.Timeouts;
import hal0.providers.error.Clock;
import hal0.providers.error.ProviderException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Function;
import okhttp3.Call;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/// Calls over HTTP/1.1 and, with TLS, HTTP/2.
///
/// **Shape** a redirect is an answer and never followed (it would carry the key elsewhere); nothing
/// is repeated once it was sent; the answer's encoding is what the caller asked for, `identity`
/// unless it asked. **Errors** as [Transport], and `Rejected` for an address that [AddressGuard]
/// refuses. **Threads** any.
public final class OkHttpTransport implements Transport {
    private final String userAgent;
    private final AddressGuard guard;
    private final ProxyRules proxies;
    private final AtomicInteger open = new AtomicInteger();
    private final Clients clients;

    /// **Shape** `version` goes into `User-Agent`; `variables` are looked up for `HTTPS_PROXY` and
    /// `NO_PROXY`.
    public OkHttpTransport(
            String version, AddressGuard guard, Function<String, Optional<String>> variables) {
        this(version, guard, variables, _ -> {});
    }

    /// **Shape** `more` is said to the builder of every client: what a test trusts.
    OkHttpTransport(
            String version,
            AddressGuard guard,
            Function<String, Optional<String>> variables,
            Consumer<OkHttpClient.Builder> more) {
        this.userAgent = "hal0/" + version;
        this.guard = guard;
        this.proxies = new ProxyRules(variables);
        this.clients = new Clients(guard, more);
    }

    /// Answers that nobody has closed yet.
    public int openResponses() {
        return open.get();
    }

    @Override
    public UpstreamResponse send(UpstreamRequest request, CancelToken cancel) {
        HttpUrl url = HttpUrl.get(request.uri());
        URI proxy = url == null ? null : proxy(request, url);
        CallFailures failures = new CallFailures(request, proxy);
        if (cancel.isCancelled()) {
            throw failures.cancelled(cancel.reason());
        }
        if (url == null) {
            throw failures.notAnAddress();
        }
        Optional<String> refusal = guard.refusalOfLiteral(url.host());
        if (refusal.isPresent()) {
            throw failures.refused(refusal.get());
        }
        Request message = message(request, url, failures);
        AtomicReference<Call> begun = new AtomicReference<>();
        Deadlines.Timer timer =
                clients.deadlines()
                        .timer(() -> {
                            Call call = begun.get();
                            if (call != null) {
                                call.cancel();
                            }
                        });
        HandshakeClock.Clocks clocks = clocks(request, timer);
        UploadClock upload = upload(request, message, timer, clocks.next());
        Call call =
                clients.of(request.provider(), !url.isHttps(), proxy)
                        .newCall(
                                message.newBuilder()
                                        .tag(HandshakeClock.Clocks.class, clocks)
                                        .build());
        begun.set(call);
        CancelToken.Registration hook = cancel.onCancel(call::cancel);
        boolean answered = false;
        try {
            timer.arm(clocks.next(), clocks.nextAt());
            Response response = call.execute();
            answered = true;
            open.incrementAndGet();
            return new OpenResponse(
                    request,
                    response.code(),
                    headers(response),
                    new OkHttpBody(call, response),
                    cancel,
                    hook,
                    timer,
                    upload == null ? clocks.nextAt() : upload.nextAt(),
                    failures,
                    open::decrementAndGet);
        } catch (IOException e) {
            throw failed(e, failures, cancel, clocks);
        } finally {
            if (!answered) {
                hook.close();
                timer.close();
            }
        }
    }

    private @Nullable URI proxy(UpstreamRequest request, HttpUrl url) {
        try {
            return proxies.proxyFor(request.provider(), url.scheme(), url.host(), url.port());
        } catch (IllegalArgumentException e) {
            throw new CallFailures(request, null).badProxy();
        }
    }

    private static HandshakeClock.Clocks clocks(UpstreamRequest request, Deadlines.Timer timer) {
        Timeouts limits = request.provider().timeouts();
        boolean streamed = request.streamed();
        return new HandshakeClock.Clocks(
                timer,
                limits.connect(),
                streamed ? Clock.FIRST_TOKEN : Clock.TOTAL,
                timer.in(streamed ? limits.firstToken() : limits.total()),
                new AtomicBoolean());
    }

    private static @Nullable UploadClock upload(
            UpstreamRequest request, Request message, Deadlines.Timer timer, Clock next) {
        if (!(message.body() instanceof SliceBody body) || !body.isStreamed()) {
            return null;
        }
        Timeouts limits = request.provider().timeouts();
        Duration limit = next == Clock.TOTAL ? limits.total() : limits.firstToken();
        UploadClock clock = new UploadClock(timer, limits.idle(), next, limit);
        body.clockedBy(clock);
        return clock;
    }

    private static ProviderException failed(
            IOException e,
            CallFailures failures,
            CancelToken cancel,
            HandshakeClock.Clocks clocks) {
        if (cancel.isCancelled()) {
            return failures.cancelled(cancel.reason());
        }
        Clock ranOut = clocks.timer().ranOut();
        if (ranOut == null
                && e instanceof InterruptedIOException
                && !(e instanceof SocketTimeoutException)) {
            Thread.currentThread().interrupt();
            return failures.cancelled("the thread was interrupted");
        }
        return ranOut != null
                ? failures.timedOut(ranOut, 0)
                : failures.beforeHead(e, clocks.reached().get());
    }

    private Request message(UpstreamRequest request, HttpUrl url, CallFailures failures) {
        okhttp3.Headers.Builder headers = new okhttp3.Headers.Builder();
        request.headers()
                .forEach((name, value) -> {
                    if (!printable(value)) {
                        throw failures.badHeader(name);
                    }
                    // The checked method would put a refused value into its message.
                    headers.addUnsafeNonAscii(name, value);
                });
        if (headers.get("User-Agent") == null) {
            headers.add("User-Agent", userAgent);
        }
        if (headers.get("Accept-Encoding") == null) {
            headers.add("Accept-Encoding", "identity");
        }
        RequestBody body = null;
        if (request.body() != null) {
            body = new SliceBody(request.body());
            headers.set("Content-Type", request.body().contentType());
        } else if (request.method().equals("POST") || request.method().equals("PUT")) {
            body = new SliceBody(new Body("", List.of()));
        }
        return new Request.Builder()
                .url(url)
                .headers(headers.build())
                .method(request.method(), body)
                .build();
    }

    private static Headers headers(Response response) {
        okhttp3.Headers from = response.headers();
        Headers.Builder to = Headers.builder();
        for (int i = 0; i < from.size(); i++) {
            to.add(from.name(i), from.value(i));
        }
        return to.build();
    }

    static boolean printable(String value) {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if ((c < ' ' && c != '\t') || c == 0x7F) {
                return false;
            }
        }
        return true;
    }

    @Override
    public void close() {
        clients.close();
    }
}
