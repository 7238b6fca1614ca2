package hal0.relay.route;

import hal0.relay.connection.ClientWatch;
import hal0.relay.dispatch.RequestId;
import hal0.relay.error.ErrorShape;
import hal0.relay.error.RelayException;
import io.helidon.http.DirectHandler;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.ServerResponseHeaders;
import io.helidon.http.Status;
import io.helidon.webserver.http.DirectHandlers;
import org.jspecify.annotations.Nullable;

/// Answers requests that the server library refuses before any route sees them: what is not HTTP,
/// and bodies that are too large. They look like every other error of ours.
public final class ServerErrors implements DirectHandler {
    private static final HeaderName REQUEST_ID = HeaderNames.create("X-Request-ID");

    private ServerErrors() {}

    /// This for every kind of refusal.
    public static DirectHandlers all() {
        ServerErrors errors = new ServerErrors();
        DirectHandlers.Builder handlers = DirectHandlers.builder();
        for (EventType type : EventType.values()) {
            handlers.addHandler(type, errors);
        }
        return handlers.build();
    }

    /// What the library says is for its users, not for ours.
    @Override
    public TransportResponse handle(
            TransportRequest request,
            EventType type,
            Status status,
            ServerResponseHeaders headers,
            @Nullable String message) {
        RelayException error = of(cause(status.code()));
        String version =
                request.headers().first(HeaderNames.create("anthropic-version")).orElse(null);
        String id = RequestId.of(request.headers().first(REQUEST_ID).orElse(null));
        if (ClientWatch.CURRENT.isBound()) {
            ClientWatch.CURRENT.get().lingerAtEnd();
        }
        return TransportResponse.builder()
                .status(Status.create(error.status()))
                .header(HeaderValues.create("Content-Type", "application/json"))
                .header(HeaderValues.create("X-Request-ID", id))
                .header(HeaderValues.create("x-hal0-origin", "relay"))
                .keepAlive(false)
                .entity(ErrorShape.of(request.path(), version).bytes(error))
                .build();
    }

    /// What the library calls its own fault while it reads a head is one of the head.
    private static int cause(int status) {
        boolean inHead = ClientWatch.CURRENT.isBound() && !ClientWatch.CURRENT.get().isHandled();
        return status == 500 && inHead ? 400 : status;
    }

    static RelayException of(int status) {
        return switch (status) {
            case 413 ->
                    RelayException.closing(
                            413,
                            "request.too_large",
                            "the request body is too large; raise [relay] max_body_mb in config.toml");
            case 414 ->
                    RelayException.closing(
                            414, "request.malformed", "the address of the request is too long");
            case 505 ->
                    RelayException.closing(
                            505,
                            "request.malformed",
                            "the relay speaks HTTP/1.1 only; behind nginx set proxy_http_version 1.1");
            case 500 ->
                    RelayException.closing(
                            500, "relay.internal", "a fault in the relay; its log says more");
            case 501 ->
                    RelayException.closing(
                            501,
                            "request.malformed",
                            "the only transfer encoding that the relay takes is chunked");
            default ->
                    RelayException.closing(
                            400,
                            "request.malformed",
                            "this is not an HTTP/1.1 request that the relay can read: look at its"
                                    + " first line, its headers (64 KB at most) and its length");
        };
    }
}
