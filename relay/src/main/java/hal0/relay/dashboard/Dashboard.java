package hal0.relay.dashboard;

import hal0.relay.error.RelayException;
import hal0.relay.route.Exchange;
import hal0.relay.route.Route;
import hal0.relay.route.RouteFamily;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The page at `/` and its files; every other path that no route has is the page too, which knows
/// itself what to show there.
///
/// **Shape** for everyone who passes the guard: there is nothing in it that is not in the program,
/// and whatever it shows it asks `/api` for. **Errors** 404 under `/assets/` for a file of another
/// build.
public final class Dashboard implements RouteFamily {
    /// A page that runs nothing but its own files, talks to nothing but this relay, and is shown in
    /// no frame. Scripts are made of texts in one place only, the templates of lit-html.
    ///
    /// **Source** w3.org/TR/CSP3, w3.org/TR/trusted-types, and the policy's name in lit-html 3's
    /// lit-html.ts; read 2026-11-22.
    private static final Map<String, String> PAGE =
            Map.of(
                    "Content-Security-Policy",
                    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self';"
                            + " connect-src 'self'; manifest-src 'self'; base-uri 'none';"
                            + " form-action 'none'; frame-ancestors 'none';"
                            + " require-trusted-types-for 'script'; trusted-types lit-html",
                    "X-Frame-Options",
                    "DENY",
                    "Cross-Origin-Opener-Policy",
                    "same-origin",
                    "Permissions-Policy",
                    "camera=(), geolocation=(), microphone=()");

    private final Supplier<Assets> assets;

    public Dashboard() {
        this(new Once());
    }

    Dashboard(Supplier<Assets> assets) {
        this.assets = assets;
    }

    @Override
    public List<Route> routes() {
        return List.of(
                new Route("GET", "/", Route.Access.PUBLIC, this::page),
                new Route("HEAD", "/", Route.Access.PUBLIC, this::page),
                new Route("GET", "/assets/{rest}", Route.Access.PUBLIC, this::file),
                new Route("HEAD", "/assets/{rest}", Route.Access.PUBLIC, this::file),
                new Route("GET", "/{rest}", Route.Access.PUBLIC, this::page),
                new Route("HEAD", "/{rest}", Route.Access.PUBLIC, this::page));
    }

    private void page(Exchange exchange, String rest) {
        if (rest.equals("favicon.ico")) {
            throw RelayException.of(404, "route.not_found", "the page names its own icon");
        }
        PAGE.forEach(exchange::set);
        exchange.set("Cache-Control", "no-cache");
        send(exchange, assets.get().page());
    }

    private void file(Exchange exchange, String rest) {
        Asset asset =
                assets.get()
                        .find(exchange.path())
                        .orElseThrow(() ->
                                RelayException.of(
                                        404,
                                        "route.not_found",
                                        "this build of hal0 has no such file; load the page anew"));
        exchange.set("Cache-Control", "public, max-age=31536000, immutable");
        send(exchange, asset);
    }

    private static void send(Exchange exchange, Asset asset) {
        exchange.set("ETag", asset.etag())
                .set("X-Content-Type-Options", "nosniff")
                .set("Referrer-Policy", "no-referrer")
                .set("Cross-Origin-Resource-Policy", "same-origin")
                .add("Vary", "Accept-Encoding");
        String known = exchange.header("If-None-Match");
        if (known != null && asset.isKnownTo(known)) {
            exchange.sendHead(304);
            return;
        }
        byte[] body = asset.plain();
        if (takesGzip(exchange.header("Accept-Encoding"))) {
            exchange.set("Content-Encoding", "gzip");
            body = asset.gzip();
        }
        if (exchange.method().equals("HEAD")) {
            exchange.set("Content-Type", asset.type())
                    .set("Content-Length", Integer.toString(body.length))
                    .sendHead(200);
            return;
        }
        exchange.send(200, asset.type(), body);
    }

    static boolean takesGzip(@Nullable String acceptEncoding) {
        if (acceptEncoding == null) {
            return false;
        }
        for (String coding : acceptEncoding.split(",", -1)) {
            String[] parts = coding.strip().split(";", 2);
            if (parts[0].strip().equalsIgnoreCase("gzip")) {
                return parts.length == 1 || !parts[1].strip().matches("q=0(\\.0*)?");
            }
        }
        return false;
    }

    /// Reads the files when the first is asked for: a relay may never have a visitor.
    private static final class Once implements Supplier<Assets> {
        private volatile @Nullable Assets read;

        @Override
        public Assets get() {
            Assets known = read;
            if (known == null) {
                // Two at once read the same.
                known = Assets.read();
                read = known;
            }
            return known;
        }
    }
}
