package hal0.slots.model.pull;

import hal0.providers.Auth;
import hal0.providers.Provider;
import hal0.providers.Secret;
import hal0.providers.Timeouts;
import hal0.providers.error.ProviderException;
import hal0.providers.http.CancelToken;
import hal0.providers.http.Headers;
import hal0.providers.http.Transport;
import hal0.providers.http.UpstreamRequest;
import hal0.providers.http.UpstreamResponse;
import hal0.providers.message.Protocol;
import hal0.slots.error.ModelException;
import hal0.slots.error.ModelProblem;
import java.net.URI;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Gets what an address leads to, over redirects.
///
/// **Shape** the token goes to its own origin and to no other, whoever redirects where, and never
/// over an open network in the clear; nothing leads from https to http. **Errors** [ModelException]
/// and [ProviderException] of the transport, which keeps away from addresses that are refused.
/// **Threads** any.
final class Fetch {
    private static final int MOST_HOPS = 5;
    private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);
    private static final Timeouts CLOCKS =
            new Timeouts(
                    Duration.ofSeconds(10),
                    Duration.ofSeconds(60),
                    Duration.ofSeconds(60),
                    Duration.ofSeconds(60));

    private final Transport transport;
    private final URI home;
    private final Supplier<Optional<Secret>> token;

    /// **Shape** `home` is the origin that `token` is for.
    Fetch(Transport transport, URI home, Supplier<Optional<Secret>> token) {
        this.transport = transport;
        this.home = home;
        this.token = token;
    }

    /// An answer, which is to be closed, and what the answers that led to it said of the file.
    ///
    /// **Shape** `linkedTag` and `linkedSize` are Hugging Face's of the file itself, null and -1
    /// where nobody told.
    record Answer(UpstreamResponse response, URI from, @Nullable String linkedTag, long linkedSize)
            implements AutoCloseable {
        int status() {
            return response.status();
        }

        /// As it was written, with its quotes.
        @Nullable String tag() {
            return response.headers().find("ETag").orElse(null);
        }

        long number(String header) {
            return Fetch.number(response.headers(), header);
        }

        @Override
        public void close() {
            response.abort();
        }
    }

    /// **Shape** `whole` for a small answer that is waited for as a whole.
    Answer get(URI uri, Headers headers, boolean whole, CancelToken cancel) {
        URI at = uri;
        String tag = null;
        long size = -1;
        for (int hop = 0; hop <= MOST_HOPS; hop++) {
            UpstreamResponse response = transport.send(request(at, headers, whole), cancel);
            String location = response.headers().find("Location").orElse(null);
            tag = tag == null ? response.headers().find("X-Linked-Etag").orElse(null) : tag;
            size = size < 0 ? number(response.headers(), "X-Linked-Size") : size;
            if (!REDIRECTS.contains(response.status()) || location == null) {
                return new Answer(response, at, tag, size);
            }
            response.close();
            at = next(at, location);
        }
        throw upstream("%s redirects more than %d times".formatted(host(uri), MOST_HOPS));
    }

    private UpstreamRequest request(URI uri, Headers headers, boolean whole) {
        Headers.Builder all = Headers.builder();
        headers.forEach(all::set);
        if (isHome(uri)) {
            token.get().ifPresent(secret -> all.set("Authorization", "Bearer " + secret.value()));
        }
        Provider provider =
                Provider.builder(host(uri), Protocol.OPENAI, uri)
                        .auth(new Auth.None())
                        .timeouts(CLOCKS)
                        .build();
        return new UpstreamRequest(provider, "", "GET", uri, all.build(), null, !whole);
    }

    private boolean isHome(URI uri) {
        boolean safe = "https".equals(uri.getScheme()) || isLoopback(uri);
        return safe
                && String.valueOf(uri.getScheme()).equals(home.getScheme())
                && host(uri).equals(host(home));
    }

    private static boolean isLoopback(URI uri) {
        String host = String.valueOf(uri.getHost());
        return host.equals("localhost") || host.startsWith("127.") || host.equals("[::1]");
    }

    private static URI next(URI at, String location) {
        URI next;
        try {
            next = at.resolve(location);
        } catch (IllegalArgumentException e) {
            throw upstream("%s redirects to what is no address".formatted(host(at)));
        }
        boolean web = "https".equals(next.getScheme()) || "http".equals(next.getScheme());
        if (!web || next.getHost() == null || next.getRawUserInfo() != null) {
            throw upstream("%s redirects to what is no address".formatted(host(at)));
        }
        if ("https".equals(at.getScheme()) && "http".equals(next.getScheme())) {
            throw upstream(
                    "%s redirects to %s in the clear, which is not followed"
                            .formatted(host(at), host(next)));
        }
        return next;
    }

    /// With its port where it is not the usual one.
    static String host(URI uri) {
        String host = String.valueOf(uri.getHost()).toLowerCase(Locale.ROOT);
        boolean usual =
                uri.getPort() < 0 || uri.getPort() == ("https".equals(uri.getScheme()) ? 443 : 80);
        return usual ? host : host + ":" + uri.getPort();
    }

    private static long number(Headers headers, String name) {
        try {
            return headers.find(name).map(text -> Long.parseLong(text.strip())).orElse(-1L);
        } catch (NumberFormatException e) {
            // As good as not told.
            return -1;
        }
    }

    static ModelException upstream(String message) {
        return ModelException.of(ModelProblem.UPSTREAM, message);
    }

    /// What an answer that is none of the file says, in words.
    static ModelException refused(Answer answer, String what) {
        int status = answer.status();
        String host = host(answer.from());
        String code = answer.response().headers().find("X-Error-Code").orElse("");
        String said = answer.response().headers().find("X-Error-Message").orElse("");
        String words = said.isEmpty() ? "" : ": " + said.replaceAll("\\p{IsControl}", " ");
        if (status == 404 || code.equals("RepoNotFound")) {
            return ModelException.of(
                    ModelProblem.NOT_FOUND,
                    "%s has no %s%s%s"
                            .formatted(
                                    host,
                                    what,
                                    words,
                                    status == 401
                                            ? "; if it is private, put a token into HF_TOKEN (hal0 providers credentials, or api.env)"
                                            : ""));
        }
        if (status == 401 || status == 403) {
            return ModelException.of(
                    ModelProblem.FORBIDDEN,
                    "%s does not give %s to us (%d)%s. Accept its licence there, and put a token into HF_TOKEN (api.env)"
                            .formatted(host, what, status, words));
        }
        return upstream("%s answered %d for %s%s".formatted(host, status, what, words));
    }

    /// A failed call, in words of a pull.
    static ModelException failed(ProviderException e) {
        return ModelException.of(
                e instanceof ProviderException.Cancelled
                        ? ModelProblem.CANCELLED
                        : ModelProblem.UPSTREAM,
                switch (e) {
                    case ProviderException.TimedOut _ ->
                            String.valueOf(e.getMessage()).replaceAll("\\. Try again, .*", "");
                    case ProviderException other -> String.valueOf(other.getMessage());
                },
                e);
    }
}
