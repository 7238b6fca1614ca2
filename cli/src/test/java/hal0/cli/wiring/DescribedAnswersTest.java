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
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// What routes answer, against what their descriptions promise.
@Timeout(120)
class DescribedAnswersTest {
    @TempDir private Path folder;

    /// What stands for the variable of a path on a home that has something.
    private static final Map<String, String> NAMES =
            Map.of(
                    "/api/upstreams/{name}", "up",
                    "/api/providers/{name}/models", "box",
                    "/api/profiles/{name}", "llama-server");

    private List<String> faults(ApiFixture api) throws Exception {
        List<String> faults = new ArrayList<>();
        JsonNode document = api.get("/api/openapi.json").body();
        JsonNode error = document.at("/components/schemas/Error");
        int asked = 0;
        for (Operation operation : Operations.of(document).all()) {
            if (!operation.method().equals("GET") || operation.streams()) {
                continue;
            }
            asked++;
            String name = NAMES.getOrDefault(operation.path(), "idle");
            var answer = api.get(operation.at(name));
            JsonNode described =
                    operation.answer(answer.status()).path("application/json").path("schema");
            JsonNode schema = answer.status() < 400 ? described : error;
            if (answer.status() >= 500) {
                faults.add(operation + " answers " + answer.status());
            }
            if (!answer.body().isMissingNode()) {
                SchemaCheck.faults(schema, answer.body())
                        .forEach(fault -> faults.add(operation + " " + fault));
            }
        }
        assertThat(asked).isGreaterThan(25);
        return faults;
    }

    @Test
    void onAnEmptyHomeEachAnswerIsAsItIsDescribed() throws Exception {
        ApiFixture.write(folder, "config.toml", "");
        try (ApiFixture api = new ApiFixture(folder, Map.of())) {
            assertThat(faults(api)).isEmpty();
        }
    }

    @Test
    void onAHomeThatHasSomethingOfEverythingToo() throws Exception {
        ApiFixture.write(
                folder,
                "config.toml",
                "[active]\nprovider = \"demo\"\n[providers.box]\nbase_url = \"http://127.0.0.1:9/v1\"\n[[providers.box.models]]\nid = \"m\"\n");
        ApiFixture.write(
                folder,
                "upstreams.toml",
                "[[upstream]]\nname = \"up\"\nurl = \"http://127.0.0.1:9/v1\"\nauth_value_env = \"UP_KEY\"\n");
        ApiFixture.write(
                folder, "models.toml", "[[model]]\nid = \"idle\"\npath = \"/nowhere/m.gguf\"\n");
        Files.createDirectories(folder.resolve("slots"));
        ApiFixture.write(
                folder,
                "slots/idle.toml",
                "[slot]\ntype = \"llm\"\nruntime = \"process\"\ndevice = \"cpu\"\ncommand = [\"sleep\", \"60\"]\nenabled = false\n[model]\ndefault = \"m\"\n");
        try (ApiFixture api = new ApiFixture(folder, Map.of())) {
            api.send("POST", "/v1/chat/completions", "{\"model\":\"demo\",\"messages\":[]}");
            api.send(
                    "POST",
                    "/v1/chat/completions",
                    "{\"model\":\"demo/demo\",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}");
            api.send("POST", "/api/upstreams", "{\"name\":\"x\",\"url\":\"http://x.test/v1\"}");
            api.hal0()
                    .controlParts()
                    .approvals
                    .ask("slot_delete", "delete", "{\"slot\":\"idle\"}", "bot", () -> "{}");
            api.hal0()
                    .ownKeys()
                    .create(new KeyControl.Wish("tool", Scope.CLIENT, Allowance.ALL, true));
            assertThat(faults(api)).isEmpty();
        }
    }

    /// A description without fields promises nothing, and nothing could be held against it.
    @Test
    void everyAnswerInJsonSaysWhatIsInIt() throws Exception {
        ApiFixture.write(folder, "config.toml", "");
        List<String> bare = new ArrayList<>();
        try (ApiFixture api = new ApiFixture(folder, Map.of())) {
            for (Operation operation : Operations.of(api.get("/api/openapi.json").body()).all()) {
                operation
                        .node()
                        .path("responses")
                        .properties()
                        .forEach(response -> {
                            if (response.getKey().startsWith("2")) {
                                JsonNode schema =
                                        response.getValue().at("/content/application~1json/schema");
                                JsonNode object =
                                        schema.has("items") ? schema.path("items") : schema;
                                if (!schema.isMissingNode() && !object.has("properties")) {
                                    bare.add(operation.toString());
                                }
                            }
                        });
            }
        }
        assertThat(bare).containsExactly("GET /api/openapi.json");
    }
}
