package hal0.relay.api;

import hal0.home.config.Nearest;
import hal0.relay.control.ControlException;
import hal0.relay.control.ProfileControl;
import hal0.relay.error.Json;
import hal0.relay.error.RelayException;
import hal0.relay.route.About;
import hal0.relay.route.Exchange;
import hal0.relay.route.Field;
import hal0.relay.route.Route;
import hal0.relay.route.RouteFamily;
import hal0.slots.definition.Profiles;
import hal0.slots.definition.SlotSpec.Device;
import hal0.slots.error.SlotException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// `/api/profiles`: images and flags by name, those that come with hal0 and those of
/// `profiles.toml`.
public final class ProfileRoutes implements RouteFamily {
    /// Of a change.
    public static final List<Field> KEYS =
            List.of(
                    Field.text("image", "With its registry.").orNull(),
                    Field.texts("command", "The words after the image's entry point.").orNull(),
                    Field.text("health_path", "Where the server tells that it is up.").orNull(),
                    Field.texts("devices", "What it can run on: " + words() + ".").orNull());

    /// Of a new one.
    public static final List<Field> NEW = newFields();

    private static final Field[] PROFILE = {
        Field.text("name", "Its name."),
        Field.text("image", "Null: the one with which language models run on the slot's device.")
                .orNull(),
        Field.texts("command", "The words after the image's entry point."),
        Field.text("health_path", "Where the server tells that it is up.").orNull(),
        Field.texts("devices", "What it can run on."),
        Field.flag("built_in", "Whether hal0 has one of that name."),
        Field.text("source", "Where the user's stands; null without.").orNull()
    };

    private static final String INVALID = "profile.invalid 400";
    private static final String NOT_FOUND = "profile.not_found 404";

    private final ProfileControl profiles;

    public ProfileRoutes(ProfileControl profiles) {
        this.profiles = profiles;
    }

    private static String words() {
        return String.join(", ", Arrays.stream(Device.values()).map(Device::word).toList());
    }

    private static List<Field> newFields() {
        List<Field> fields = new ArrayList<>();
        fields.add(Field.text("name", "Small letters, digits, ., - and _, at most 64.").must());
        fields.addAll(KEYS);
        return List.copyOf(fields);
    }

    @Override
    public List<Route> routes() {
        String unreadable = "validation.invalid 422";
        return List.of(
                new Route("GET", "/api/profiles", Route.Access.ADMIN, this::list)
                        .about(
                                About.of("Every profile.")
                                        .answer(200, About.Form.LIST, List.of(PROFILE))),
                new Route("GET", "/api/profiles/{name}", Route.Access.ADMIN, this::one)
                        .about(About.of("One profile.").answer(PROFILE).errors(NOT_FOUND)),
                new Route("POST", "/api/profiles", Route.Access.ADMIN, this::add)
                        .about(
                                About.of("Adds a profile to profiles.toml.")
                                        .body(NEW)
                                        .answer(201, About.Form.OBJECT, List.of(PROFILE))
                                        .errors(INVALID, "profile.already_exists 409", unreadable)),
                new Route("PUT", "/api/profiles/{name}", Route.Access.ADMIN, this::change)
                        .about(
                                About.of(
                                                "Changes what profiles.toml says of a profile; of one of hal0's, what is different.")
                                        .body(KEYS)
                                        .answer(PROFILE)
                                        .errors(INVALID, NOT_FOUND, unreadable)),
                new Route("DELETE", "/api/profiles/{name}", Route.Access.ADMIN, this::remove)
                        .about(
                                About.of("Takes a profile out of profiles.toml; hal0's own stay.")
                                        .answer(Field.text("removed", "Its name."))
                                        .errors(INVALID, NOT_FOUND)));
    }

    private ProfileControl by(Exchange exchange) {
        return profiles.by(exchange.principal().name());
    }

    private void list(Exchange exchange, String rest) {
        List<Profiles.Layers> all = profiles.all();
        exchange.sendJson(
                200,
                Json.bytes(json -> {
                    json.writeStartArray();
                    for (Profiles.Layers profile : all) {
                        ProfileControl.write(json, profile);
                    }
                    json.writeEndArray();
                }));
    }

    private void one(Exchange exchange, String encoded) {
        String name = PathName.decoded(encoded);
        Profiles.Layers profile =
                profiles.find(name)
                        .orElseThrow(() ->
                                RelayException.of(
                                        404,
                                        "profile.not_found",
                                        "there is no profile \"%s\"%s"
                                                .formatted(name, Nearest.hint(name, names()))));
        send(exchange, 200, profile);
    }

    private List<String> names() {
        return profiles.all().stream().map(Profiles.Layers::name).toList();
    }

    private void add(Exchange exchange, String rest) {
        JsonBody body = JsonBody.of(exchange, NEW);
        Map<String, @Nullable Object> keys = keys(body);
        String name = body.text("name");
        send(exchange, 201, told(() -> by(exchange).create(name, keys)));
    }

    private void change(Exchange exchange, String name) {
        JsonBody body = JsonBody.of(exchange, KEYS);
        Map<String, @Nullable Object> keys = keys(body);
        send(exchange, 200, told(() -> by(exchange).change(PathName.decoded(name), keys)));
    }

    private void remove(Exchange exchange, String encoded) {
        String name = PathName.decoded(encoded);
        var _ =
                told(() -> {
                    by(exchange).remove(name);
                    return true;
                });
        exchange.sendJson(
                200,
                Json.bytes(json -> {
                    json.writeStartObject();
                    json.writeStringField("removed", name);
                    json.writeEndObject();
                }));
    }

    private static void send(Exchange exchange, int code, Profiles.Layers profile) {
        exchange.sendJson(code, Json.bytes(json -> ProfileControl.write(json, profile)));
    }

    /// What goes into the file: one word is a list of one there.
    public static Map<String, @Nullable Object> keys(JsonBody body) {
        Map<String, @Nullable Object> keys = new LinkedHashMap<>(body.values());
        keys.remove("name");
        for (String list : List.of("command", "devices")) {
            if (keys.get(list) instanceof String one) {
                keys.put(list, List.of(one));
            }
        }
        return keys;
    }

    private static <T> T told(Supplier<T> work) {
        try {
            return work.get();
        } catch (ControlException e) {
            throw e.getCause() instanceof SlotException refused ? told(refused) : e;
        }
    }

    private static RelayException told(SlotException e) {
        return switch (e.problem()) {
            case NOT_FOUND -> RelayException.of(404, "profile.not_found", e.message());
            case ALREADY_EXISTS -> RelayException.of(409, "profile.already_exists", e.message());
            case CONFIG_ERROR,
                    ILLEGAL_TRANSITION,
                    LOADING,
                    LOAD_FAILED,
                    CRASH_LOOPING,
                    QUEUE_FULL,
                    NO_FREE_PORT,
                    RUNTIME_UNAVAILABLE,
                    IMAGE_MODE,
                    INFERENCE_MODE,
                    PINNED,
                    CANCELLED ->
                    RelayException.of(400, "profile.invalid", e.message());
        };
    }
}
