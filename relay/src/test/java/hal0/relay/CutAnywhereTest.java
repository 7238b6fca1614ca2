package hal0.relay;

import static hal0.relay.testing.OpenAiStream.DONE;
import static hal0.relay.testing.OpenAiStream.HEAD;
import static hal0.relay.testing.OpenAiStream.ROLE;
import static hal0.relay.testing.OpenAiStream.STOP;
import static hal0.relay.testing.OpenAiStream.saying;
import static hal0.relay.testing.OpenAiStream.words;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import hal0.providers.Auth;
import hal0.providers.Provider;
import hal0.providers.message.Protocol;
import hal0.relay.dispatch.RescueRules;
import hal0.relay.testing.OpenAiStream;
import hal0.relay.testing.RawClient;
import hal0.relay.testing.RawClient.Answer;
import hal0.relay.testing.RawUpstream;
import hal0.relay.testing.RelayFixture;
import hal0.relay.testing.RelayFixture.Setup;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Wherever a stream is cut, its client gets the whole answer, once.
class CutAnywhereTest {
    /// Every byte where time allows, else every seventh.
    private static final int STEP = Boolean.getBoolean("hal0.slow") ? 1 : 7;

    private static final RescueRules RULES =
            new RescueRules(0, Duration.ofSeconds(20), Duration.ofSeconds(20), true);
    private static final String CHAT =
            "{\"model\":\"smart\",\"stream\":true,\"messages\":[{\"role\":\"user\",\"content\":\"Go\"}]}";
    private static final String MESSAGES =
            "{\"model\":\"smart\",\"stream\":true,\"max_tokens\":99,\"messages\":[{\"role\":\"user\",\"content\":\"Go\"}]}";
    private static final String[] PIECES = {"Grüße, ", "Welt 😀\n", "\n", "- one", " two"};
    private static final String TEXT = String.join("", PIECES);
    private static final JsonMapper JSON = new JsonMapper();

    @TempDir private Path folder;
    private final RawUpstream first = new RawUpstream();
    private final RawUpstream second = new RawUpstream().always(saying(PIECES));
    private RelayFixture relay;

    @BeforeEach
    void start() {
        relay = new RelayFixture(folder, Setup.of());
    }

    @AfterEach
    void stop() {
        relay.close();
        first.close();
        second.close();
    }

    private void route(Protocol protocol) {
        relay.route(
                "smart",
                RULES,
                provider("one", protocol, first),
                provider("two", Protocol.OPENAI, second));
    }

    private static Provider provider(String id, Protocol protocol, RawUpstream upstream) {
        return Provider.builder(
                        id, protocol, upstream.url(protocol == Protocol.ANTHROPIC ? "" : "/v1"))
                .auth(new Auth.None())
                .injectUsage(false)
                .build();
    }

    private static RawUpstream.Script cut(byte[] events, int at) {
        return turn -> {
            turn.send(HEAD);
            if (at > 0) {
                turn.send((Integer.toHexString(at) + "\r\n").getBytes(ISO_8859_1))
                        .send(Arrays.copyOf(events, at))
                        .send("\r\n");
            }
            turn.close();
        };
    }

    @Test
    void anOpenAiStreamCutAtAnyByte() {
        route(Protocol.OPENAI);
        byte[] events = (ROLE + words(PIECES) + STOP + DONE).getBytes(UTF_8);
        for (int at = 0; at <= events.length; at += STEP) {
            first.then(cut(events, at));

            Answer answer = relay.chat(CHAT);

            OpenAiStream.Read read = OpenAiStream.read(answer);
            assertThat(read.text()).as("cut at %d: %s", at, answer.text()).isEqualTo(TEXT);
            assertThat(read.finished()).as("cut at %d", at).containsExactly("stop");
            assertThat(read.errors()).as("cut at %d", at).isZero();
            relay.pass(Duration.ofSeconds(5));
        }
        assertThat(first.asked()).hasSize(events.length / STEP + 1);
        assertThat(relay.transport().openResponses()).isZero();
    }

    @Test
    void anAnthropicStreamCutAtAnyByte() throws IOException {
        route(Protocol.ANTHROPIC);
        byte[] events = claude().getBytes(UTF_8);
        for (int at = 0; at <= events.length; at += STEP) {
            first.then(cut(events, at));

            Answer answer = relay.ask(RawClient.post("/v1/messages", MESSAGES));

            assertMessage(answer, at);
            relay.pass(Duration.ofSeconds(5));
        }
        assertThat(first.asked()).hasSize(events.length / STEP + 1);
    }

    /// As the protocol has it: one start, blocks that begin and end in their order, one stop.
    private static void assertMessage(Answer answer, int at) throws IOException {
        StringBuilder text = new StringBuilder();
        List<String> types = new ArrayList<>();
        int open = -1;
        int next = 0;
        for (String line : answer.text().lines().filter(l -> l.startsWith("data: ")).toList()) {
            JsonNode event = JSON.readTree(line.substring(6));
            String type = event.path("type").asText();
            types.add(type);
            switch (type) {
                case "content_block_start" -> {
                    assertThat(event.path("index").asInt()).as("cut at %d", at).isEqualTo(next);
                    open = next++;
                }
                case "content_block_delta" -> {
                    assertThat(event.path("index").asInt()).as("cut at %d", at).isEqualTo(open);
                    text.append(event.path("delta").path("text").asText());
                }
                case "content_block_stop" -> {
                    assertThat(event.path("index").asInt()).as("cut at %d", at).isEqualTo(open);
                    open = -1;
                }
                default ->
                        assertThat(type)
                                .isIn("message_start", "message_delta", "message_stop", "ping");
            }
        }
        assertThat(text.toString()).as("cut at %d: %s", at, answer.text()).isEqualTo(TEXT);
        assertThat(types).as("cut at %d", at).containsOnlyOnce("message_start", "message_delta");
        assertThat(types.getFirst()).isEqualTo("message_start");
        // Behind the reason of the end an answer is whole, as everywhere, though its mark is cut.
        assertThat(types.getLast()).as("cut at %d", at).isIn("message_stop", "message_delta");
        assertThat(next).as("cut at %d: blocks", at).isEqualTo(1);
    }

    private static String claude() {
        StringBuilder events =
                new StringBuilder(
                        "event: message_start\ndata: {\"type\":\"message_start\",\"message\":{\"id\":\"msg_1\",\"model\":\"c\",\"usage\":{\"input_tokens\":3,\"output_tokens\":1}}}\n\nevent: content_block_start\ndata: {\"type\":\"content_block_start\",\"index\":0,\"content_block\":{\"type\":\"text\",\"text\":\"\"}}\n\n");
        for (String piece : PIECES) {
            events.append(
                    "event: content_block_delta\ndata: {\"type\":\"content_block_delta\",\"index\":0,\"delta\":{\"type\":\"text_delta\",\"text\":"
                            + JSON.valueToTree(piece)
                            + "}}\n\n");
        }
        return events
                + "event: content_block_stop\ndata: {\"type\":\"content_block_stop\",\"index\":0}\n\nevent: message_delta\ndata: {\"type\":\"message_delta\",\"delta\":{\"stop_reason\":\"end_turn\"},\"usage\":{\"output_tokens\":9}}\n\nevent: message_stop\ndata: {\"type\":\"message_stop\"}\n\n";
    }

    @Test
    void manyStreamsAtOnceAreCutAndNoneIsLost() throws InterruptedException {
        route(Protocol.OPENAI);
        byte[] events = (ROLE + words(PIECES) + STOP + DONE).getBytes(UTF_8);
        AtomicInteger calls = new AtomicInteger();
        first.always(turn -> cut(events, calls.getAndAdd(37) % events.length).answer(turn));
        ConcurrentLinkedQueue<String> texts = new ConcurrentLinkedQueue<>();
        List<Thread> clients = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            clients.add(
                    Thread.ofVirtual()
                            .start(() -> texts.add(OpenAiStream.read(relay.chat(CHAT)).text())));
        }
        for (Thread client : clients) {
            client.join();
        }

        assertThat(texts).hasSize(100).allMatch(TEXT::equals);
        assertThat(relay.rows(100))
                .allSatisfy(row -> assertThat(row.outcome()).isIn("ANSWERED", "RESCUED"));
        int calledInAll = relay.rows(100).stream().mapToInt(RelayFixture.Row::attempts).sum();
        assertThat(calledInAll).isEqualTo(first.asked().size() + second.asked().size());
        assertThat(relay.transport().openResponses()).isZero();
    }
}
