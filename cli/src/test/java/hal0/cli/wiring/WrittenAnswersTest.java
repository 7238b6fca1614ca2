package hal0.cli.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import hal0.cli.wiring.Operations.Operation;
import hal0.relay.guard.Allowance;
import hal0.relay.guard.Scope;
import hal0.relay.key.KeyControl;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// What routes that change something answer, done and refused, against what their descriptions
/// promise.
@Timeout(120)
class WrittenAnswersTest {
    @TempDir private Path folder;
    private ApiFixture api;
    private final List<String> faults = new ArrayList<>();
    private final Set<String> done = new HashSet<>();
    private List<Operation> operations;
    private JsonNode error;

    @BeforeEach
    void start() throws Exception {
        ApiFixture.write(folder, "config.toml", "[active]\nprovider = \"demo\"\n");
        Files.createDirectories(folder.resolve("slots"));
        Files.writeString(folder.resolve("m.gguf"), "no model");
        ApiFixture.write(
                folder,
                "slots/idle.toml",
                "[slot]\ntype = \"llm\"\nruntime = \"process\"\ndevice = \"cpu\"\ncommand = [\"sleep\", \"60\"]\nenabled = false\n[model]\ndefault = \"m\"\n");
        api = new ApiFixture(folder, Map.of());
        JsonNode document = api.get("/api/openapi.json").body();
        error = document.at("/components/schemas/Error");
        operations =
                Operations.of(document).all().stream()
                        .filter(operation -> !operation.method().equals("GET"))
                        .toList();
    }

    @AfterEach
    void stop() {
        api.close();
    }

    /// Sends what should be done; `path` is that of the description, `name` stands for its
    /// variable.
    private void does(String method, String path, String name, String body) throws Exception {
        Operation operation = operation(method, path);
        done.add(operation.toString());
        holds(operation, api.send(method, operation.at(name), body), 2);
    }

    private void does(String method, String path, String name, String query, String body)
            throws Exception {
        Operation operation = operation(method, path);
        done.add(operation.toString());
        holds(operation, api.send(method, operation.at(name) + query, body), 2);
    }

    /// What this home has no ground for.
    private void refuses(String method, String path, String body) throws Exception {
        Operation operation = operation(method, path);
        done.add(operation.toString());
        holds(operation, api.send(method, path, body), 4);
    }

    private Operation operation(String method, String path) {
        return operations.stream()
                .filter(o -> o.method().equals(method) && o.path().equals(path))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no route " + method + " " + path));
    }

    private void holds(Operation operation, ApiFixture.Answer answer, int hundred) {
        JsonNode described =
                operation.node().path("responses").path(Integer.toString(answer.status()));
        String what = operation + " " + answer.status() + " " + answer.text();
        if (answer.status() / 100 != hundred) {
            faults.add(what + ": another outcome than was meant");
        } else if (described.isMissingNode()) {
            faults.add(what + ": this status is not described");
        } else if (hundred == 4
                && !described.path("description").asText().contains(answer.code())) {
            faults.add(what + ": this code is not described");
        } else {
            JsonNode schema =
                    hundred == 4
                            ? error
                            : described.path("content").path("application/json").path("schema");
            if (schema.isMissingNode() != answer.text().isEmpty()) {
                faults.add(what + ": a body where none is described, or none");
            } else if (!schema.isMissingNode()) {
                SchemaCheck.faults(schema, answer.body())
                        .forEach(fault -> faults.add(what + ": " + fault));
            }
        }
    }

    @Test
    void whatIsDoneIsAnsweredAsItIsDescribed() throws Exception {
        providers();
        slots();
        models();
        memory();
        home();

        assertThat(faults).isEmpty();
        assertThat(operations.stream().map(Operation::toString).toList())
                .as("every route that changes something was asked")
                .containsExactlyInAnyOrderElementsOf(done);
    }

    private void providers() throws Exception {
        String all = "/api/upstreams";
        does(
                "POST",
                all,
                "",
                "{\"name\":\"x\",\"url\":\"http://127.0.0.1:9/v1\",\"auth_value_env\":\"X_KEY\"}");
        does("PATCH", all + "/{name}", "x", "{\"advertise_models\":false}");
        does("POST", all + "/{name}/test", "x", "");
        String credentials = "/api/providers/{name}/credentials";
        does("POST", credentials, "x", "{\"key\":\"X_KEY\",\"value\":\"sk-x\"}");
        does("DELETE", credentials, "x", "");
        does("DELETE", all + "/{name}", "x", "");
    }

    private void slots() throws Exception {
        String all = "/api/slots";
        does("PUT", "/api/capabilities", "", "{\"chat\":\"idle\"}");
        does(
                "POST",
                all,
                "",
                "{\"name\":\"new\",\"slot\":{\"type\":\"llm\",\"enabled\":false},\"model\":{\"default\":\"m\"}}");
        does("PUT", all + "/{name}", "new", "{\"slot\":{\"pinned\":true}}");
        String file = "\"model\":\"%s\"".formatted(folder.resolve("m.gguf"));
        does("POST", all + "/{name}/load", "idle", "{" + file + "}");
        while (api.get("/api/slots/idle").body().path("state").asText().equals("offline")) {
            Thread.onSpinWait();
        }
        does("POST", all + "/{name}/restart", "idle", "");
        does("POST", all + "/{name}/swap", "idle", "{" + file + ",\"persist\":false}");
        does("POST", all + "/{name}/unload", "idle", "");
        does("DELETE", all + "/{name}", "new", "");
        does(
                "POST",
                "/api/profiles",
                "",
                "{\"name\":\"mine\",\"image\":\"docker.io/x/y\",\"command\":[\"serve\"]}");
        does("PUT", "/api/profiles/{name}", "mine", "{\"health_path\":\"/up\"}");
        does("DELETE", "/api/profiles/{name}", "mine", "");
    }

    private void models() throws Exception {
        String all = "/api/models/registry";
        does("POST", all, "", "{\"id\":\"r\",\"ref\":\"hf:a/b/c.gguf\"}");
        does("POST", all + "/{id}/assign", "r", "{\"slot\":\"idle\"}");
        does("DELETE", all + "/{id}", "r", "?force=true", "");
        try (MockWebServer server = new MockWebServer()) {
            server.setDispatcher(
                    new Dispatcher() {
                        @Override
                        public MockResponse dispatch(RecordedRequest request) {
                            return new MockResponse.Builder()
                                    .body("GGUF" + "x".repeat(100_000))
                                    .throttleBody(100, 1, TimeUnit.SECONDS)
                                    .build();
                        }
                    });
            server.start();
            String wish = "{\"reference\":\"%s\"}".formatted(server.url("/m.gguf"));
            does("POST", "/api/models/pull", "", wish);
            // Joins the one that runs.
            does("POST", "/api/models/pull", "", wish);
            String job = api.get("/api/models/pull").body().path(0).path("job").asText();
            does("DELETE", "/api/models/pull/{job}", job, "");
        }
    }

    private void memory() throws Exception {
        String all = "/api/memory";
        does("POST", all, "", "{\"text\":\"the port is 8080\",\"metadata\":{\"a\":\"b\"}}");
        does("PUT", all + "/{id}", "1", "{\"tags\":[\"port\"]}");
        does("POST", all + "/import", "", "{\"text\":\"another\"}\n");
        does("DELETE", all + "/{id}", "1", "");
        does("DELETE", all, "", "?older_than=1d", "");
    }

    private void home() throws Exception {
        refuses("POST", "/api/models/catalog", "");
        refuses("POST", "/api/gpu/mode", "{\"mode\":\"nobody\"}");
        does("PUT", "/api/settings", "", "{\"values\":{\"budget.day_usd\":5}}");
        does("POST", "/api/reload", "", "");
        String asked =
                api.hal0()
                        .controlParts()
                        .approvals
                        .ask("slot_delete", "delete", "{\"slot\":\"idle\"}", "bot", () -> "{}")
                        .id();
        does("POST", "/api/approvals/{id}", asked, "{\"approve\":false}");
        does("POST", "/api/keys", "", "{\"name\":\"one\",\"launch\":true}");
        String id = api.get("/api/keys").body().path(0).path("id").asText();
        does("PATCH", "/api/keys/{key}", id, "{\"rpm\":5}");
        does("DELETE", "/api/keys/{key}", id, "");
        String admin =
                api.hal0()
                        .ownKeys()
                        .create(new KeyControl.Wish("tool", Scope.ADMIN, Allowance.ALL, true))
                        .key();
        does("POST", "/api/login", "", "{\"key\":\"" + admin + "\"}");
        does("POST", "/api/logout", "", "");
    }

    /// Refused for a name that nobody has, or a field that is none.
    @Test
    void whatIsRefusedIsRefusedAsItIsDescribed() throws Exception {
        int refused = 0;
        for (Operation operation : operations) {
            if (!operation.hasName() && operation.body().isMissingNode()) {
                continue;
            }
            refused++;
            String body = operation.body().isMissingNode() ? "" : "{\"nope\":1}";
            holds(operation, api.send(operation.method(), operation.at("nobody"), body), 4);
        }
        assertThat(refused).isGreaterThan(20);
        assertThat(faults).isEmpty();
    }
}
