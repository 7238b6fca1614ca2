package hal0.agent.web;

import hal0.agent.tool.ToolException;
import hal0.agent.tool.ToolOutcome;
import hal0.providers.Provider;
import hal0.providers.Timeouts;
import hal0.providers.error.ProviderException;
import hal0.providers.http.CancelToken;
import hal0.providers.http.Headers;
import hal0.providers.http.Transport;
import hal0.providers.http.UpstreamRequest;
import hal0.providers.http.UpstreamResponse;
import hal0.providers.message.Protocol;
import java.io.ByteArrayOutputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLException;

/// Gets one address, redirects within its host included.
final class Fetch {
    private static final Duration LONGEST = Duration.ofSeconds(30);
    private static final int MOST_HOPS = 5;
    private static final List<Integer> REDIRECTS = List.of(301, 302, 303, 307, 308);
    private static final Headers ASKED =
            Headers.builder()
                    .add("Accept", "text/markdown, text/html;q=0.9, text/plain;q=0.9, */*;q=0.5")
                    .add("Accept-Encoding", "gzip")
                    .build();

    private final Transport transport;
    private final CancelToken cancel;

    Fetch(Transport transport, CancelToken cancel) {
        this.transport = transport;
        this.cancel = cancel;
    }

    ToolOutcome outcome(URI address, int offset) {
        URI at = address;
        for (int hop = 0; hop <= MOST_HOPS; hop++) {
            try (UpstreamResponse answer = transport.send(request(at), cancel)) {
                Optional<String> to = answer.headers().find("Location");
                if (!REDIRECTS.contains(answer.status()) || to.isEmpty()) {
                    return shown(at, answer, offset);
                }
                URI next = target(at, to.get());
                if (!sameHost(at, next)) {
                    return ToolOutcome.of(
                            "%s redirects to %s, on another host; fetch that to follow it"
                                    .formatted(at, next));
                }
                at = next;
            } catch (ProviderException e) {
                throw new ToolException(failure(at, e), e);
            }
        }
        throw new ToolException(address + " redirects more than " + MOST_HOPS + " times");
    }

    private static UpstreamRequest request(URI at) {
        Timeouts clocks =
                new Timeouts(Duration.ofSeconds(10), Duration.ZERO, Duration.ZERO, LONGEST);
        Provider web =
                Provider.builder("fetch", Protocol.OPENAI, at).timeouts(clocks).retries(0).build();
        return new UpstreamRequest(web, "", "GET", at, ASKED, null, false);
    }

    private static URI target(URI at, String location) {
        try {
            return FetchTool.address(at.resolve(location).toString());
        } catch (IllegalArgumentException | ToolException e) {
            throw new ToolException(
                    at + " redirects to what is no address of the web: " + e.getMessage(), e);
        }
    }

    /// Whether what was permitted for one holds for the other: TLS may be added, not taken away.
    static boolean sameHost(URI from, URI to) {
        boolean secured =
                from.getScheme().equalsIgnoreCase("http")
                        && to.getScheme().equalsIgnoreCase("https");
        return from.getHost().equalsIgnoreCase(to.getHost())
                && from.getPort() == to.getPort()
                && (secured || from.getScheme().equalsIgnoreCase(to.getScheme()));
    }

    private ToolOutcome shown(URI at, UpstreamResponse answer, int offset) {
        String type = answer.headers().find("Content-Type").orElse("");
        if (answer.status() == 200 && !Page.takes(type)) {
            answer.abort();
            throw new ToolException(
                    "%s is %s, which fetch cannot show".formatted(at, Page.mediaType(type)));
        }
        Page page = page(at, type, answer);
        if (answer.status() / 100 == 2) {
            return page.outcome(offset);
        }
        String text = page.excerpt();
        return ToolOutcome.failed(
                "%s answered %d%s"
                        .formatted(at, answer.status(), text.isEmpty() ? "" : ": " + text));
    }

    private static Page page(URI at, String type, UpstreamResponse answer) {
        UpstreamResponse decoded = answer.decoded();
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        byte[] piece = new byte[16_384];
        int room = Page.LARGEST;
        int got = 0;
        while (room > 0 && (got = decoded.read(piece, 0, Math.min(piece.length, room))) >= 0) {
            all.write(piece, 0, got);
            room -= got;
        }
        boolean cut = room == 0 && decoded.read(piece, 0, 1) > 0;
        if (cut) {
            answer.abort();
        }
        return new Page(at, type, all.toByteArray(), cut);
    }

    private static String failure(URI at, ProviderException e) {
        String host = at.getHost();
        if (e instanceof ProviderException.Cancelled) {
            return "cancelled";
        }
        if (e instanceof ProviderException.TimedOut) {
            return host + " did not answer in full within " + LONGEST.toSeconds() + " s";
        }
        if (e instanceof ProviderException.Rejected) {
            return host
                    + " is not fetched from: it is a link-local, metadata or multicast address, or"
                    + " this machine under another name";
        }
        if (!(e instanceof ProviderException.Unreachable)) {
            return host + ": the answer broke off or cannot be decoded; try again";
        }
        for (Throwable cause = e.getCause(); cause != null; cause = cause.getCause()) {
            switch (cause) {
                case UnknownHostException _ -> {
                    return "there is no host " + host;
                }
                case ConnectException _ -> {
                    return "nothing accepts connections at " + at.getAuthority();
                }
                case SSLException tls -> {
                    return "TLS with " + host + " failed: " + tls.getMessage();
                }
                default -> {}
            }
        }
        return host + " cannot be reached";
    }
}
