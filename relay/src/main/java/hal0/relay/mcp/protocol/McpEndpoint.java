package hal0.relay.mcp.protocol;

import static java.lang.System.Logger.Level.ERROR;
import static java.nio.charset.StandardCharsets.UTF_8;

import hal0.home.Version;
import hal0.relay.error.RelayException;
import hal0.relay.guard.BodyLimit;
import hal0.relay.guard.Principal;
import hal0.relay.guard.Scope;
import hal0.relay.route.Exchange;
import io.modelcontextprotocol.common.McpTransportContext;
import io.modelcontextprotocol.spec.McpError;
import io.modelcontextprotocol.spec.McpSchema;
import io.modelcontextprotocol.spec.McpSchema.ErrorCodes;
import io.modelcontextprotocol.spec.McpSchema.Implementation;
import io.modelcontextprotocol.spec.McpSchema.InitializeRequest;
import io.modelcontextprotocol.spec.McpSchema.InitializeResult;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCNotification;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCRequest;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCResponse;
import io.modelcontextprotocol.spec.McpSchema.ServerCapabilities;
import io.modelcontextprotocol.spec.ProtocolVersions;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;

/// One MCP server at one address: its requests in HTTP, and what it tells its clients unasked.
///
/// **Shape** the guard of the relay has let a request in before it comes here. **Errors** a request
/// that belongs to no conversation is refused with a status and an error of JSON-RPC. **Threads**
/// any; each request on its own.
public final class McpEndpoint implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(McpEndpoint.class.getName());

    /// Newest first.
    public static final List<String> VERSIONS =
            List.of(
                    ProtocolVersions.MCP_2025_11_25,
                    ProtocolVersions.MCP_2025_06_18,
                    ProtocolVersions.MCP_2025_03_26,
                    ProtocolVersions.MCP_2024_11_05);

    private static final BodyLimit LIMIT = new BodyLimit(1024 * 1024);
    private static final String SESSION = "Mcp-Session-Id";
    private static final Duration BUSY = Duration.ofSeconds(30);
    private static final Set<String> HEARD = Set.of("notifications/cancelled");

    private final Offer offer;
    private final Bounds bounds;
    private final Wire wire = new Wire();
    private final CallLog log;
    private final Methods.Of methods;
    private final Conversations conversations;
    private final Delivery delivery;
    private final AtomicLong numbers = new AtomicLong();

    public McpEndpoint(Offer offer, Bounds bounds, InstantSource clock) {
        this.offer = offer;
        this.bounds = bounds;
        this.log = new CallLog(clock);
        this.methods = new Methods(offer, bounds, wire, log).perConversation();
        this.conversations = new Conversations(bounds);
        this.delivery = new Delivery(bounds);
    }

    public Offer offer() {
        return offer;
    }

    public CallLog log() {
        return log;
    }

    /// How many conversations there are.
    public int sessions() {
        return conversations.all().size();
    }

    /// Says something to every client.
    public void tellAll(String method) {
        String json = wire.json(new JSONRPCNotification("2.0", method, null));
        conversations.all().forEach(each -> each.tell(json));
    }

    /// Says to those that follow it that a resource has changed.
    public void tellUpdated(String uri) {
        String json =
                wire.json(
                        new JSONRPCNotification(
                                "2.0",
                                McpSchema.METHOD_NOTIFICATION_RESOURCES_UPDATED,
                                Map.of("uri", uri)));
        conversations.all().stream()
                .filter(each -> each.subscribed().contains(uri))
                .forEach(each -> each.tell(json));
    }

    /// Writes a line to the logs of the clients of whoever is meant.
    public void tellLog(Predicate<String> asker, McpSchema.LoggingLevel level, String message) {
        String json =
                wire.json(
                        new JSONRPCNotification(
                                "2.0",
                                McpSchema.METHOD_NOTIFICATION_MESSAGE,
                                Map.of(
                                        "level",
                                        level.name().toLowerCase(Locale.ROOT),
                                        "logger",
                                        "hal0",
                                        "data",
                                        message)));
        conversations.all().stream()
                .filter(each -> each.session().isNotificationForLevelAllowed(level))
                .filter(each -> asker.test(each.asker()))
                .forEach(each -> each.tell(json));
    }

    /// One message of a client.
    public void post(Exchange exchange) {
        refusing(
                exchange,
                () -> {
                    String type = exchange.header("Content-Type");
                    if (type == null
                            || !type.strip()
                                    .toLowerCase(Locale.ROOT)
                                    .startsWith("application/json")) {
                        throw new Refused(
                                415,
                                ErrorCodes.INVALID_REQUEST,
                                "send Content-Type: application/json");
                    }
                    Envelope message = Envelope.of(exchange.body(LIMIT), wire);
                    if (message instanceof Envelope.Request(var request)
                            && request.method().equals(McpSchema.METHOD_INITIALIZE)) {
                        initialize(exchange, request);
                        return;
                    }
                    Conversation conversation = conversation(exchange);
                    switch (message) {
                        case Envelope.Request(var request) ->
                                request(exchange, conversation, request);
                        case Envelope.Notification(var notification) -> {
                            // The SDK would write a line to the log for each that it does not know.
                            if (HEARD.contains(notification.method())) {
                                var _ = conversation.session().accept(notification).block();
                            }
                            accepted(exchange);
                        }
                        case Envelope.Response(var response) -> {
                            respond(conversation, response);
                            accepted(exchange);
                        }
                    }
                });
    }

    /// Listens to what is said unasked, or to the rest of what was being said.
    public void get(Exchange exchange) {
        refusing(
                exchange,
                () -> {
                    Conversation conversation = conversation(exchange);
                    if (!Delivery.takesStream(exchange)) {
                        throw new Refused(
                                406, ErrorCodes.INVALID_REQUEST, "send Accept: text/event-stream");
                    }
                    conversation.listens(1);
                    try {
                        delivery.listen(exchange, conversation, exchange.header("Last-Event-ID"));
                    } finally {
                        conversation.listens(-1);
                    }
                });
    }

    /// Ends a conversation.
    public void delete(Exchange exchange) {
        refusing(
                exchange,
                () -> {
                    conversations.end(conversation(exchange));
                    exchange.send(204, "application/json", new byte[0]);
                });
    }

    private void refusing(Exchange exchange, Runnable work) {
        try {
            work.run();
        } catch (Refused e) {
            exchange.sendJson(e.status(), wire.error(e.id(), e.code(), e.message()));
        }
    }

    private static void accepted(Exchange exchange) {
        exchange.send(202, "application/json", new byte[0]);
    }

    private void initialize(Exchange exchange, JSONRPCRequest request) {
        InitializeRequest begun;
        try {
            begun = wire.params(request.params(), InitializeRequest.class);
        } catch (McpError e) {
            throw new Refused(
                    400, ErrorCodes.INVALID_PARAMS, String.valueOf(e.getMessage()), request.id());
        }
        if (begun.protocolVersion() == null || begun.clientInfo() == null) {
            throw new Refused(
                    400,
                    ErrorCodes.INVALID_PARAMS,
                    "initialize has protocolVersion, capabilities and clientInfo",
                    request.id());
        }
        String version =
                VERSIONS.contains(begun.protocolVersion())
                        ? begun.protocolVersion()
                        : VERSIONS.getFirst();
        Optional<Conversation> made =
                conversations.begin(id ->
                        new Conversation(id, exchange.principal(), version, begun, methods, wire));
        Conversation conversation =
                made.orElseThrow(() ->
                        RelayException.later(
                                503,
                                "mcp.too_many_sessions",
                                "as many sessions are in use as this server bears; end one with DELETE",
                                BUSY));
        InitializeResult result =
                new InitializeResult(
                        version,
                        capabilities(),
                        Implementation.builder(offer.name(), Version.current())
                                .title(offer.title())
                                .build(),
                        offer.instructions(),
                        null);
        exchange.set(SESSION, conversation.id());
        exchange.sendJson(
                200, wire.json(JSONRPCResponse.result(request.id(), result)).getBytes(UTF_8));
    }

    private ServerCapabilities capabilities() {
        ServerCapabilities.Builder builder = ServerCapabilities.builder().logging().tools(true);
        if (!offer.resources().equals(Resources.NONE)) {
            builder.resources(true, true);
        }
        if (!offer.prompts().isEmpty()) {
            builder.prompts(false).completions();
        }
        return builder.build();
    }

    /// That of the request's header.
    private Conversation conversation(Exchange exchange) {
        String version = exchange.header("MCP-Protocol-Version");
        if (version != null && !VERSIONS.contains(version)) {
            throw new Refused(
                    400,
                    ErrorCodes.INVALID_REQUEST,
                    "MCP-Protocol-Version is one of " + String.join(", ", VERSIONS));
        }
        String id = exchange.header(SESSION);
        if (id == null) {
            throw new Refused(
                    400,
                    ErrorCodes.INVALID_REQUEST,
                    "there is no Mcp-Session-Id; begin with initialize");
        }
        return conversations
                .find(id, exchange.principal())
                .orElseThrow(() ->
                        new Refused(
                                404,
                                ErrorCodes.INVALID_REQUEST,
                                "there is no such session, or no longer; begin anew with initialize"));
    }

    private void request(Exchange exchange, Conversation conversation, JSONRPCRequest request) {
        if (!Delivery.takesJson(exchange) && !Delivery.takesStream(exchange)) {
            throw new Refused(
                    406,
                    ErrorCodes.INVALID_REQUEST,
                    "send Accept: application/json, text/event-stream",
                    request.id());
        }
        Underway underway =
                conversation
                        .begin(request.id(), numbers.incrementAndGet(), bounds.calls())
                        .orElseThrow(() ->
                                new Refused(
                                        400,
                                        ErrorCodes.INVALID_REQUEST,
                                        "a request of that id is being answered, or too many are; wait for one",
                                        request.id()));
        Thread.ofVirtual()
                .name("mcp-" + offer.name() + "-call")
                .start(() ->
                        answer(conversation, request, caller(exchange, conversation), underway));
        delivery.answer(exchange, conversation, underway);
    }

    private void answer(
            Conversation conversation, JSONRPCRequest request, Caller caller, Underway underway) {
        McpTransportContext context =
                McpTransportContext.create(Map.of(Methods.CALLER, caller, Underway.KEY, underway));
        // Who has the answer may ask again at once: the call does not count any more by then.
        Runnable answered = () -> conversation.over(request.id(), underway);
        try {
            var _ =
                    conversation
                            .session()
                            .responseStream(new StreamTransport(underway.stream(), wire, answered))
                            .handle(request)
                            .contextWrite(c -> c.put(McpTransportContext.KEY, context))
                            .block();
        } catch (RuntimeException e) {
            LOG.log(ERROR, "a request over MCP was not answered", e);
        } finally {
            answered.run();
            underway.stream().end();
        }
    }

    private static Caller caller(Exchange exchange, Conversation conversation) {
        Principal who = exchange.principal();
        return new Caller(
                who.keyId() == null ? null : who.name(),
                conversation.client(),
                exchange.header("X-hal0-Agent"),
                who.scope() == Scope.ADMIN);
    }

    /// An answer to what was asked back; nobody waits for one that is not awaited.
    private static void respond(Conversation conversation, JSONRPCResponse response) {
        try {
            var _ = conversation.session().accept(response).block();
        } catch (McpError _) {
            throw new Refused(
                    400, ErrorCodes.INVALID_REQUEST, "nobody asked for an answer of that id");
        }
    }

    /// Ends every conversation, so that nobody waits for them.
    @Override
    public void close() {
        conversations.close();
    }
}
