package hal0.cli.wiring;

import static hal0.cli.Reference.code;

import com.fasterxml.jackson.databind.JsonNode;
import hal0.cli.Reference;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `docs/http.md` is what `/api/openapi.json` of a running relay says.
class HttpReferenceTest {
    @TempDir private Path folder;

    private final Reference reference =
            new Reference(
                    "http.md",
                    "HTTP",
                    "Every route of the relay, written from `GET /api/openapi.json`, which has the types too. How to"
                            + " use them: [relay.md](relay.md) and [control.md](control.md); errors that any route may"
                            + " answer: [errors.md](errors.md).");

    private record Operation(String method, String path, JsonNode node) {
        String heading() {
            return method + " " + path.replace("{rest}", "{…}");
        }
    }

    @Test
    void theReferenceIsWhatTheRelaySays() throws Exception {
        ApiFixture.write(folder, "config.toml", "[active]\nprovider = \"demo\"\n");
        List<Operation> operations;
        try (ApiFixture api = new ApiFixture(folder, Map.of())) {
            operations = operations(api.get("/api/openapi.json").body());
        }
        reference.paragraph(
                "*For* says who may call once the relay has keys: `open` everyone of this machine, `public` everyone,"
                        + " `client`, `agent` and `admin` whoever has a key of that scope.");
        reference.heading(2, "Models");
        reference.paragraph(
                "Requests and answers are those of OpenAI, Anthropic and Google; parameters that their clients add are"
                        + " taken.");
        overview(operations.stream().filter(o -> isVendors(o.path())).toList());
        List<Operation> own = operations.stream().filter(o -> !isVendors(o.path())).toList();
        reference.heading(2, "Operating hal0");
        overview(own);
        own.forEach(this::describe);
        reference.check();
    }

    private static boolean isVendors(String path) {
        return path.startsWith("/v1");
    }

    private static List<Operation> operations(JsonNode document) {
        List<Operation> operations = new ArrayList<>();
        for (Map.Entry<String, JsonNode> path : document.path("paths").properties()) {
            for (Map.Entry<String, JsonNode> method : path.getValue().properties()) {
                operations.add(
                        new Operation(
                                method.getKey().toUpperCase(Locale.ROOT),
                                path.getKey(),
                                method.getValue()));
            }
        }
        return operations;
    }

    private void overview(List<Operation> operations) {
        List<List<String>> rows = new ArrayList<>();
        for (Operation operation : operations) {
            rows.add(
                    List.of(
                            code(operation.heading()),
                            operation
                                    .node()
                                    .path("x-hal0-access")
                                    .asText()
                                    .toLowerCase(Locale.ROOT),
                            operation.node().path("summary").asText()));
        }
        reference.table(List.of("", "for", ""), rows);
    }

    private void describe(Operation operation) {
        List<List<String>> rows = new ArrayList<>();
        for (JsonNode parameter : operation.node().path("parameters")) {
            if (parameter.path("in").asText().equals("query")) {
                rows.add(
                        row(
                                "?" + parameter.path("name").asText(),
                                parameter.path("schema"),
                                false));
            }
        }
        fields(
                "",
                operation.node().at("/requestBody/content/application~1json/schema"),
                true,
                rows);
        List<List<String>> answered = new ArrayList<>();
        String status = "";
        List<String> errors = new ArrayList<>();
        for (Map.Entry<String, JsonNode> response :
                operation.node().path("responses").properties()) {
            if (response.getKey().startsWith("2") && !status.isEmpty()) {
                // The same answer with another status.
                status += " or " + response.getKey();
            } else if (response.getKey().startsWith("2")) {
                status = response.getKey();
                response.getValue()
                        .path("content")
                        .forEach(content -> fields("", content.path("schema"), false, answered));
            } else if (!response.getKey().equals("default") && !response.getKey().equals("422")) {
                errors.add(
                        response.getKey()
                                + " "
                                + code(response.getValue().path("description").asText()));
            }
        }
        if (rows.isEmpty() && answered.isEmpty() && errors.isEmpty()) {
            return; // The table above says all of it.
        }
        reference.heading(3, code(operation.heading()));
        reference.paragraph(operation.node().path("summary").asText());
        reference.table(List.of("sent", "", ""), rows);
        reference.table(List.of("answered (" + status + ")", "", ""), answered);
        if (!errors.isEmpty()) {
            reference.paragraph("Errors: " + String.join("; ", errors) + ".");
        }
    }

    /// One row a field, those of an object in a field with its name before theirs.
    private static void fields(
            String prefix, JsonNode schema, boolean asked, List<List<String>> rows) {
        JsonNode object = schema.path("items").has("properties") ? schema.path("items") : schema;
        List<String> required = new ArrayList<>();
        object.path("required").forEach(name -> required.add(name.asText()));
        for (Map.Entry<String, JsonNode> field : object.path("properties").properties()) {
            JsonNode value = field.getValue();
            boolean list = value.path("items").has("properties");
            String name = prefix + field.getKey() + (list ? "[]" : "");
            rows.add(row(name, value, asked && required.contains(field.getKey())));
            fields(name + ".", value, asked, rows);
        }
    }

    private static List<String> row(String name, JsonNode schema, boolean must) {
        return List.of(
                code(name) + (must ? " *must*" : ""),
                kind(schema),
                schema.path("description").asText());
    }

    private static String kind(JsonNode schema) {
        if (schema.has("enum")) {
            List<String> words = new ArrayList<>();
            schema.path("enum").forEach(word -> words.add(code(word.asText())));
            return String.join(", ", words);
        }
        if (schema.has("anyOf")) {
            return "text or texts";
        }
        JsonNode type = schema.path("type");
        if (type.isArray()) {
            return word(type.get(0).asText(), schema) + " or null";
        }
        return word(type.asText(), schema);
    }

    private static String word(String type, JsonNode schema) {
        return switch (type) {
            case "string" -> "text";
            case "integer" -> "whole number";
            case "number" -> "number";
            case "boolean" -> "true or false";
            case "array" ->
                    schema.path("items").has("properties") ? "list" : "list of " + plural(schema);
            case "object" -> "object";
            case String other -> other.isEmpty() ? "anything" : other;
        };
    }

    private static String plural(JsonNode list) {
        return list.at("/items/type").asText().equals("string") ? "texts" : "values";
    }
}
