package hal0.cli.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `/api/openapi.json` against the routes that answer.
class OpenApiTest {
    @TempDir private Path folder;
    private ApiFixture api;

    @BeforeEach
    void start() throws Exception {
        ApiFixture.write(folder, "config.toml", "[active]\nprovider = \"demo\"\n");
        api = new ApiFixture(folder, Map.of());
    }

    @AfterEach
    void stop() {
        api.close();
    }

    private record Operation(String path, String method, JsonNode node) {}

    private List<Operation> operations() throws Exception {
        JsonNode document = api.get("/api/openapi.json").body();
        assertThat(document.path("openapi").asText()).isEqualTo("3.1.0");
        assertThat(document.path("info").path("version").asText()).isNotEmpty();
        List<Operation> operations = new ArrayList<>();
        document.path("paths")
                .properties()
                .forEach(path ->
                        path.getValue()
                                .properties()
                                .forEach(method ->
                                        operations.add(
                                                new Operation(
                                                        path.getKey(),
                                                        method.getKey(),
                                                        method.getValue()))));
        return operations;
    }

    @Test
    void itDescribesTheRoutesOfTheTableAndNoOthers() throws Exception {
        Set<String> described = new HashSet<>();
        operations()
                .forEach(o -> described.add(o.method().toUpperCase(Locale.ROOT) + " " + o.path()));

        assertThat(api.routes()).isEqualTo(described);
    }

    @Test
    void everyRouteIsDescribed() throws Exception {
        for (Operation operation : operations()) {
            assertThat(operation.node().path("summary").asText())
                    .as(operation.method() + " " + operation.path())
                    .isNotEmpty();
        }
    }

    @Test
    void itIsWellFormed() throws Exception {
        Set<String> ids = new HashSet<>();
        for (Operation operation : operations()) {
            assertThat(ids.add(operation.node().path("operationId").asText()))
                    .as(operation.node().path("operationId").asText())
                    .isTrue();
            Set<String> variables = new HashSet<>();
            operation
                    .node()
                    .path("parameters")
                    .forEach(parameter -> {
                        assertThat(parameter.path("schema").isObject()).isTrue();
                        if (parameter.path("in").asText().equals("path")) {
                            variables.add("{" + parameter.path("name").asText() + "}");
                        }
                    });
            for (String segment : operation.path().split("/")) {
                assertThat(!segment.startsWith("{") || variables.contains(segment)).isTrue();
            }
            assertThat(operation.node().path("responses")).isNotEmpty();
            schemas(operation.node()).forEach(OpenApiTest::checkSchema);
        }
    }

    private static List<JsonNode> schemas(JsonNode node) {
        return node.findValues("schema");
    }

    private static void checkSchema(JsonNode schema) {
        assertThat(schema.isObject()).isTrue();
        schema.path("required")
                .forEach(name -> assertThat(schema.path("properties").has(name.asText())).isTrue());
        schema.path("properties").forEach(OpenApiTest::checkSchema);
        if (schema.has("items")) {
            checkSchema(schema.path("items"));
        }
    }

    /// The description promises what is read: each body without its fields is refused by name.
    @Test
    void requiredFieldsAreThoseThatAreMissed() throws Exception {
        for (Operation operation : operations()) {
            JsonNode required =
                    operation
                            .node()
                            .path("requestBody")
                            .path("content")
                            .path("application/json")
                            .path("schema")
                            .path("required");
            if (required.isArray()) {
                List<String> names = new ArrayList<>();
                required.forEach(name -> names.add(name.asText()));
                var answer =
                        api.send(
                                operation.method().toUpperCase(Locale.ROOT),
                                operation.path().replaceAll("\\{[a-z]+}", "demo"),
                                "{}");
                assertThat(answer.status()).as(operation.path()).isEqualTo(422);
                assertThat(answer.locs().split(" ")).containsExactlyElementsOf(names);
            }
        }
    }
}
