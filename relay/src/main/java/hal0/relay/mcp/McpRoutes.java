package hal0.relay.mcp;

import hal0.relay.error.Json;
import hal0.relay.mcp.protocol.McpEndpoint;
import hal0.relay.route.About;
import hal0.relay.route.Exchange;
import hal0.relay.route.Field;
import hal0.relay.route.Route;
import hal0.relay.route.RouteFamily;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// `/mcp/…`: the MCP servers, and `/api/mcp`: what they have and who called it.
///
/// **Shape** each server is made when it is first asked for. **Threads** any.
public final class McpRoutes implements RouteFamily, AutoCloseable {
    private final List<Served> served;

    public McpRoutes(List<Server> servers) {
        this.served = servers.stream().map(Served::new).toList();
    }

    /// A server at `/mcp/NAME`.
    public record Server(String name, Supplier<McpEndpoint> made) {
        String path() {
            return "/mcp/" + name;
        }
    }

    private static final class Served {
        private final Server server;
        private @Nullable McpEndpoint endpoint;
        private boolean closed;

        Served(Server server) {
            this.server = server;
        }

        synchronized McpEndpoint endpoint() {
            McpEndpoint made = endpoint;
            if (made == null) {
                made = server.made().get();
                endpoint = made;
                if (closed) {
                    made.close();
                }
            }
            return made;
        }

        synchronized void close() {
            closed = true;
            if (endpoint != null) {
                endpoint.close();
            }
        }
    }

    @Override
    public List<Route> routes() {
        List<Route> routes = new ArrayList<>();
        for (Served each : served) {
            routes.add(route("POST", each, "One message of JSON-RPC.", McpEndpoint::post));
            routes.add(route("GET", each, "What the server says unasked.", McpEndpoint::get));
            routes.add(route("DELETE", each, "Ends the session.", McpEndpoint::delete));
        }
        routes.add(
                new Route("GET", "/api/mcp", Route.Access.ADMIN, this::status)
                        .about(
                                About.of("The MCP servers, their tools and the last calls.")
                                        .answer(
                                                Field.list("servers", "Each server.", SERVER),
                                                Field.list("recent", "Newest first.", CALL))));
        return List.copyOf(routes);
    }

    private static final Field[] SERVER = {
        Field.text("name", "admin or memory."),
        Field.text("path", "Where it is."),
        Field.texts("protocol_versions", "Newest first."),
        Field.whole("sessions", "Open now."),
        Field.list(
                "tools",
                "Each tool.",
                Field.text("name", "Its name."),
                Field.text("tier", "How much it may change.")
                        .oneOf(List.of("read", "write", "gated")),
                Field.text("description", "As models read it."),
                Field.whole("calls", "Since the start."),
                Field.text("last_call_at", "As ISO 8601.").orNull(),
                Field.text("last_error", "What went wrong last.").orNull())
    };

    private static final Field[] CALL = {
        Field.text("ts", "When it was over, as ISO 8601."),
        Field.text("server", "Which server."),
        Field.text("tool", "Which tool."),
        Field.text("asker", "Who called."),
        Field.text("outcome", "done, error or cancelled."),
        Field.whole("ms", "How long it took.")
    };

    private static Route route(
            String method, Served server, String about, BiConsumer<McpEndpoint, Exchange> work) {
        return new Route(
                        method,
                        server.server.path(),
                        Route.Access.AGENT,
                        (exchange, _) -> work.accept(server.endpoint(), exchange))
                .about(About.of(about));
    }

    /// What the servers have, and who called it.
    public McpStatus status() {
        return McpStatus.of(
                served.stream()
                        .map(each ->
                                new McpStatus.Named(
                                        each.server.name(), each.server.path(), each.endpoint()))
                        .toList());
    }

    private void status(Exchange exchange, String rest) {
        McpStatus status = status();
        exchange.sendJson(200, Json.bytes(status::write));
    }

    /// Ends what is open, so that nobody waits for it.
    @Override
    public void close() {
        served.forEach(Served::close);
    }
}
