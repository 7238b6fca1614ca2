package hal0.relay.route;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import hal0.home.Version;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/// Describes routes as an OpenAPI document, from the same data that answers them.
///
/// **Source** OpenAPI Specification 3.1.0, spec.openapis.org/oas/v3.1.0, read 2026-11-21.
public final class OpenApi {
    private static final ObjectMapper JSON = new ObjectMapper();

    private OpenApi() {}

    /// The route that answers with the description of `described` and of itself.
    static Route route(List<Route> described) {
        Route[] own = new Route[1];
        own[0] =
                new Route(
                                "GET",
                                "/api/openapi.json",
                                Route.Access.OPEN,
                                (exchange, _) -> exchange.sendJson(200, bytes(described, own[0])))
                        .about(About.of("This description."));
        return own[0];
    }

    private static byte[] bytes(List<Route> described, Route own) {
        try {
            return JSON.writeValueAsBytes(document(described, own));
        } catch (JsonProcessingException e) {
            // A tree of our own can be written.
            throw new UncheckedIOException(e);
        }
    }

    private static ObjectNode document(List<Route> described, Route own) {
        ObjectNode document = JSON.createObjectNode();
        document.put("openapi", "3.1.0");
        document.putObject("info").put("title", "hal0").put("version", Version.current());
        ObjectNode paths = document.putObject("paths");
        described.forEach(route -> operation(paths.withObjectProperty(route.path()), route));
        operation(paths.withObjectProperty(own.path()), own);
        ObjectNode components = document.putObject("components");
        components
                .putObject("securitySchemes")
                .putObject("key")
                .put("type", "http")
                .put("scheme", "bearer");
        components.putObject("schemas").set("Error", error());
        return document;
    }

    private static void operation(ObjectNode path, Route route) {
        About about = route.about() == null ? About.of("") : route.about();
        ObjectNode operation = path.putObject(route.method().toLowerCase(Locale.ROOT));
        operation.put("operationId", id(route));
        operation.put("summary", about.summary());
        operation.put("x-hal0-access", route.access().name());
        if (route.access() != Route.Access.OPEN && route.access() != Route.Access.PUBLIC) {
            operation.putArray("security").addObject().putArray("key");
        }
        parameters(operation, route, about);
        if (!about.body().isEmpty()) {
            ObjectNode body = operation.putObject("requestBody");
            body.put("required", true);
            body.putObject("content")
                    .putObject("application/json")
                    .set("schema", object(about.body(), false));
        }
        responses(operation.putObject("responses"), about);
    }

    /// Such as `get_api_upstreams_name`.
    private static String id(Route route) {
        String path = route.path().replaceAll("[^A-Za-z0-9]+", "_").replaceAll("_$", "");
        return route.method().toLowerCase(Locale.ROOT) + path;
    }

    private static void parameters(ObjectNode operation, Route route, About about) {
        int open = route.path().indexOf('{');
        if (open < 0 && about.query().isEmpty()) {
            return;
        }
        ArrayNode parameters = operation.putArray("parameters");
        if (open >= 0) {
            String name = route.path().substring(open + 1, route.path().indexOf('}'));
            parameters
                    .addObject()
                    .put("name", name)
                    .put("in", "path")
                    .put("required", true)
                    .putObject("schema")
                    .put("type", "string");
        }
        for (Field field : about.query()) {
            ObjectNode parameter = parameters.addObject();
            parameter.put("name", field.name()).put("in", "query").put("required", false);
            parameter.put("description", field.about()).set("schema", schema(field));
        }
    }

    private static void responses(ObjectNode responses, About about) {
        ObjectNode answered = responses.putObject(Integer.toString(about.status()));
        answered.put("description", "done");
        switch (about.form()) {
            case OBJECT -> schemaOf(answered, "application/json", object(about.answer(), true));
            case EVENTS -> schemaOf(answered, "text/event-stream", object(about.answer(), true));
            case LINES -> schemaOf(answered, "application/x-ndjson", object(about.answer(), true));
            case CSV ->
                    schemaOf(answered, "text/csv", JSON.createObjectNode().put("type", "string"));
            case TEXT ->
                    schemaOf(answered, "text/plain", JSON.createObjectNode().put("type", "string"));
            case LIST -> {
                ObjectNode list = JSON.createObjectNode().put("type", "array");
                list.set("items", object(about.answer(), true));
                schemaOf(answered, "application/json", list);
            }
            case NONE -> {}
        }
        if (about.also() != null) {
            responses.set(about.also().toString(), answered.deepCopy());
        }
        Map<String, String> codes = new TreeMap<>();
        for (String error : about.errors()) {
            int space = error.lastIndexOf(' ');
            codes.merge(
                    error.substring(space + 1),
                    error.substring(0, space),
                    (one, other) -> one + ", " + other);
        }
        codes.forEach((status, code) -> refusal(responses.putObject(status), code));
        refusal(responses.putObject("default"), "any other error of the relay");
    }

    private static void refusal(ObjectNode response, String description) {
        response.put("description", description);
        schemaOf(
                response,
                "application/json",
                JSON.createObjectNode().put("$ref", "#/components/schemas/Error"));
    }

    private static void schemaOf(ObjectNode response, String type, ObjectNode schema) {
        response.putObject("content").putObject(type).set("schema", schema);
    }

    /// The schema of an object with those fields: an answer may get more one day, a body takes
    /// those that are named.
    public static ObjectNode object(List<Field> fields, boolean open) {
        ObjectNode object = JSON.createObjectNode().put("type", "object");
        if (!fields.isEmpty()) {
            ObjectNode properties = object.putObject("properties");
            fields.forEach(field -> properties.set(field.name(), schema(field)));
            List<Field> required = fields.stream().filter(Field::required).toList();
            if (!required.isEmpty()) {
                ArrayNode names = object.putArray("required");
                required.forEach(field -> names.add(field.name()));
            }
        }
        return object.put("additionalProperties", open);
    }

    private static ObjectNode schema(Field field) {
        ObjectNode schema =
                switch (field.kind()) {
                    case TEXT -> typed("string", field);
                    case FLAG -> typed("boolean", field);
                    case WHOLE -> typed("integer", field);
                    case NUMBER -> typed("number", field).put("minimum", 0);
                    case TEXTS -> texts(field);
                    case STRINGS -> {
                        ObjectNode list = typed("array", field);
                        list.putObject("items").put("type", "string");
                        yield list;
                    }
                    case OBJECT -> {
                        ObjectNode inner = object(field.inner(), false);
                        yield field.clearable() ? nullable(inner) : inner;
                    }
                    case LIST -> {
                        ObjectNode list = typed("array", field);
                        list.set("items", object(field.inner(), true));
                        yield list;
                    }
                    case ANY -> JSON.createObjectNode();
                };
        if (!field.words().isEmpty()) {
            ArrayNode words = schema.putArray("enum");
            field.words().forEach(words::add);
            if (field.clearable()) {
                words.addNull();
            }
        }
        return schema.put("description", field.about());
    }

    private static ObjectNode typed(String type, Field field) {
        ObjectNode schema = JSON.createObjectNode();
        return field.clearable() ? nullable(schema.put("type", type)) : schema.put("type", type);
    }

    private static ObjectNode nullable(ObjectNode schema) {
        String type = schema.path("type").asText();
        schema.putArray("type").add(type).add("null");
        return schema;
    }

    private static ObjectNode texts(Field field) {
        ObjectNode schema = JSON.createObjectNode();
        ArrayNode either = schema.putArray("anyOf");
        either.addObject().put("type", "string");
        either.addObject().put("type", "array").putObject("items").put("type", "string");
        if (field.clearable()) {
            either.addObject().put("type", "null");
        }
        return schema;
    }

    private static ObjectNode error() {
        return object(
                List.of(
                        Field.object(
                                        "error",
                                        "What is wrong.",
                                        Field.text("code", "For programs.").must(),
                                        Field.text("message", "For people.").must(),
                                        Field.object(
                                                "details",
                                                "More, where there is more.",
                                                Field.whole("retry_after_s", "When to try again."),
                                                Field.list(
                                                        "fields",
                                                        "What is wrong with the body.",
                                                        Field.text("loc", "The field's path."),
                                                        Field.text("msg", "What is expected."))))
                                .must()),
                false);
    }
}
