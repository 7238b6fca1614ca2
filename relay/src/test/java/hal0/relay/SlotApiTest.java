package hal0.relay;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import hal0.relay.event.Event;
import hal0.relay.testing.RawClient;
import hal0.relay.testing.RelayFixture;
import hal0.relay.testing.RelayFixture.Setup;
import hal0.relay.testing.ScriptedSlots;
import hal0.slots.error.SlotException;
import hal0.slots.error.SlotProblem;
import hal0.slots.lifecycle.StateName;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// `/api/slots` as programs see it.
class SlotApiTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir private Path folder;
    private final ScriptedSlots slots = new ScriptedSlots();
    private RelayFixture relay;

    @BeforeEach
    void start() {
        slots.with("chat", StateName.READY, "qwen", URI.create("http://127.0.0.1:8081"));
        relay = new RelayFixture(folder, Setup.of());
        relay.run(slots);
    }

    @AfterEach
    void stop() {
        relay.close();
    }

    private RawClient.Answer send(String method, String path, String body) {
        return relay.ask(
                "%s %s HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s"
                        .formatted(method, path, body.length(), body)
                        .getBytes());
    }

    private RawClient.Answer get(String path) {
        return send("GET", path, "");
    }

    private static JsonNode json(RawClient.Answer answer) {
        try {
            return JSON.readTree(answer.text());
        } catch (IOException e) {
            throw new AssertionError(answer.text(), e);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"load", "unload", "restart"})
    void anOrderIsAnsweredAtOnceAndWithWaitWhenItIsDone(String order) {
        RawClient.Answer at = send("POST", "/api/slots/chat/" + order, "");
        RawClient.Answer settled = send("POST", "/api/slots/chat/" + order + "?wait=5", "{}");

        assertThat(at.status()).isEqualTo(202);
        assertThat(json(at).path("name").asText()).isEqualTo("chat");
        assertThat(settled.status()).isEqualTo(200);
        assertThat(json(settled).path("state").asText()).isEqualTo("ready");
        assertThat(slots.orders())
                .containsExactly(order + " chat", order + " chat", "await chat 5");
    }

    @Test
    void whatIsStillUnderWayWhenTheWaitIsOverIsNotSaidToBeDone() {
        slots.becomes("chat", StateName.PULLING, "qwen", "");

        assertThat(send("POST", "/api/slots/chat/load?wait=0.01", "").status()).isEqualTo(202);
    }

    @Test
    void aLoadThatFailedIsAnErrorForWhoWaited() {
        slots.becomes("chat", StateName.ERROR, "qwen", "llama-server ended with 1");

        RawClient.Answer answer = send("POST", "/api/slots/chat/load?wait=5", "");

        assertThat(answer.status()).isEqualTo(502);
        assertThat(json(answer).path("error").path("code").asText()).isEqualTo("slot.load_failed");
        assertThat(json(answer).path("error").path("message").asText()).contains("ended with 1");
        assertThat(answer.header("Retry-After")).isEmpty();
    }

    @Test
    void swapNeedsAModelAndKeepsItUnlessToldNotTo() {
        assertThat(send("POST", "/api/slots/chat/swap", "{}").status()).isEqualTo(422);
        assertThat(send("POST", "/api/slots/chat/swap", "{\"model\":\"a\"}").status())
                .isEqualTo(202);
        slots.becomes("chat", StateName.READY, "a", "");
        awaitDefinition();
        assertThat(
                        send("POST", "/api/slots/chat/swap", "{\"model\":\"b\",\"persist\":false}")
                                .status())
                .isEqualTo(202);

        slots.becomes("chat", StateName.READY, "b", "");
        assertThat(relay.definitions()).containsExactly("change chat {model.default=a}");
    }

    private void awaitDefinition() {
        Instant end = Instant.now().plusSeconds(20);
        while (relay.definitions().isEmpty() && Instant.now().isBefore(end)) {
            LockSupport.parkNanos(1_000_000);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "NOT_FOUND, 404",
        "ILLEGAL_TRANSITION, 409",
        "NO_FREE_PORT, 409",
        "ALREADY_EXISTS, 409",
        "PINNED, 409",
        "CONFIG_ERROR, 400",
        "LOAD_FAILED, 502",
        "LOADING, 503",
        "CRASH_LOOPING, 503",
        "RUNTIME_UNAVAILABLE, 503",
        "QUEUE_FULL, 429",
        "IMAGE_MODE, 503",
        "INFERENCE_MODE, 503",
    })
    void everyRefusalHasItsStatusAndCode(SlotProblem problem, int status) {
        slots.refuse(SlotException.of(problem, "why").after(Duration.ofSeconds(3)));
        relay.refuseDefinitions(SlotException.of(problem, "why"));

        for (String path : List.of("/api/slots/chat/load", "/api/slots/chat/unload")) {
            RawClient.Answer answer = send("POST", path, "");
            assertThat(answer.status()).isEqualTo(status);
            assertThat(json(answer).path("error").path("code").asText()).isEqualTo(problem.code());
        }
        assertThat(send("POST", "/api/slots", "{\"name\":\"x\"}").status()).isEqualTo(status);
        assertThat(send("PUT", "/api/slots/chat", "{}").status()).isEqualTo(status);
    }

    @Test
    void definitionsAreCheckedFieldByFieldAndNeverTakeACommand() {
        RawClient.Answer wrong =
                send(
                        "POST",
                        "/api/slots",
                        "{\"name\":\"x\",\"slot\":{\"prt\":1,\"port\":\"a\",\"command\":[\"sh\"]},\"model\":3}");

        assertThat(wrong.status()).isEqualTo(422);
        assertThat(wrong.text())
                .contains("slot.prt", "\\\"port\\\"", "slot.port", "slot.command", "\"model\"");
        assertThat(relay.definitions()).isEmpty();

        RawClient.Answer made =
                send(
                        "POST",
                        "/api/slots",
                        "{\"name\":\"chat\",\"slot\":{\"aliases\":\"one\"},\"server\":{\"env\":{\"A\":\"b\"}}}");
        assertThat(made.status()).isEqualTo(201);
        assertThat(relay.definitions())
                .containsExactly("create chat {slot.aliases=[one], server.env.A=b}");
    }

    @Test
    void resolvedTellsWhereEachWordComesFromAndHidesValuesOfVariables() {
        RawClient.Answer answer = get("/api/slots/chat/resolved");

        JsonNode resolved = json(answer);
        assertThat(resolved.path("argv").get(0).path("source").asText()).isEqualTo("slot");
        assertThat(resolved.path("argv").get(0).path("place").asText())
                .isEqualTo("slots/chat.toml:3");
        assertThat(resolved.path("differs").asBoolean()).isTrue();
        assertThat(answer.text()).contains("HF_TOKEN").doesNotContain("hf_secret");
    }

    @Test
    void metricsAreNumbersOfOneSlot() {
        JsonNode metrics = json(get("/api/slots/chat/metrics"));

        assertThat(metrics.path("in_flight").asInt()).isZero();
        assertThat(metrics.path("requests").isNumber()).isTrue();
        assertThat(metrics.path("memory_mb").isNull()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "/state", "/logs", "/resolved", "/metrics", "/events", "/logs/stream"})
    void aSlotThatIsNotThereIsNotFoundAnywhere(String view) {
        RawClient.Answer answer = get("/api/slots/nobody" + view);

        assertThat(answer.status()).isEqualTo(404);
        assertThat(json(answer).path("error").path("code").asText()).isEqualTo("slot.not_found");
    }

    @ParameterizedTest
    @ValueSource(strings = {"logs?lines=x", "state?wait=soon", "load?wait=-1"})
    void numbersThatAreNoneAreRefused(String query) {
        String method = query.startsWith("load") ? "POST" : "GET";

        assertThat(send(method, "/api/slots/chat/" + query, "").status()).isEqualTo(422);
    }

    @Test
    void statesAreToldAsTheyCome() {
        try (RawClient client = new RawClient(relay.port())) {
            client.send("GET /api/slots/chat/events HTTP/1.1\r\nHost: localhost\r\n\r\n")
                    .awaitText("\"state\":\"ready\"");
            slots.becomes("chat", StateName.UNLOADING, "qwen", "");
            client.awaitText("\"state\":\"unloading\"").awaitText(": quiet");
        }
    }

    @Test
    void lastLinesThenTheEndAreStreamed() {
        try (RawClient client = new RawClient(relay.port())) {
            client.send("GET /api/slots/chat/logs/stream HTTP/1.1\r\nHost: localhost\r\n\r\n");
            RawClient.Answer answer = client.receive();
            assertThat(answer.whole()).isTrue();
            assertThat(answer.text()).contains("\"text\":\"first\"", "\"text\":\"second\"");
        }
    }

    @Test
    void eventsTellStatesAndNotEachRequest() throws Exception {
        slots.becomes("chat", StateName.SERVING, "qwen", "");
        slots.becomes("chat", StateName.READY, "qwen", "");
        slots.becomes("chat", StateName.SERVING, "qwen", "");
        slots.becomes("chat", StateName.ERROR, "qwen", "it crashed");

        List<Event> told =
                relay.events()
                        .after(0, Duration.ZERO, new hal0.providers.http.CancelToken())
                        .events();

        assertThat(told)
                .filteredOn(event -> event.type().equals("slot.state"))
                .extracting(Event::message)
                .containsExactly("the slot chat is serving", "the slot chat is error: it crashed");
    }

    @Test
    void gpuModeIsOneOfTwo() {
        assertThat(json(get("/api/gpu")).path("shares").get(0).path("mb").asLong()).isEqualTo(512);
        assertThat(send("POST", "/api/gpu/mode", "{\"mode\":\"img\",\"pin\":true}").status())
                .isEqualTo(200);
        assertThat(send("POST", "/api/gpu/mode", "{\"mode\":\"games\"}").status()).isEqualTo(422);
        assertThat(slots.orders()).containsExactly("mode img false true");
    }

    @Test
    void withoutSlotsTheListSaysThatNobodyRunsThem() {
        RelayFixture bare = new RelayFixture(folder.resolve("bare"), Setup.of());
        try (bare) {
            RawClient.Answer answer =
                    bare.ask("GET /api/slots HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes());
            assertThat(answer.text()).contains("hal0 serve");
        }
    }
}
