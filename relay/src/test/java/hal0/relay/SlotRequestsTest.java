package hal0.relay;

import static org.assertj.core.api.Assertions.assertThat;

import hal0.providers.Auth;
import hal0.providers.Provider;
import hal0.providers.message.Protocol;
import hal0.relay.rescue.Breakers;
import hal0.relay.routing.NamedRoute;
import hal0.relay.routing.NamedRoute.Patience;
import hal0.relay.routing.Names;
import hal0.relay.routing.Strategy;
import hal0.relay.testing.OpenAiStream;
import hal0.relay.testing.RawClient;
import hal0.relay.testing.RawUpstream;
import hal0.relay.testing.RelayFixture;
import hal0.relay.testing.RelayFixture.Setup;
import hal0.relay.testing.ScriptedSlots;
import hal0.slots.Wish;
import hal0.slots.error.SlotException;
import hal0.slots.error.SlotProblem;
import hal0.slots.lifecycle.StateName;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Requests for models that slots serve, over real sockets.
class SlotRequestsTest {
    private static final String ASK =
            "{\"model\":\"chat\",\"max_tokens\":9,\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}";
    private static final String STREAM =
            "{\"model\":\"chat\",\"max_tokens\":9,\"stream\":true,\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}";

    @TempDir private Path folder;
    private final RawUpstream server = new RawUpstream();
    private final RawUpstream hosted = new RawUpstream();
    private final ScriptedSlots slots = new ScriptedSlots();
    private RelayFixture relay;

    @BeforeEach
    void start() {
        slots.with("chat", StateName.READY, "qwen", server.url(""));
        Provider provider =
                Provider.builder("hosted", Protocol.OPENAI, hosted.url("/v1"))
                        .auth(new Auth.None())
                        .injectUsage(false)
                        .retries(0)
                        .build();
        relay = new RelayFixture(folder, Setup.of(provider));
        relay.run(slots);
    }

    @AfterEach
    void stop() {
        relay.close();
        server.close();
        hosted.close();
        assertThat(slots.openPermits()).as("permits nobody gave back").isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "chat,        , container:chat",
        "chat-alias,  , container:chat",
        "qwen,    qwen, container:chat",
        "chat/qwen, qwen, prefix:chat",
        "chat/other, other, prefix:chat",
    })
    void aNameAsksForWhateverIsLoadedAndAModelForThatModel(
            String name, String wished, String route) {
        server.always(OpenAiStream.whole("hello"));

        RawClient.Answer answer = relay.chat(ASK.replace("\"chat\"", "\"" + name + "\""));

        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        assertThat(answer.text()).contains("hello");
        assertThat(answer.header("x-hal0-provider")).contains("chat");
        assertThat(answer.header("x-hal0-route")).contains(route);
        assertThat(slots.wishes())
                .containsExactly(new Wish("chat", wished, Duration.ofSeconds(10)));
        RawUpstream.Asked asked = server.takeAsked();
        assertThat(asked.requestLine()).isEqualTo("POST /v1/chat/completions HTTP/1.1");
        assertThat(asked.text()).contains(wished == null ? "\"qwen\"" : "\"" + wished + "\"");
        assertThat(relay.rows(1).getFirst().provider()).isEqualTo("chat");
    }

    @ParameterizedTest
    @ValueSource(strings = {"chat/third", "chat//etc/passwd", "chat/chat"})
    void noClientPutsAModelIntoASlotThatTheRegistryDoesNotHave(String name) {
        server.always(OpenAiStream.whole("hello"));

        RawClient.Answer answer = relay.chat(ASK.replace("\"chat\"", "\"" + name + "\""));

        // As any name that nobody knows.
        assertThat(answer.header("x-hal0-route")).contains("rule:chat");
        assertThat(slots.wishes()).extracting(Wish::model).containsOnlyNulls();
        assertThat(server.takeAsked().text()).contains("\"model\":\"qwen\"");
    }

    @Test
    void theServerIsToldTheModelThatItHasByThen() {
        server.always(OpenAiStream.whole("hello"));
        slots.becomes("chat", StateName.WARMING, "qwen", "");
        Thread.ofVirtual()
                .start(() -> {
                    slots.awaitWishes(1);
                    slots.becomes("chat", StateName.READY, "llama \"3\"", "");
                });

        assertThat(relay.chat(ASK).status()).isEqualTo(200);

        assertThat(server.takeAsked().text()).contains("\"model\":\"llama \\\"3\\\"\"");
    }

    @Test
    void aKeyOfTheServerIsShownToItAlone() {
        slots.key("generated");
        server.always(OpenAiStream.whole("hello"));

        RawClient.Answer answer = relay.chat(ASK, "Authorization: Bearer clients-own");

        assertThat(answer.text()).doesNotContain("generated");
        assertThat(server.takeAsked().headers())
                .contains("Authorization: Bearer generated")
                .noneMatch(header -> header.contains("clients-own"));
    }

    /// Some servers send the head before they have looked at the prompt.
    @Test
    void theHeadOfAnAnswerIsNoSignOfLifeAndItsFirstWordIs() throws Exception {
        CountDownLatch begin = new CountDownLatch(1);
        CountDownLatch headSent = new CountDownLatch(1);
        server.always(turn -> {
            turn.send(OpenAiStream.HEAD);
            headSent.countDown();
            begin.await();
            turn.chunk(OpenAiStream.words("begun") + OpenAiStream.STOP + OpenAiStream.DONE)
                    .send(OpenAiStream.END);
        });
        try (RawClient client = new RawClient(relay.port())) {
            client.send(RawClient.post("/v1/chat/completions", STREAM));
            headSent.await();
            assertThat(slots.answered()).isZero();
            begin.countDown();
            client.awaitText("[DONE]");
            assertThat(slots.answered()).isPositive();
        }
    }

    @Test
    void thePermitIsHeldToTheEndOfTheStreamAndNoLonger() throws Exception {
        CountDownLatch goOn = new CountDownLatch(1);
        server.always(turn -> {
            turn.send(OpenAiStream.HEAD).chunk(OpenAiStream.words("begun"));
            goOn.await();
            turn.chunk(OpenAiStream.STOP + OpenAiStream.DONE).send(OpenAiStream.END);
        });
        try (RawClient client = new RawClient(relay.port())) {
            client.send(RawClient.post("/v1/chat/completions", STREAM)).awaitText("begun");
            assertThat(slots.openPermits()).isEqualTo(1);
            goOn.countDown();
            client.awaitText("[DONE]");
        }
        relay.rows(1);
        assertThat(slots.permitsClosedTwice()).isZero();
    }

    @Test
    void whoLeavesAStreamLeavesTheSlot() {
        server.always(
                turn -> turn.send(OpenAiStream.HEAD).chunk(OpenAiStream.words("begun")).silence());
        try (RawClient client = new RawClient(relay.port())) {
            client.send(RawClient.post("/v1/chat/completions", STREAM)).awaitText("begun");
        }
        assertThat(relay.rows(1).getFirst().outcome()).isEqualTo("CANCELLED");
    }

    @Test
    void aSlotThatIsLoadingSaysSoWhenPatienceIsOver() {
        slots.becomes("chat", StateName.STARTING, "qwen", "");

        RawClient.Answer answer = relay.chat(ASK, "x-hal0-wait: 0");

        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.header("Retry-After")).contains("7");
        assertThat(answer.header("x-hal0-origin")).contains("relay");
        assertThat(answer.text())
                .contains("\"code\":\"slot.loading\"")
                .contains(
                        "\"details\":{\"retry_after_s\":7,\"slot\":\"chat\",\"state\":\"starting\"}");
        assertThat(slots.wishes()).extracting(Wish::patience).containsExactly(Duration.ZERO);
        assertThat(relay.sleeps()).isEmpty();
        assertThat(relay.number("SELECT count(*) FROM usage_ledger")).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "LOADING, 503, slot.loading, true",
        "LOAD_FAILED, 502, slot.load_failed, false",
        "CRASH_LOOPING, 503, slot.crash_looping, false",
        "QUEUE_FULL, 429, slot.queue_full, true",
        "IMAGE_MODE, 503, gpu.image_mode, true",
        "INFERENCE_MODE, 503, gpu.inference_mode, true",
        "PINNED, 409, gpu.pinned, false",
        "RUNTIME_UNAVAILABLE, 503, slot.runtime_unavailable, true",
        "CONFIG_ERROR, 400, slot.config_error, false",
        "NO_FREE_PORT, 409, slot.no_free_port, false",
        "NOT_FOUND, 404, slot.not_found, false",
    })
    void everyRefusalHasItsCodeInEveryDialect(
            SlotProblem problem, int status, String code, boolean again) {
        slots.refuse(SlotException.of(problem, "no, because").with(Map.of("needs_mb", 900)));
        List<RawClient.Answer> answers =
                List.of(
                        relay.chat(ASK),
                        relay.chat(STREAM),
                        relay.ask(RawClient.post("/v1/messages", ASK)),
                        relay.ask(
                                RawClient.post(
                                        "/v1/responses", "{\"model\":\"chat\",\"input\":\"hi\"}")),
                        relay.ask(
                                RawClient.post(
                                        "/v1beta/models/chat:generateContent",
                                        "{\"contents\":[{\"parts\":[{\"text\":\"hi\"}]}]}")),
                        relay.ask(
                                RawClient.post(
                                        "/v1/embeddings", "{\"model\":\"chat\",\"input\":\"x\"}")));
        assertThat(answers)
                .allSatisfy(answer -> {
                    assertThat(answer.status()).isEqualTo(status);
                    assertThat(answer.text()).contains(code, "no, because", "needs_mb", "900");
                    assertThat(answer.header("Retry-After").isPresent()).isEqualTo(again);
                });
        assertThat(slots.wishes()).as("not tried again").hasSize(6);
        assertThat(relay.breakers().states()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"soon", "-1", "", "1e3", "99999999"})
    void aWaitThatIsNoNumberIsRefused(String value) {
        RawClient.Answer answer = relay.chat(ASK, "x-hal0-wait: " + value);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.text()).contains("x-hal0-wait", "such as 0, 2.5 or 60");
        assertThat(slots.wishes()).isEmpty();
    }

    @Test
    void aStreamThatWaitsLongIsBegunAndKeptCompany() {
        server.always(OpenAiStream.saying("hello"));
        slots.becomes("chat", StateName.PULLING, null, "3 of 9 GB");
        try (RawClient client = new RawClient(relay.port())) {
            client.send(RawClient.post("/v1/chat/completions", STREAM, "x-hal0-wait: 60"))
                    .awaitText(": hal0: the model is loading (pulling, 3 of 9 GB)");
            slots.becomes("chat", StateName.READY, "qwen", "");
            client.awaitText("hello").awaitText("[DONE]");
        }
        assertThat(relay.rows(1).getFirst().outcome()).isEqualTo("ANSWERED");
    }

    @Test
    void aBegunStreamEndsInAnErrorEventWhereLoadingFails() {
        slots.becomes("chat", StateName.PULLING, null, "");
        try (RawClient client = new RawClient(relay.port())) {
            client.send(RawClient.post("/v1/messages", STREAM, "x-hal0-wait: 1"));
            RawClient.Answer answer = client.receive();
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.header("Content-Type")).contains("text/event-stream");
            assertThat(answer.text())
                    .contains("event: error\ndata: {\"type\":\"error\"", "slot.loading")
                    .doesNotContain("message_stop");
        }
    }

    @Test
    void aBegunStreamTellsWhatTheServerRefused() {
        server.always(OpenAiStream.status(400, "{\"error\":{\"message\":\"too long\"}}"));
        slots.becomes("chat", StateName.STARTING, null, "");
        try (RawClient client = new RawClient(relay.port())) {
            client.send(RawClient.post("/v1/chat/completions", STREAM, "x-hal0-wait: 60"))
                    .awaitText("is loading");
            slots.becomes("chat", StateName.READY, "qwen", "");
            client.awaitText("too long");
        }
        relay.rows(1);
    }

    @Test
    void whoLeavesWhileWaitingTakesNothingWithHim() {
        slots.becomes("chat", StateName.STARTING, "qwen", "");
        try (RawClient client = new RawClient(relay.port())) {
            client.send(RawClient.post("/v1/chat/completions", ASK, "x-hal0-wait: 60"));
            slots.awaitWishes(1);
        }
        while (relay.traffic().inFlight() > 0) {
            LockSupport.parkNanos(1_000_000);
        }
        server.always(OpenAiStream.whole("hello"));
        slots.becomes("chat", StateName.READY, "qwen", "");
        assertThat(relay.chat(ASK).status()).isEqualTo(200);
        assertThat(server.asked()).hasSize(1);
    }

    @Test
    void theWaitIsNotTheRelaysOwnTime() {
        server.always(OpenAiStream.whole("hello"));
        slots.becomes("chat", StateName.STARTING, "qwen", "");
        Thread.ofVirtual()
                .start(() -> {
                    slots.awaitWishes(1);
                    long until = System.nanoTime() + Duration.ofMillis(400).toNanos();
                    while (System.nanoTime() < until) {
                        LockSupport.parkNanos(1_000_000);
                    }
                    slots.becomes("chat", StateName.READY, "qwen", "");
                });

        RawClient.Answer answer = relay.chat(ASK);

        assertThat(Long.parseLong(answer.header("x-hal0-overhead-us").orElseThrow()))
                .isLessThan(300_000);
    }

    @Test
    void aRouteGoesOnAtOnceWhereItsSlotIsNotReadyAndComesBack() {
        relay.name(route("chat", "hosted/m"));
        slots.becomes("chat", StateName.STARTING, "qwen", "");
        hosted.always(OpenAiStream.whole("hosted"));
        server.always(OpenAiStream.whole("local"));
        String ask = ASK.replace("\"chat\"", "\"smart\"");

        RawClient.Answer elsewhere = relay.chat(ask);
        slots.becomes("chat", StateName.READY, "qwen", "");
        RawClient.Answer here = relay.chat(ask);

        assertThat(elsewhere.text()).contains("hosted");
        assertThat(elsewhere.header("x-hal0-attempts")).contains("1");
        assertThat(here.text()).contains("local");
        assertThat(slots.wishes())
                .extracting(Wish::patience)
                .containsExactly(Duration.ZERO, Duration.ZERO);
        assertThat(relay.breakers().state("chat/qwen")).isEqualTo(Breakers.State.CLOSED);
    }

    @Test
    void theLastTargetOfARouteIsWaitedForAndSoIsAnyWhereTheClientSaysSo() {
        relay.name(route("hosted/m", "chat"));
        hosted.always(OpenAiStream.status(503, "{}"));
        server.always(OpenAiStream.whole("local"));
        String ask = ASK.replace("\"chat\"", "\"smart\"");

        assertThat(relay.chat(ask).text()).contains("local");
        relay.name(route("chat", "hosted/m"));
        assertThat(relay.chat(ask, "x-hal0-wait: 3").text()).contains("local");

        assertThat(slots.wishes())
                .extracting(Wish::patience)
                .containsExactly(Duration.ofSeconds(10), Duration.ofSeconds(3));
    }

    @Test
    void aServerThatDiesIsAskedAgainThroughTheSlot() {
        for (int i = 0; i < 3; i++) {
            server.then(RawUpstream.Turn::reset);
        }
        server.always(OpenAiStream.whole("hello"));

        assertThat(relay.chat(ASK).text()).contains("hello");

        assertThat(slots.wishes()).hasSize(4);
        assertThat(relay.breakers().states()).isEmpty();
    }

    @Test
    void listingModelsLoadsNothingAndShowsSlotsFirst() {
        slots.becomes("chat", StateName.OFFLINE, null, "");
        String list = relay.ask(get("/v1/models")).text();

        assertThat(list)
                .contains("\"data\":[{\"id\":\"chat\"")
                .contains("\"id\":\"chat-alias\"")
                .contains("\"slot\":\"chat\",\"alias\":\"chat-alias\"")
                .contains("\"id\":\"qwen\"")
                .contains("\"local\":true");
        assertThat(relay.ask(get("/v1/models/chat")).text()).contains("\"slot\":\"chat\"");
        assertThat(slots.wishes()).isEmpty();
        assertThat(slots.orders()).isEmpty();
    }

    @Test
    void tryingASlotOutAsAnUpstreamLoadsNothing() {
        slots.becomes("chat", StateName.OFFLINE, null, "");

        RawClient.Answer tried = relay.ask(RawClient.post("/api/upstreams/chat/test", "{}"));

        assertThat(tried.text()).contains("\"ok\":true").contains("not loaded");
        assertThat(slots.wishes()).isEmpty();
    }

    @Test
    void failedSlotIsNoUpstreamThatCanBeUsed() {
        slots.becomes("chat", StateName.ERROR, null, "no such device");

        RawClient.Answer tried = relay.ask(RawClient.post("/api/upstreams/chat/test", "{}"));

        assertThat(tried.text()).contains("\"ok\":false").contains("no such device");
        slots.becomes("chat", StateName.READY, "qwen", "");
        assertThat(relay.ask(RawClient.post("/api/upstreams/chat/test", "{}")).text())
                .contains("\"ok\":true")
                .contains("\"error\":null");
    }

    @Test
    void metricsTellTheStateOfEachSlot() {
        assertThat(relay.ask(get("/metrics")).text())
                .contains("hal0_slot_state{slot=\"chat\",state=\"ready\"} 1")
                .contains("hal0_slot_inflight{slot=\"chat\"} 0")
                .contains("hal0_slot_waiting{slot=\"chat\"} 0");
    }

    private static byte[] get(String path) {
        return ("GET " + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n").getBytes();
    }

    private static Names route(String... targets) {
        NamedRoute route =
                new NamedRoute(
                        "smart",
                        List.of(targets),
                        Strategy.FALLBACK,
                        List.of(),
                        new Patience(0, null, null, false),
                        List.of(),
                        "route[0]",
                        1);
        return new Names(List.of(route), List.of(), Map.of(), Map.of(), true);
    }
}
