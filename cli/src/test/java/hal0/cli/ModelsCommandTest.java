package hal0.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import hal0.cli.Hal0Process.Ended;
import hal0.cli.console.ExitCode;
import hal0.slots.testing.FakeHub;
import hal0.slots.testing.GgufWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `hal0 models` and `/api/models`, with a hub on this machine.
class ModelsCommandTest {
    private static final String REFERENCE = "hf:org/repo:Q4_K_M";
    private static final String FILE = "Tiny-Q4_K_M.gguf";

    @TempDir Path folder;
    private final HttpClient client = HttpClient.newHttpClient();
    private final byte[] model = large();
    private FakeHub hub;
    private TestHome home;

    private static byte[] large() {
        byte[] words = GgufWriter.tiny("llama", "Tiny").bytes();
        return Arrays.copyOf(words, words.length + 200_000);
    }

    @BeforeEach
    void start() throws Exception {
        hub = new FakeHub();
        hub.put("org/repo/" + FILE, model);
        home = new TestHome(folder).config("# mine\n");
    }

    @AfterEach
    void stop() {
        hub.close();
        client.close();
    }

    private Hal0Process.Setup hal0() {
        return home.hal0().set("HF_ENDPOINT", hub.endpoint()).set("HF_TOKEN", "hf_secret");
    }

    private Ended models(String... arguments) throws Exception {
        String[] all = new String[arguments.length + 1];
        all[0] = "models";
        System.arraycopy(arguments, 0, all, 1, arguments.length);
        return hal0().run(all);
    }

    @Test
    void pulledModelIsListedShownAssignedAndRemovedWithoutARelay() throws Exception {
        Ended pulled = models("pull", REFERENCE, "--id", "tiny");
        assertThat(pulled.exit()).as(pulled.err()).isZero();
        Path file = folder.resolve("data/models/hf/org/repo").resolve(FILE);
        assertThat(pulled.out().strip()).isEqualTo(file.toString());
        assertThat(pulled.err()).contains("Registered as tiny").doesNotContain("hf_secret");
        assertThat(file).hasBinaryContent(model);

        JsonNode listed = json(models("list", "--json"));
        assertThat(listed).hasSize(1);
        assertThat(listed.get(0).path("state").asText()).isEqualTo("ready");
        assertThat(listed.get(0).path("quantization").asText()).isEqualTo("Q4_K_M");
        assertThat(models("list").out()).contains("tiny", "ready", "chat,tools", "4096");

        JsonNode shown = json(models("show", "tiny", "--ctx-size", "1000", "--json"));
        assertThat(shown.path("ref").asText()).isEqualTo(REFERENCE);
        assertThat(shown.path("file").path("memory").path("context_size").asLong()).isEqualTo(1000);
        assertThat(models("show", REFERENCE).out()).contains("architecture", "llama");

        Files.createDirectory(folder.resolve("slots"));
        Path slot =
                Files.writeString(folder.resolve("slots/chat.toml"), "[slot] # s\nport = 8081\n");
        assertThat(models("assign", "tiny", "--slot", "chat").exit()).isZero();
        assertThat(slot).content().contains("[slot] # s", "default = \"tiny\"");
        assertThat(models("assign", "tiny", "--slot", "none").err()).contains("hal0 slots create");

        Ended used = models("remove", "tiny");
        assertThat(used.exit()).isEqualTo(ExitCode.CONFIGURATION);
        assertThat(used.err()).contains("the model of chat", "--force");
        assertThat(models("remove", "tiny", "--force", "--files").exit()).isZero();
        assertThat(file).doesNotExist();
        assertThat(json(models("list", "--json"))).isEmpty();
    }

    @Test
    void interruptedPullGoesOnWithTheSameCommand() throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        hub.hold(102_400, never);
        Path part = folder.resolve("data/models/hf/org/repo").resolve(FILE + ".part");
        try (Hal0Process pull = hal0().start("models", "pull", REFERENCE)) {
            pull.err().awaitText("of 235 kB");
            pull.signal("INT");
            Ended ended = pull.ended();
            assertThat(ended.exit()).isEqualTo(ExitCode.INTERRUPTED);
        }
        assertThat(part).exists();
        JsonNode listed = json(models("list", "--json"));
        assertThat(listed.get(0).path("state").asText()).isEqualTo("partial");
        assertThat(listed.get(0).path("ref").asText()).isEqualTo(REFERENCE);
        never.countDown();
        Ended again = models("pull", REFERENCE);
        assertThat(again.exit()).as(again.err()).isZero();
        assertThat(hub.contents().getLast().range()).startsWith("bytes=");
    }

    @Test
    void ownerPullsForCommandsAndTheApi() throws Exception {
        try (Hal0Process serve = hal0().start("serve", "--port", "0")) {
            String address = serve.relayAddress();
            Ended pulled = models("pull", REFERENCE, "--json");
            assertThat(pulled.exit()).as(pulled.err()).isZero();
            JsonNode end = json(pulled);
            assertThat(end.path("state").asText()).isEqualTo("done");
            String job = end.path("job").asText();

            HttpResponse<String> one = send("GET", address + "/api/models/pull/" + job, null);
            assertThat(one.statusCode()).isEqualTo(200);
            HttpResponse<String> events =
                    send("GET", address + "/api/models/pull/" + job + "/events", null);
            assertThat(events.headers().firstValue("Content-Type")).contains("text/event-stream");
            assertThat(events.body()).startsWith("data: {").contains("\"state\":\"done\"");

            assertThat(send("GET", address + "/api/models", null).body()).contains("Tiny-Q4_K_M");
            assertThat(models("list").out()).contains("Tiny-Q4_K_M");
            HttpResponse<String> missing =
                    send(
                            "POST",
                            address + "/api/models/pull",
                            "{\"reference\":\"hf:org/none:Q4_0\"}");
            assertThat(missing.statusCode()).isEqualTo(404);
            assertThat(missing.body()).contains("model.not_found", "org/none");
            HttpResponse<String> wrong =
                    send("POST", address + "/api/models/pull", "{\"reference\":\"x\"}");
            assertThat(wrong.statusCode()).isEqualTo(400);

            Path other = Files.write(folder.resolve("other.gguf"), model);
            Ended registered = models("register", "other", "--path", other.toString());
            assertThat(registered.exit()).as(registered.err()).isZero();
            HttpResponse<String> twice =
                    send(
                            "POST",
                            address + "/api/models/registry",
                            "{\"id\":\"other\",\"path\":\"%s\"}".formatted(other));
            assertThat(twice.statusCode()).isEqualTo(409);
            HttpResponse<String> gone =
                    send("DELETE", address + "/api/models/registry/other?files=true", null);
            assertThat(gone.statusCode()).isEqualTo(400);
            assertThat(gone.body()).contains("is not in the store");
            assertThat(send("DELETE", address + "/api/models/registry/other", null).statusCode())
                    .isEqualTo(200);
            assertThat(other).exists();
            assertThat(send("GET", address + "/api/activity", null).body())
                    .contains("model.pull", "model.register", "model.remove");
            assertThat(send("GET", address + "/api/hardware", null).body())
                    .contains("memory_mb", "gpus");
            Ended there = home.hal0().set("HAL0_API_URL", address).run("hardware", "--json");
            assertThat(json(there).path("cores").asInt()).isPositive();
        }
    }

    @Test
    void failuresSayWhatToDo() throws Exception {
        Ended nothing = models("show", "none");
        assertThat(nothing.exit()).isEqualTo(ExitCode.CONFIGURATION);
        assertThat(nothing.err()).contains("there is no model \"none\"", "hal0 models list");
        Path page = Files.writeString(folder.resolve("page.gguf"), "<html>");
        Ended unreadable = models("register", "page", "--path", page.toString());
        assertThat(unreadable.exit()).isEqualTo(ExitCode.CONFIGURATION);
        assertThat(unreadable.err()).contains("is no GGUF file");
        hub.refuse(100);
        assertThat(models("pull", "hf:org/repo:Q9").err()).contains("no Q9", FILE);
        hub.gated();
        Ended gated = models("pull", REFERENCE);
        assertThat(gated.exit()).isEqualTo(ExitCode.UPSTREAM);
        assertThat(gated.err()).contains("licence", "HF_TOKEN").doesNotContain("hf_secret");
    }

    @Test
    void hardwareIsShown() throws Exception {
        Ended people = home.hal0().run("hardware");
        assertThat(people.exit()).as(people.err()).isZero();
        assertThat(people.out()).contains("cpu", "memory");
        JsonNode found = json(home.hal0().run("hardware", "--json"));
        assertThat(found.path("cores").asInt()).isPositive();
        assertThat(found.path("memory_mb").asLong()).isPositive();
    }

    private HttpResponse<String> send(String method, String url, String body) throws Exception {
        return client.send(
                HttpRequest.newBuilder(URI.create(url))
                        .header("Content-Type", "application/json")
                        .method(
                                method,
                                body == null
                                        ? HttpRequest.BodyPublishers.noBody()
                                        : HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private static JsonNode json(Ended ended) throws Exception {
        assertThat(ended.exit()).as(ended.err()).isZero();
        return new ObjectMapper().readTree(ended.out());
    }
}
