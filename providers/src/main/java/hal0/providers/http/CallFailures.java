package hal0.providers.http;

import hal0.providers.error.Clock;
import hal0.providers.error.Failure;
import hal0.providers.error.Hop;
import hal0.providers.error.ProviderException;
import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.ProtocolException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Locale;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/// Says in words what became of a call that has no answer, or only part of one.
final class CallFailures {
    private final UpstreamRequest request;
    private final String host;
    private final @Nullable URI proxy;

    CallFailures(UpstreamRequest request, @Nullable URI proxy) {
        this.request = request;
        this.proxy = proxy;
        String authority = request.uri().getAuthority();
        // What stands before an @ may be a password.
        host = authority == null ? "" : authority.substring(authority.lastIndexOf('@') + 1);
    }

    ProviderException cancelled(@Nullable String reason) {
        return new ProviderException.Cancelled(
                provider() + ": cancelled" + (reason == null ? "" : ": " + reason), unanswered());
    }

    ProviderException timedOut(Clock clock, int status) {
        var clocks = request.provider().timeouts();
        Duration limit =
                switch (clock) {
                    case CONNECT -> clocks.connect();
                    case FIRST_TOKEN -> clocks.firstToken();
                    case IDLE -> clocks.idle();
                    case TOTAL -> clocks.total();
                };
        String key =
                switch (clock) {
                    case CONNECT -> "connect_timeout_seconds";
                    case FIRST_TOKEN -> "first_token_timeout_seconds";
                    case IDLE -> "idle_timeout_seconds";
                    case TOTAL -> "timeout_seconds";
                };
        String what =
                switch (clock) {
                    case CONNECT -> "no connection to " + host;
                    case FIRST_TOKEN -> "no answer began";
                    case IDLE -> "the answer fell silent and nothing came";
                    case TOTAL -> "the answer was not complete";
                };
        return new ProviderException.TimedOut(
                "%s timed out (%s): %s within %s. Try again, or raise %s."
                        .formatted(provider(), clock, what, seconds(limit), key),
                answered(status),
                clock);
    }

    private static String seconds(Duration limit) {
        return limit.toMillis() % 1000 == 0
                ? limit.toSeconds() + " s"
                : String.format(Locale.ROOT, "%.1f s", limit.toMillis() / 1000.0);
    }

    ProviderException refused(String why) {
        return new ProviderException.Rejected(
                "%s was not called: %s. If it is meant, add it to [relay] allowed_upstreams."
                        .formatted(provider(), why),
                unanswered(),
                "address_refused");
    }

    ProviderException notAnAddress() {
        return new ProviderException.Rejected(
                "%s was not called: its address is not a valid http or https URL. Check base_url."
                        .formatted(provider()),
                unanswered(),
                "invalid_address");
    }

    /// The value may hold a password and is not shown.
    ProviderException badProxy() {
        return new ProviderException.Unreachable(
                "%s was not called: HTTPS_PROXY is not an address. Write http://host:port."
                        .formatted(provider()),
                unanswered(),
                null,
                Hop.PROXY);
    }

    /// A header that would break the request; its value may be a secret and is not shown.
    ProviderException badHeader(String name) {
        return new ProviderException.Rejected(
                "%s was not called: the value of header %s holds a control character. Check the key or the headers."
                        .formatted(provider(), name),
                unanswered(),
                "invalid_header");
    }

    /// Nothing of the answer came. `reached` when the call got past a proxy, if there is one.
    ProviderException beforeHead(IOException e, boolean reached) {
        if (e instanceof RefusedAddressException) {
            return refused(String.valueOf(e.getMessage()));
        }
        if (e instanceof SocketTimeoutException) {
            return timedOut(Clock.CONNECT, 0);
        }
        if (e instanceof ProtocolException && proxy != null && !reached) {
            return unreachable(
                    "the proxy " + proxyName() + " refused: " + e.getMessage(), e, Hop.PROXY);
        }
        if (e instanceof ProtocolException) {
            return new ProviderException.BadStream(
                    "%s answered something that is not HTTP. Check base_url.".formatted(provider()),
                    unanswered(),
                    e);
        }
        return proxy != null && !reached
                ? unreachable(proxyReason(e), e, Hop.PROXY)
                : unreachable(reason(e), e, hop(e));
    }

    private static Hop hop(IOException e) {
        return switch (e) {
            case UnknownHostException _ -> Hop.NAME;
            case SSLException _ -> Hop.TLS;
            case NoRouteToHostException _, ConnectException _ -> Hop.CONNECTION;
            default -> Hop.ANSWER;
        };
    }

    private String reason(IOException e) {
        return switch (e) {
            case UnknownHostException _ ->
                    "no such host %s (DNS). Check base_url and the network"
                            .formatted(request.uri().getHost());
            case SSLException _ ->
                    "TLS with %s failed: %s. Check that base_url is meant to be https and whose certificate it shows"
                            .formatted(host, detail(e));
            case NoRouteToHostException _ -> "no route to " + host + ". Check the network";
            case ConnectException _ ->
                    "nothing accepts connections at %s: %s. Check that it runs"
                            .formatted(host, detail(e));
            default -> broken(detail(e));
        };
    }

    /// With HTTP/2 a stream is reset by the server, or by us when its connection gave no sign of
    /// life; which of them it was cannot be told.
    private String broken(String detail) {
        return detail.startsWith("stream was reset")
                ? "the connection to %s broke before it answered (%s). Check the network and try again"
                        .formatted(host, detail)
                : "%s closed the connection before it answered: %s".formatted(host, detail);
    }

    private String proxyReason(IOException e) {
        String why = e instanceof UnknownHostException ? "no such host (DNS)" : detail(e);
        return "the proxy %s failed: %s. Check proxy and HTTPS_PROXY".formatted(proxyName(), why);
    }

    private String proxyName() {
        return proxy == null ? "" : proxy.getHost() + ":" + proxy.getPort();
    }

    /// The innermost reason is the one that tells ("Connection refused").
    private static String detail(IOException e) {
        Throwable deepest = e;
        while (deepest.getCause() != null) {
            deepest = deepest.getCause();
        }
        if (deepest instanceof EOFException) {
            return "the connection ended";
        }
        String message = deepest.getMessage();
        return message == null ? deepest.getClass().getSimpleName() : message;
    }

    private ProviderException unreachable(String why, IOException e, Hop hop) {
        return new ProviderException.Unreachable(
                provider() + " cannot be reached: " + why + ".", unanswered(), e, hop);
    }

    /// The answer began and was not finished.
    ProviderException inBody(IOException e, int status) {
        return new ProviderException.BadStream(
                "%s: the answer was cut off: %s. Try again.".formatted(provider(), detail(e)),
                answered(status),
                e);
    }

    ProviderException tooLarge(long limit, int status) {
        return new ProviderException.BadStream(
                "%s: the answer is larger than %d bytes".formatted(provider(), limit),
                answered(status),
                null);
    }

    ProviderException encoded(String encoding, int status) {
        return new ProviderException.BadStream(
                "%s answered in the encoding %s, which was not asked for"
                        .formatted(provider(), encoding),
                answered(status),
                null);
    }

    private String provider() {
        return request.provider().id();
    }

    private Failure unanswered() {
        return answered(0);
    }

    private Failure answered(int status) {
        return new Failure(provider(), request.model(), status, null, null);
    }
}
