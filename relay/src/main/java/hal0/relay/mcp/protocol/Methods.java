package hal0.relay.mcp.protocol;

import static java.lang.System.Logger.Level.ERROR;

import com.fasterxml.jackson.databind.JsonNode;
import hal0.home.config.Nearest;
import io.modelcontextprotocol.common.McpTransportContext;
import io.modelcontextprotocol.server.McpAsyncServerExchange;
import io.modelcontextprotocol.server.McpNotificationHandler;
import io.modelcontextprotocol.server.McpRequestHandler;
import io.modelcontextprotocol.server.McpSyncServerExchange;
import io.modelcontextprotocol.spec.McpError;
import io.modelcontextprotocol.spec.McpSchema;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import io.modelcontextprotocol.spec.McpSchema.CompleteResult;
import io.modelcontextprotocol.spec.McpSchema.ErrorCodes;
import io.modelcontextprotocol.spec.McpSchema.PromptArgument;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/// What the requests of clients do.
///
/// **Errors** [McpError] for what a request gets wrong; what a tool says went wrong is the result
/// of its call, because the model is to read it. A fault of ours tells nothing of itself but where
/// to look. **Threads** each request on its own.
final class Methods {
    private static final System.Logger LOG = System.getLogger(Methods.class.getName());
    private static final int COMPLETED = 100;
    private static final int LONGEST_ARGUMENT = 1000;

    /// Under which the SDK hands the caller through to the handlers.
    static final String CALLER = "hal0.caller";

    private final Offer offer;
    private final Bounds bounds;
    private final Wire wire;
    private final CallLog log;

    Methods(Offer offer, Bounds bounds, Wire wire, CallLog log) {
        this.offer = offer;
        this.bounds = bounds;
        this.wire = wire;
        this.log = log;
    }

    /// The handlers of one conversation.
    interface Of {
        Map<String, McpRequestHandler<?>> requests(Conversation conversation);

        Map<String, McpNotificationHandler> notifications(Conversation conversation);
    }

    @FunctionalInterface
    private interface Answering<T> {
        T of(McpAsyncServerExchange exchange, @Nullable Object params);
    }

    Of perConversation() {
        return new Of() {
            @Override
            public Map<String, McpRequestHandler<?>> requests(Conversation conversation) {
                return Methods.this.requests(conversation);
            }

            @Override
            public Map<String, McpNotificationHandler> notifications(Conversation conversation) {
                return Map.of(
                        "notifications/cancelled",
                        (_, params) -> Mono.fromRunnable(() -> cancelled(conversation, params)));
            }
        };
    }

    private Map<String, McpRequestHandler<?>> requests(Conversation conversation) {
        Map<String, McpRequestHandler<?>> all = new LinkedHashMap<>();
        all.put(McpSchema.METHOD_PING, handler((_, _) -> Map.of()));
        all.put(McpSchema.METHOD_LOGGING_SET_LEVEL, handler((_, p) -> level(conversation, p)));
        all.put(McpSchema.METHOD_TOOLS_LIST, handler((_, p) -> tools(p)));
        all.put(McpSchema.METHOD_TOOLS_CALL, handler(this::call));
        if (!offer.resources().equals(Resources.NONE)) {
            all.put(McpSchema.METHOD_RESOURCES_LIST, handler((_, p) -> resources(p)));
            all.put(McpSchema.METHOD_RESOURCES_TEMPLATES_LIST, handler((_, p) -> templates(p)));
            all.put(McpSchema.METHOD_RESOURCES_READ, handler((_, p) -> read(p)));
            all.put(
                    McpSchema.METHOD_RESOURCES_SUBSCRIBE,
                    handler((_, p) -> subscribe(conversation, p)));
            all.put(
                    McpSchema.METHOD_RESOURCES_UNSUBSCRIBE,
                    handler((_, p) -> {
                        conversation.subscribed().remove(uri(p));
                        return Map.of();
                    }));
        }
        if (!offer.prompts().isEmpty()) {
            all.put(McpSchema.METHOD_PROMPT_LIST, handler((_, p) -> prompts(p)));
            all.put(McpSchema.METHOD_PROMPT_GET, handler((_, p) -> prompt(p)));
            all.put(McpSchema.METHOD_COMPLETION_COMPLETE, handler((_, p) -> complete(p)));
        }
        return all;
    }

    private static <T> McpRequestHandler<T> handler(Answering<T> answering) {
        return (exchange, params) ->
                Mono.fromCallable(() -> {
                    try {
                        return answering.of(exchange, params);
                    } catch (McpError e) {
                        throw e;
                    } catch (RuntimeException e) {
                        LOG.log(ERROR, "a request over MCP failed in the relay", e);
                        throw McpError.builder(ErrorCodes.INTERNAL_ERROR)
                                .message("a fault in the relay; its log says more")
                                .build();
                    }
                });
    }

    private Object level(Conversation conversation, @Nullable Object params) {
        var level = wire.params(params, McpSchema.SetLevelRequest.class).level();
        if (level == null) {
            throw Wire.invalid("\"level\" is one of debug, info, notice, warning, error, …");
        }
        conversation.session().setMinLoggingLevel(level);
        return Map.of();
    }

    private Object tools(@Nullable Object params) {
        var page =
                Page.of(
                        offer.tools().get().stream().map(OfferedTool::description).toList(),
                        cursor(params),
                        bounds.page());
        return new McpSchema.ListToolsResult(page.items(), page.next(), null);
    }

    private Object resources(@Nullable Object params) {
        var page = Page.of(offer.resources().all(), cursor(params), bounds.page());
        return new McpSchema.ListResourcesResult(page.items(), page.next(), null);
    }

    private Object templates(@Nullable Object params) {
        var page = Page.of(offer.resources().templates(), cursor(params), bounds.page());
        return new McpSchema.ListResourceTemplatesResult(page.items(), page.next(), null);
    }

    private Object prompts(@Nullable Object params) {
        var page =
                Page.of(
                        offer.prompts().stream().map(OfferedPrompt::description).toList(),
                        cursor(params),
                        bounds.page());
        return new McpSchema.ListPromptsResult(page.items(), page.next(), null);
    }

    private @Nullable String cursor(@Nullable Object params) {
        return wire.params(params, McpSchema.PaginatedRequest.class).cursor();
    }

    private CallToolResult call(McpAsyncServerExchange exchange, @Nullable Object params) {
        var request = wire.params(params, McpSchema.CallToolRequest.class);
        List<OfferedTool> tools = offer.tools().get();
        OfferedTool tool =
                tools.stream()
                        .filter(each -> each.name().equals(request.name()))
                        .findFirst()
                        .orElseThrow(() -> unknown(request.name(), tools));
        McpTransportContext context = exchange.transportContext();
        Underway underway = (Underway) Objects.requireNonNull(context.get(Underway.KEY));
        Caller caller = (Caller) Objects.requireNonNull(context.get(CALLER));
        Call call =
                new Call(
                        wire.arguments(request.arguments()),
                        caller,
                        new McpSyncServerExchange(exchange),
                        underway,
                        request.meta() == null ? null : request.meta().get("progressToken"));
        return noted(tool, call);
    }

    private static McpError unknown(@Nullable String name, List<OfferedTool> tools) {
        if (name == null) {
            return Wire.invalid("\"name\" says which tool is called");
        }
        List<String> names = tools.stream().map(OfferedTool::name).toList();
        String shown = name.matches("[A-Za-z0-9_.-]{1,64}") ? " \"" + name + "\"" : "";
        return Wire.invalid("there is no tool" + shown + Nearest.hint(name, names));
    }

    private CallToolResult noted(OfferedTool tool, Call call) {
        long start = System.nanoTime();
        String outcome = "error";
        @Nullable String error = "a fault in the relay";
        try {
            CallToolResult result = tool.work().of(call);
            boolean failed = Boolean.TRUE.equals(result.isError());
            outcome = failed ? "error" : "done";
            error = failed ? "see its result" : null;
            return result;
        } catch (ToolException e) {
            error = e.message();
            return Results.error(e.message());
        } finally {
            boolean cancelled = call.cancel().isCancelled();
            log.note(
                    tool.name(),
                    call.caller().name(),
                    cancelled ? "cancelled" : outcome,
                    cancelled ? null : error,
                    (System.nanoTime() - start) / 1_000_000);
        }
    }

    private String uri(@Nullable Object params) {
        String uri = wire.params(params, McpSchema.ReadResourceRequest.class).uri();
        if (uri == null) {
            throw Wire.invalid("\"uri\" says which resource is meant");
        }
        return uri;
    }

    private Object read(@Nullable Object params) {
        String uri = uri(params);
        try {
            return new McpSchema.ReadResourceResult(
                    List.of(offer.resources().read(uri).orElseThrow(() -> missing(uri))), null);
        } catch (ToolException e) {
            throw McpError.builder(ErrorCodes.INTERNAL_ERROR).message(e.message()).build();
        }
    }

    private static McpError missing(String uri) {
        return McpError.builder(ErrorCodes.RESOURCE_NOT_FOUND)
                .message("there is no such resource; resources/list names them")
                .data(Map.of("uri", uri))
                .build();
    }

    /// **Errors** [McpError] for more than anybody has use for.
    private Object subscribe(Conversation conversation, @Nullable Object params) {
        String uri = uri(params);
        if (conversation.subscribed().size() >= COMPLETED) {
            throw Wire.invalid("at most 100 resources are followed at once; unsubscribe first");
        }
        if (offer.resources().read(uri).isEmpty()) {
            throw missing(uri);
        }
        conversation.subscribed().add(uri);
        return Map.of();
    }

    private Object prompt(@Nullable Object params) {
        var request = wire.params(params, McpSchema.GetPromptRequest.class);
        OfferedPrompt prompt =
                offer.prompts().stream()
                        .filter(each -> each.name().equals(request.name()))
                        .findFirst()
                        .orElseThrow(() ->
                                Wire.invalid("there is no such prompt; prompts/list names them"));
        Map<String, String> given = new LinkedHashMap<>();
        if (request.arguments() != null) {
            request.arguments().forEach((name, value) -> given.put(name, String.valueOf(value)));
        }
        List<PromptArgument> arguments =
                Objects.requireNonNullElse(prompt.description().arguments(), List.of());
        for (PromptArgument argument : arguments) {
            String value = given.get(argument.name());
            if (value == null && Boolean.TRUE.equals(argument.required())) {
                throw Wire.invalid("the argument \"%s\" is missing".formatted(argument.name()));
            }
            if (value != null && value.length() > LONGEST_ARGUMENT) {
                throw Wire.invalid("the argument \"%s\" is too long".formatted(argument.name()));
            }
        }
        return prompt.text().apply(given);
    }

    /// Read as it came: the SDK's type tells references apart by a field that clients may leave
    /// out.
    private Object complete(@Nullable Object params) {
        JsonNode request = wire.arguments(params);
        JsonNode ref = request.path("ref");
        String of = ref.path(ref.has("uri") ? "uri" : "name").asText();
        JsonNode argument = request.path("argument");
        if (of.isEmpty() || !argument.path("name").isTextual()) {
            throw Wire.invalid("\"ref\" and \"argument\" say what is to be completed");
        }
        List<String> all =
                offer.completion()
                        .of(of, argument.path("name").asText(), argument.path("value").asText());
        return new CompleteResult(
                new CompleteResult.CompleteCompletion(
                        all.stream().limit(COMPLETED).toList(),
                        all.size(),
                        all.size() > COMPLETED));
    }

    private void cancelled(Conversation conversation, @Nullable Object params) {
        JsonNode told = wire.arguments(params);
        JsonNode id = told.path("requestId");
        Object request = id.isIntegralNumber() ? (Object) id.asLong() : id.asText();
        conversation.cancel(request, "the client cancelled it");
    }
}
