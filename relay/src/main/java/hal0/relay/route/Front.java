package hal0.relay.route;

import static java.lang.System.Logger.Level.ERROR;

import hal0.home.error.ErrorKind;
import hal0.providers.error.ProviderException;
import hal0.relay.answer.BadBodyException;
import hal0.relay.connection.ClientWatch;
import hal0.relay.control.ControlException;
import hal0.relay.dispatch.RequestId;
import hal0.relay.error.ErrorShape;
import hal0.relay.error.RelayException;
import hal0.relay.guard.BodyLimit;
import hal0.relay.guard.HostRule;
import hal0.relay.guard.OriginRule;
import hal0.relay.guard.Principal;
import hal0.relay.guard.Scope;
import hal0.relay.key.Gate;
import hal0.relay.slot.SlotErrors;
import hal0.slots.error.ModelException;
import hal0.slots.error.SlotException;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.RequestException;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Where every request comes in: request id, Host, Origin, route, key and scope, request rate,
/// handler, errors, in this order. Nothing is read of a request that the guard refuses.
public final class Front implements Handler {
    private static final System.Logger LOG = System.getLogger(Front.class.getName());
    private static final HeaderName REQUEST_ID = HeaderNames.create("X-Request-ID");
    private static final HeaderName ORIGIN = HeaderNames.create("Origin");
    private static final HeaderName FETCH_SITE = HeaderNames.create("Sec-Fetch-Site");
    private static final HeaderName ANTHROPIC_VERSION = HeaderNames.create("anthropic-version");

    private final Supplier<RouteTable> routes;
    private final HostRule hosts;
    private final OriginRule origins;
    private final Traffic traffic;
    private final Gate gate;

    public Front(
            Supplier<RouteTable> routes,
            HostRule hosts,
            OriginRule origins,
            Traffic traffic,
            Gate gate) {
        this.routes = routes;
        this.hosts = hosts;
        this.origins = origins;
        this.traffic = traffic;
        this.gate = gate;
    }

    @Override
    public void handle(ServerRequest request, ServerResponse response) {
        String id = RequestId.of(request.headers().first(REQUEST_ID).orElse(null));
        String path = request.path().rawPath();
        Exchange exchange = new Exchange(request, response, id, path);
        exchange.set("X-Request-ID", id);
        exchange.set("x-hal0-origin", "relay");
        ErrorShape errors = ErrorShape.of(path, exchange.header(ANTHROPIC_VERSION));
        traffic.begin(exchange.cancel());
        ClientWatch client = ClientWatch.CURRENT.get();
        try (var _ = client.watch(exchange.cancel(), () -> LateAnswer.toBody(errors, id))) {
            answer(exchange, request.remotePeer().host(), errors);
        } finally {
            traffic.end(exchange.cancel());
        }
        if (exchange.isLast()) {
            client.endAfterThis();
        }
    }

    private void answer(Exchange exchange, String peer, ErrorShape errors) {
        try {
            exchange.requireSoundHead();
            guard(exchange);
            if (answeredPreflight(exchange)) {
                return;
            }
            RouteTable.Match match = route(exchange);
            admit(exchange, match.route(), peer);
            checkQuery(exchange, match.route());
            if (match.route().purpose() == Route.Purpose.INFERENCE) {
                traffic.asks(exchange.cancel());
            }
            match.route().handler().handle(exchange, match.rest());
        } catch (CloseConnectionException e) {
            // The connection is gone, or must go: the server ends it.
            throw e;
        } catch (RuntimeException e) {
            refuse(exchange, errors, asError(e, exchange.id()));
        }
    }

    private static RelayException asError(RuntimeException failure, String id) {
        String message = String.valueOf(failure.getMessage());
        return switch (failure) {
            case RelayException told -> told;
            case ProviderException upstream -> RelayException.of(upstream);
            case SlotException slot -> SlotErrors.asAnswer(slot);
            case ModelException model ->
                    RelayException.of(model.problem().status(), model.problem().code(), message);
            case ControlException control when control.getCause() instanceof SlotException slot ->
                    SlotErrors.asAnswer(slot);
            case ControlException control when control.refusal() != null ->
                    RelayException.of(
                            control.refusal().status(), control.refusal().code(), message);
            case ControlException control ->
                    RelayException.of(
                            control.kind() == ErrorKind.CONFIGURATION
                                    ? 404
                                    : RelayException.status(control.kind()),
                            "control.refused",
                            message);
            case BadBodyException _ -> RelayException.of(400, "request.invalid", message);
            // What is left of it is not waited for.
            case BodyLimit.TooLarge _ -> RelayException.closing(413, "request.too_large", message);
            case BodyLimit.UnknownEncoding _ -> RelayException.of(415, "request.encoding", message);
            case BodyLimit.Unreadable _ -> RelayException.of(400, "request.encoding", message);
            case RequestException http -> ServerErrors.of(http.status().code());
            default -> {
                LOG.log(ERROR, "request " + id + " failed in the relay", failure);
                yield RelayException.of(
                        500, "relay.internal", "a fault in the relay; its log has request " + id);
            }
        };
    }

    private void guard(Exchange exchange) {
        String host = exchange.single(HeaderNames.HOST);
        if (host == null || !hosts.allows(host)) {
            throw RelayException.of(
                    421,
                    "guard.host",
                    "the Host header does not name this relay; to call the relay by that name add it to"
                            + " [relay] allowed_hosts in config.toml");
        }
        String origin = exchange.header(ORIGIN);
        if (!origins.allows(origin, host)) {
            throw RelayException.of(
                    403,
                    "guard.origin",
                    "pages of that origin may not call the relay; add it to [relay] allowed_origins"
                            + " in config.toml if they should");
        }
        if (changes(exchange)) {
            guardChange(exchange, origin, host);
        }
        if (origin != null) {
            exchange.showTo(origin);
        }
    }

    private static boolean changes(Exchange exchange) {
        return switch (exchange.method()) {
            case "GET", "HEAD", "OPTIONS" -> false;
            default -> true;
        };
    }

    /// A form of any page can send what a browser adds a cookie to.
    private void guardChange(Exchange exchange, @Nullable String origin, String host) {
        String site = exchange.header(FETCH_SITE);
        if (OriginRule.isForeign(origin, site)) {
            throw RelayException.of(
                    403, "guard.origin", "pages of another origin may not call the relay");
        }
        if (exchange.shown().isByCookie() && !origins.isOwnPage(origin, site, host)) {
            throw RelayException.of(
                    403,
                    "guard.origin",
                    "a request that is signed in by a cookie and changes something must come from a"
                            + " page of this relay, with its Origin; programs send a key instead");
        }
    }

    /// A browser asks before it lets a page of another origin send JSON; the page passed the guard.
    private boolean answeredPreflight(Exchange exchange) {
        if (!exchange.method().equals("OPTIONS")
                || exchange.header(ORIGIN) == null
                || exchange.header("Access-Control-Request-Method") == null) {
            return false;
        }
        String methods = routes.get().allowed(exchange.path());
        if (methods.isEmpty()) {
            return false;
        }
        exchange.status(204).set("Access-Control-Allow-Methods", methods);
        String headers = exchange.header("Access-Control-Request-Headers");
        if (headers != null) {
            exchange.set("Access-Control-Allow-Headers", headers);
        }
        if (exchange.header("Access-Control-Request-Private-Network") != null) {
            exchange.set("Access-Control-Allow-Private-Network", "true");
        }
        exchange.set("Access-Control-Max-Age", "600").sendNothing();
        return true;
    }

    private RouteTable.Match route(Exchange exchange) {
        Optional<RouteTable.Match> match = routes.get().find(exchange.method(), exchange.path());
        if (match.isPresent()) {
            return match.get();
        }
        String allowed = routes.get().allowed(exchange.path());
        if (allowed.isEmpty()) {
            throw RelayException.of(
                    404, "route.not_found", "there is nothing at " + exchange.path());
        }
        throw RelayException.notAllowed(
                "%s takes %s, not %s".formatted(exchange.path(), allowed, exchange.method()),
                allowed);
    }

    private void admit(Exchange exchange, Route route, String peer) {
        if (route.access() == Route.Access.PUBLIC) {
            return;
        }
        boolean open = route.access() == Route.Access.OPEN;
        Principal who = gate.admission().admit(exchange.shown(), HostRule.isLoopback(peer), open);
        exchange.admitted(who);
        switch (route.access()) {
            case PUBLIC, OPEN, CLIENT -> {}
            case AGENT -> require(who, Scope.AGENT, route);
            case ADMIN -> require(who, Scope.ADMIN, route);
        }
        if (route.purpose() == Route.Purpose.INFERENCE) {
            exchange.counted(gate.limits().request(who));
        }
    }

    /// Under the paths of the dialects clients send what their provider knows.
    private static void checkQuery(Exchange exchange, Route route) {
        if (route.path().startsWith("/api/")) {
            QueryCheck.check(route, exchange.rawQuery());
        }
    }

    private static void require(Principal who, Scope needed, Route route) {
        if (who.scope().covers(needed)) {
            return;
        }
        String path = route.path();
        throw RelayException.of(
                403,
                "guard.access",
                who.keyId() == null
                        ? "%s is for this machine's own hal0, or a key of scope %s"
                                .formatted(path, needed.word())
                        : "%s needs a key of scope %s, and \"%s\" is one of scope %s"
                                .formatted(path, needed.word(), who.name(), who.scope().word()));
    }

    private void refuse(Exchange exchange, ErrorShape errors, RelayException error) {
        if (exchange.isBegun()) {
            throw exchange.abort(error.message());
        }
        if (exchange.cancel().isCancelled()) {
            throw exchange.abort("the client left");
        }
        exchange.sendError(errors, error);
    }
}
