package hal0.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import hal0.cli.Hal0Process.Ended;
import hal0.cli.console.ExitCode;
import hal0.slots.testing.ModelServer;
import hal0.slots.testing.SlotRuntimeContract;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Slots as a new user meets them: the real program, and a real server for each model.
class SlotsEndToEndTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String CHAT =
            "{\"model\":\"%s\",\"max_tokens\":20,\"stream\":%s,\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}";

    @TempDir Path folder;
    private final HttpClient client = HttpClient.newHttpClient();
    private TestHome home;
    private String relay = "";

    @BeforeEach
    void configure() throws Exception {
        Path server = ModelServer.binary();
        home = new TestHome(folder).config("");
        Path start =
                Files.writeString(
                        folder.resolve("start.sh"),
                        "#!/bin/sh\nexec %s --host \"$1\" --port \"$2\" --model \"$3\"\n"
                                .formatted(server));
        Files.setPosixFilePermissions(start, PosixFilePermissions.fromString("rwx------"));
        for (String model : List.of("alpha", "beta")) {
            Files.writeString(folder.resolve(model + ".gguf"), "");
        }
        Files.writeString(
                folder.resolve("models.toml"),
                """
                [[model]]
                id = "alpha"
                path = "%1$s/alpha.gguf"
                [[model]]
                id = "beta"
                path = "%1$s/beta.gguf"
                """
                        .formatted(folder));
        List<String> create =
                new ArrayList<>(
                        List.of("slots", "create", "chat", "--runtime", "process", "--model"));
        create.addAll(List.of("alpha", "--alias", "primary", "--no-enabled"));
        create.addAll(List.of("--port", String.valueOf(SlotRuntimeContract.freePort())));
        create.add("--");
        create.addAll(List.of(start.toString(), "${HOST}", "${PORT}", "${MODEL}"));
        done(create.toArray(String[]::new));
    }

    @AfterEach
    void end() {
        client.close();
        // What runs goes on running without its relay: nothing of it may outlive the test.
        for (ProcessHandle process : ProcessHandle.allProcesses().toList()) {
            String line = process.info().commandLine().orElse("");
            if (line.contains(folder.toString()) && line.contains("model-server")) {
                process.destroyForcibly();
            }
        }
    }

    private Ended done(String... arguments) throws Exception {
        Ended ended = home.hal0().run(arguments);
        assertThat(ended.exit()).as(ended.err()).isZero();
        return ended;
    }

    private Hal0Process serve() throws Exception {
        Hal0Process serve = home.hal0().start("serve", "--port", "0");
        relay = serve.relayAddress();
        return serve;
    }

    private void stop(Hal0Process serve) throws Exception {
        if (!state("chat").path("state").asText().equals("offline")) {
            done("slots", "unload", "chat");
        }
        serve.signal("TERM");
        serve.ended();
    }

    private HttpResponse<String> post(String path, String body) throws Exception {
        return client.send(
                HttpRequest.newBuilder(URI.create(relay + path))
                        .header("Content-Type", "application/json")
                        .timeout(PATIENCE)
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                BodyHandlers.ofString());
    }

    private JsonNode get(String path) throws Exception {
        return TestHome.json(
                client.send(
                                HttpRequest.newBuilder(URI.create(relay + path)).build(),
                                BodyHandlers.ofString())
                        .body());
    }

    private JsonNode state(String slot) throws Exception {
        return get("/api/slots/" + slot);
    }

    /// The slot as it is ready and answers nobody.
    private JsonNode awaitRest() throws Exception {
        return awaitState(slot -> List.of("ready", "idle").contains(slot.path("state").asText()));
    }

    private JsonNode awaitState(Predicate<JsonNode> wanted) throws Exception {
        long end = System.nanoTime() + PATIENCE.toNanos();
        JsonNode now = state("chat");
        while (!wanted.test(now)) {
            assertThat(System.nanoTime()).as(now.toString()).isLessThan(end);
            now = get("/api/slots/chat/state?wait=0.2");
        }
        return now;
    }

    /// What a move looks like in its file, which may be told before it is written.
    private static String awaitWritten(Path file, String moment) throws Exception {
        long end = System.nanoTime() + PATIENCE.toNanos();
        String text = Files.readString(file);
        while (!text.contains(moment)) {
            assertThat(System.nanoTime()).as(text + " is not of " + moment).isLessThan(end);
            LockSupport.parkNanos(5_000_000);
            text = Files.readString(file);
        }
        return text;
    }

    private static long pid(JsonNode slot) {
        return Long.parseLong(slot.path("extra").path("id").asText().replaceAll("@.*", ""));
    }

    @Test
    void fromNothingToAnAnswerInEveryDialect() throws Exception {
        Ended before = done("slots", "list", "--json");
        assertThat(before.err()).contains("No relay runs", "hal0 serve");
        assertThat(TestHome.json(before.out()).get(0).path("state").asText()).isEqualTo("offline");
        assertThat(done("providers", "list").out()).contains("chat", "slots/chat.toml");
        Ended refused = home.hal0().run("slots", "load", "chat");
        assertThat(refused.exit()).isEqualTo(ExitCode.FAILED);
        assertThat(refused.err()).contains("no relay runs", "hal0 serve");

        try (Hal0Process serve = serve()) {
            Ended loaded = done("slots", "load", "chat");
            assertThat(loaded.err()).contains("chat is ready with alpha at http://127.0.0.1:");

            Map<String, String> asked =
                    Map.of(
                            "/v1/chat/completions",
                            CHAT.formatted("primary", "false"),
                            "/v1/messages",
                            CHAT.formatted("primary", "true"),
                            "/v1/responses",
                            "{\"model\":\"alpha\",\"input\":\"hi\"}",
                            "/v1beta/models/chat:generateContent",
                            "{\"contents\":[{\"parts\":[{\"text\":\"hi\"}]}]}");
            for (Map.Entry<String, String> one : asked.entrySet()) {
                HttpResponse<String> answer = post(one.getKey(), one.getValue());
                assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
                assertThat(answer.body()).contains("alpha", "heard:");
                assertThat(answer.headers().firstValue("x-hal0-provider")).contains("chat");
            }

            JsonNode listed = get("/v1/models").path("data");
            assertThat(listed.get(0).path("id").asText()).isEqualTo("chat");
            assertThat(listed.get(1).path("_hal0").path("alias").asText()).isEqualTo("primary");
            assertThat(listed.get(2).path("id").asText()).isEqualTo("alpha");

            assertThat(done("slots", "list").out()).contains("chat", "ready", "alpha", "primary");
            JsonNode status = TestHome.json(done("slots", "status", "chat", "--json").out());
            assertThat(status.toString()).contains("ready", "alpha");
            assertThat(done("slots", "logs", "chat", "-n", "50").out())
                    .contains("POST /v1/chat/completions");
            assertThat(done("slots", "resolved", "chat").out())
                    .contains("alpha.gguf", "models.toml");
            assertThat(done("slots", "gpu").out()).contains("memory", "chat");
            assertThat(done("doctor").out()).contains("slot.chat");

            stop(serve);
        }
        assertThat(home.ledger())
                .hasSize(4)
                .allSatisfy(row -> {
                    assertThat(row.provider()).isEqualTo("chat");
                    assertThat(row.outcome()).isEqualTo("ANSWERED");
                });
    }

    @Test
    void aSlotIsLoadedWhenItIsAskedForAndSaysSoToWhoCannotWait() throws Exception {
        try (Hal0Process serve = serve()) {
            HttpResponse<String> impatient =
                    client.send(
                            HttpRequest.newBuilder(URI.create(relay + "/v1/chat/completions"))
                                    .header("x-hal0-wait", "0")
                                    .POST(
                                            HttpRequest.BodyPublishers.ofString(
                                                    CHAT.formatted("chat", "false")))
                                    .build(),
                            BodyHandlers.ofString());
            assertThat(impatient.statusCode()).isEqualTo(503);
            assertThat(impatient.headers().firstValue("Retry-After")).isPresent();
            assertThat(impatient.body()).contains("slot.loading", "\"slot\":\"chat\"");

            assertThat(post("/v1/chat/completions", CHAT.formatted("chat", "false")).statusCode())
                    .isEqualTo(200);
            stop(serve);
        }
    }

    @Test
    void noClientSeesASwapNorTheEndOfAServer() throws Exception {
        try (Hal0Process serve = serve();
                Load load = new Load()) {
            done("slots", "load", "chat");
            load.start();
            load.awaitAnswers(50);
            done("slots", "swap", "chat", "--model", "beta");
            assertThat(Files.readString(folder.resolve("slots/chat.toml")))
                    .contains("default = \"beta\"");
            load.awaitAnswersOfBeta();
            done("slots", "swap", "chat", "--model", "alpha", "--no-persist");
            assertThat(Files.readString(folder.resolve("slots/chat.toml")))
                    .contains("default = \"beta\"");

            assertThat(done("slots", "load", "chat").err())
                    .contains(
                            "It keeps alpha; its own model is beta",
                            "slots load chat --model beta");

            JsonNode swapped = state("chat");
            assertThat(swapped.path("model").asText()).as(swapped.toString()).isEqualTo("alpha");
            long before = pid(swapped);
            ProcessHandle.of(before).orElseThrow().destroyForcibly();
            JsonNode back = awaitState(slot -> slot.path("extra").has("id") && pid(slot) != before);
            assertThat(back.path("model").asText()).as(back.toString()).isEqualTo("alpha");
            load.awaitMore(50);
            load.close();

            assertThat(load.failures).isEmpty();
            stop(serve);
        }
    }

    @Test
    void aKilledRelayFindsItsSlotAgainAndASecondOneLeavesItAlone() throws Exception {
        long server;
        try (Hal0Process serve = serve()) {
            done("slots", "load", "chat");
            server = pid(state("chat"));
            serve.signal("KILL");
            serve.ended();
        }
        assertThat(ProcessHandle.of(server).map(ProcessHandle::isAlive)).contains(true);
        assertThat(done("slots", "list").out()).contains("ready", "alpha");

        try (Hal0Process serve = serve()) {
            JsonNode adopted = awaitRest();
            assertThat(pid(adopted)).isEqualTo(server);
            assertThat(post("/v1/chat/completions", CHAT.formatted("primary", "false")).body())
                    .contains("alpha");

            // The answer has come before its place is given back.
            JsonNode before = awaitRest();
            Path file = folder.resolve("state/slots/chat/state.json");
            String written = awaitWritten(file, before.path("updated_at").asText());
            Ended second = home.hal0().run("serve", "--port", "0");
            assertThat(second.exit()).isEqualTo(ExitCode.FAILED);
            assertThat(second.err()).contains("another hal0 (process", "owns this home", relay);
            assertThat(pid(state("chat"))).isEqualTo(server);
            assertThat(state("chat").path("updated_at")).isEqualTo(before.path("updated_at"));
            assertThat(Files.readString(file)).isEqualTo(written);
            stop(serve);
        }
        // One that nobody has waited for is there without a command.
        assertThat(ProcessHandle.of(server).flatMap(process -> process.info().command())).isEmpty();
    }

    /// Clients that ask again and again, whole answers and streams.
    private final class Load implements AutoCloseable {
        private final Queue<String> failures = new ConcurrentLinkedQueue<>();
        private final AtomicInteger answers = new AtomicInteger();
        private final AtomicInteger beta = new AtomicInteger();
        private final AtomicBoolean over = new AtomicBoolean();
        private final List<Thread> threads = new ArrayList<>();

        void start() {
            for (int i = 0; i < 4; i++) {
                String body = CHAT.formatted("primary", i % 2 == 0);
                threads.add(Thread.ofVirtual().start(() -> ask(body)));
            }
        }

        private void ask(String body) {
            while (!over.get()) {
                try {
                    HttpResponse<String> answer = post("/v1/chat/completions", body);
                    if (answer.statusCode() != 200 || !answer.body().contains("heard")) {
                        failures.add(answer.statusCode() + " " + answer.body());
                    }
                    if (answer.body().contains("beta")) {
                        beta.incrementAndGet();
                    }
                } catch (Exception e) {
                    failures.add(e.toString());
                }
                answers.incrementAndGet();
            }
        }

        void awaitAnswers(int count) {
            await(() -> answers.get() >= count);
        }

        void awaitMore(int count) {
            awaitAnswers(answers.get() + count);
        }

        void awaitAnswersOfBeta() {
            await(() -> beta.get() > 0);
        }

        private void await(BooleanSupplier done) {
            long end = System.nanoTime() + PATIENCE.toNanos();
            while (!done.getAsBoolean()) {
                assertThat(System.nanoTime()).as(failures.toString()).isLessThan(end);
                LockSupport.parkNanos(1_000_000);
            }
        }

        @Override
        public void close() throws InterruptedException {
            over.set(true);
            for (Thread thread : threads) {
                thread.join(PATIENCE);
            }
        }
    }
}
