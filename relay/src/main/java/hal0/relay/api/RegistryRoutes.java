package hal0.relay.api;

import hal0.relay.error.Json;
import hal0.relay.error.RelayException;
import hal0.relay.model.ModelControl;
import hal0.relay.model.ModelEntry;
import hal0.relay.model.ModelEntry.State;
import hal0.relay.model.ModelJson;
import hal0.relay.model.NewModel;
import hal0.relay.route.About;
import hal0.relay.route.Exchange;
import hal0.relay.route.Field;
import hal0.relay.route.Route;
import hal0.relay.route.RouteFamily;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// `/api/models` and `/api/models/registry…`: the models of the home and their files.
public final class RegistryRoutes implements RouteFamily {
    private static final String REGISTRY = "/api/models/registry";
    private static final String NOT_FOUND = "model.not_found 404";

    private static final Field CAPABILITIES =
            Field.texts("capabilities", "Such as chat, tools, embed, rerank.");

    private static final List<Field> NEW =
            List.of(
                    Field.text("id", "What clients ask for.").must(),
                    Field.text("path", "Its file, or one of several."),
                    Field.text("ref", "Where it can be pulled from: hf:… or an address."),
                    Field.text("upstream", "The provider or slot that serves it."),
                    Field.whole("context_length", "Tokens; its file's by default."),
                    CAPABILITIES,
                    Field.text("profile", "How it is started."));

    private static final List<Field> SLOT =
            List.of(Field.text("slot", "The slot whose model it becomes.").must());

    private static final Field[] ENTRY = {
        Field.text("id", "What clients ask for; for a file that is not registered, its place."),
        Field.text("state", "Whether it can be served from here.")
                .oneOf(
                        Stream.of(State.values())
                                .map(state -> state.name().toLowerCase(Locale.ROOT))
                                .toList()),
        Field.text("path", "Its file.").orNull(),
        Field.text("ref", "Where it can be pulled from.").orNull(),
        Field.text("upstream", "The provider or slot that serves it.").orNull(),
        Field.text("sha256", "The checksum of its file.").orNull(),
        Field.whole("size_bytes", "Of all its files.").orNull(),
        Field.whole("context_length", "Tokens.").orNull(),
        CAPABILITIES,
        Field.text("profile", "How it is started.").orNull(),
        Field.texts("slots", "Those that are defined with it."),
        Field.object(
                        "file",
                        "What its file says of itself.",
                        Field.text("architecture", "Such as llama.").orNull(),
                        Field.text("name", "Its own name.").orNull(),
                        Field.text("quantization", "Such as Q4_K_M.").orNull(),
                        Field.whole("parameters", "How many numbers it has."),
                        Field.whole("layers", "How many layers."),
                        Field.whole("heads", "Attention heads."),
                        Field.whole("kv_heads", "Of those with keys and values of their own."),
                        Field.whole("embedding_length", "How wide it is."),
                        Field.whole("files", "How many files it is in."),
                        Field.object(
                                "memory",
                                "A first guess of what it takes, in MiB.",
                                Field.whole("context_size", "For so many tokens."),
                                Field.whole("gpu_mb", "Of a GPU with all layers on it."),
                                Field.whole("gpu_host_mb", "Of the machine besides."),
                                Field.whole("cpu_mb", "Of the machine without a GPU.")))
                .orNull(),
        Field.text("message", "What is wrong with it, or what to do next.")
    };

    private final ModelControl models;

    public RegistryRoutes(ModelControl models) {
        this.models = models;
    }

    @Override
    public List<Route> routes() {
        return List.of(
                new Route("GET", "/api/models", Route.Access.ADMIN, this::list)
                        .about(
                                About.of(
                                                "The registry, and the files of the store that it does not know.")
                                        .answer(200, About.Form.LIST, List.of(ENTRY))),
                new Route("GET", REGISTRY, Route.Access.ADMIN, this::registry)
                        .about(
                                About.of("The models that models.toml names.")
                                        .answer(200, About.Form.LIST, List.of(ENTRY))),
                new Route("GET", REGISTRY + "/{id}", Route.Access.ADMIN, this::one)
                        .about(
                                About.of("One model, by its id or reference.")
                                        .query(
                                                Field.whole(
                                                        "context_size",
                                                        "For how many tokens its memory is estimated."))
                                        .answer(ENTRY)
                                        .errors(NOT_FOUND, "validation.invalid 422")),
                new Route("POST", REGISTRY, Route.Access.ADMIN, this::register)
                        .about(
                                About.of(
                                                "Adds a model to models.toml; what its file says is added.")
                                        .body(NEW)
                                        .answer(201, About.Form.OBJECT, List.of(ENTRY))
                                        .errors(
                                                "model.invalid 400",
                                                "model.unreadable 400",
                                                "model.already_exists 409",
                                                "validation.invalid 422")),
                new Route("DELETE", REGISTRY + "/{id}", Route.Access.ADMIN, this::remove)
                        .about(
                                About.of("Takes a model out of models.toml.")
                                        .query(
                                                Field.flag(
                                                        "files",
                                                        "Whether its files go too, from the store only."),
                                                Field.flag(
                                                        "force",
                                                        "Even where a slot is defined with it."))
                                        .answer(ENTRY)
                                        .errors(
                                                NOT_FOUND,
                                                "model.invalid 400",
                                                "model.in_use 409")),
                new Route("POST", REGISTRY + "/{id}/assign", Route.Access.ADMIN, this::assign)
                        .about(
                                About.of("Makes it the model that a slot is defined with.")
                                        .body(SLOT)
                                        .answer(ENTRY)
                                        .errors(
                                                NOT_FOUND,
                                                "model.invalid 400",
                                                "validation.invalid 422")));
    }

    private void list(Exchange exchange, String rest) {
        send(exchange, models.list());
    }

    private void registry(Exchange exchange, String rest) {
        send(
                exchange,
                models.list().stream()
                        .filter(entry ->
                                entry.state() != State.UNREGISTERED
                                        && entry.state() != State.PARTIAL)
                        .toList());
    }

    private static void send(Exchange exchange, List<ModelEntry> entries) {
        exchange.sendJson(
                200,
                Json.bytes(json -> {
                    json.writeStartArray();
                    for (ModelEntry entry : entries) {
                        ModelJson.write(json, entry);
                    }
                    json.writeEndArray();
                }));
    }

    private static void send(Exchange exchange, int status, ModelEntry entry) {
        exchange.sendJson(status, Json.bytes(json -> ModelJson.write(json, entry)));
    }

    private void one(Exchange exchange, String id) {
        send(exchange, 200, models.one(PathName.decoded(id), contextSize(exchange)));
    }

    private static long contextSize(Exchange exchange) {
        String told = exchange.query("context_size");
        if (told == null) {
            return ModelControl.USUAL_CONTEXT;
        }
        try {
            long size = Long.parseLong(told);
            if (size >= 1 && size <= Integer.MAX_VALUE) {
                return size;
            }
        } catch (NumberFormatException e) {
            // Refused like any other that is no size.
        }
        throw RelayException.invalid(
                List.of(
                        new RelayException.Field(
                                "context_size", "it has to be a count of tokens")));
    }

    private void register(Exchange exchange, String rest) {
        JsonBody body = JsonBody.of(exchange, NEW);
        Map<String, @Nullable Object> sent = body.values();
        NewModel model =
                new NewModel(
                        body.text("id"),
                        text(sent, "path"),
                        text(sent, "ref"),
                        text(sent, "upstream"),
                        sent.get("context_length") instanceof Long length ? Math.max(0, length) : 0,
                        texts(sent.get("capabilities")),
                        text(sent, "profile"));
        send(exchange, 201, by(exchange).register(model));
    }

    private static @Nullable String text(Map<String, @Nullable Object> sent, String name) {
        return sent.get(name) instanceof String text && !text.isBlank() ? text : null;
    }

    private static List<String> texts(@Nullable Object sent) {
        return switch (sent) {
            case null -> List.of();
            case List<?> list -> list.stream().map(String::valueOf).toList();
            case Object one -> List.of(one.toString());
        };
    }

    private void remove(Exchange exchange, String id) {
        boolean files = "true".equals(exchange.query("files"));
        boolean force = "true".equals(exchange.query("force"));
        send(exchange, 200, by(exchange).remove(PathName.decoded(id), files, force));
    }

    private void assign(Exchange exchange, String id) {
        String slot = JsonBody.of(exchange, SLOT).text("slot");
        send(exchange, 200, by(exchange).assign(PathName.decoded(id), slot));
    }

    private ModelControl by(Exchange exchange) {
        return models.by(exchange.principal().name());
    }
}
