package hal0.relay;

import static org.assertj.core.api.Assertions.assertThat;

import hal0.providers.price.Price;
import hal0.relay.testing.RawClient;
import hal0.relay.testing.RawClient.Answer;
import hal0.relay.testing.RawUpstream;
import hal0.relay.testing.RelayFixture;
import hal0.relay.testing.RelayFixture.Row;
import hal0.relay.testing.RelayFixture.Setup;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// One row for each request that was tried, with what it used and what that cost.
class LedgerRowsTest {
    private static final String OPENAI_EVENTS =
            "data: {\"choices\":[{\"delta\":{\"content\":\"x\"}}]}\n\n"
                    + "data: {\"choices\":[{\"delta\":{},\"finish_reason\":\"stop\"}]}\n\n"
                    + "data: {\"choices\":[],\"usage\":{\"prompt_tokens\":100,\"completion_tokens\":20,\"prompt_tokens_details\":{\"cached_tokens\":40}}}\n\n"
                    + "data: [DONE]\n\n";
    private static final String OPENAI_BODY =
            "{\"choices\":[{\"message\":{\"content\":\"x\"},\"finish_reason\":\"stop\"}],\"usage\":{\"prompt_tokens\":100,\"completion_tokens\":20,\"prompt_tokens_details\":{\"cached_tokens\":40}}}";
    private static final String CLAUDE_EVENTS =
            "event: message_start\ndata: {\"type\":\"message_start\",\"message\":{\"id\":\"1\",\"usage\":{\"input_tokens\":60,\"cache_read_input_tokens\":40,\"output_tokens\":1}}}\n\n"
                    + "event: content_block_start\ndata: {\"type\":\"content_block_start\",\"index\":0,\"content_block\":{\"type\":\"text\",\"text\":\"\"}}\n\n"
                    + "event: content_block_delta\ndata: {\"type\":\"content_block_delta\",\"index\":0,\"delta\":{\"type\":\"text_delta\",\"text\":\"x\"}}\n\n"
                    + "event: content_block_stop\ndata: {\"type\":\"content_block_stop\",\"index\":0}\n\n"
                    + "event: message_delta\ndata: {\"type\":\"message_delta\",\"delta\":{\"stop_reason\":\"end_turn\"},\"usage\":{\"output_tokens\":20}}\n\n"
                    + "event: message_stop\ndata: {\"type\":\"message_stop\"}\n\n";
    private static final String CLAUDE_BODY =
            "{\"type\":\"message\",\"role\":\"assistant\",\"content\":[{\"type\":\"text\",\"text\":\"x\"}],\"stop_reason\":\"end_turn\",\"usage\":{\"input_tokens\":60,\"cache_read_input_tokens\":40,\"output_tokens\":20}}";

    @TempDir private Path folder;
    private RawUpstream upstream;
    private RelayFixture relay;

    @BeforeEach
    void start() {
        upstream = new RawUpstream();
        relay =
                new RelayFixture(
                        folder,
                        Setup.of(
                                RelayFixture.openAi(upstream)
                                        .price(Price.of("1", "10"))
                                        .injectUsage(true)
                                        .build(),
                                RelayFixture.anthropic(upstream)
                                        .price(Price.of("1", "10"))
                                        .build()));
    }

    @AfterEach
    void stop() {
        relay.close();
        upstream.close();
    }

    @ParameterizedTest
    @CsvSource({
        "openai,    true,  false",
        "openai,    true,  true",
        "openai,    false, false",
        "openai,    false, true",
        "anthropic, true,  false",
        "anthropic, true,  true",
        "anthropic, false, false",
        "anthropic, false, true",
    })
    void usageAndCostAreTheProviders(String dialect, boolean streamed, boolean gzip)
            throws IOException {
        boolean openAi = dialect.equals("openai");
        String body =
                streamed
                        ? (openAi ? OPENAI_EVENTS : CLAUDE_EVENTS)
                        : (openAi ? OPENAI_BODY : CLAUDE_BODY);
        upstream.sends(answer(streamed, gzip, body));

        Answer answer =
                relay.ask(
                        RawClient.post(
                                openAi ? "/v1/chat/completions" : "/v1/messages",
                                "{\"model\":\"%s/m\",\"stream\":%s}"
                                        .formatted(openAi ? "up" : "claude", streamed),
                                "Accept-Encoding: gzip",
                                "x-hal0-client: ask"));

        assertThat(answer.status()).isEqualTo(200);
        Row row = relay.rows(1).getFirst();
        assertThat(row.outcome()).isEqualTo("ANSWERED");
        assertThat(row.client()).isEqualTo("ask");
        assertThat(row.provider()).isEqualTo(openAi ? "up" : "claude");
        assertThat(row.model()).isEqualTo("m");
        assertThat(row.requestedModel()).isEqualTo(openAi ? "up/m" : "claude/m");
        assertThat(row.status()).isEqualTo(200);
        assertThat(row.streamed()).isEqualTo(streamed);
        assertThat(row.input()).isEqualTo(60);
        assertThat(row.output()).isEqualTo(20);
        // 60 fresh and 40 cached at 1 USD, 20 out at 10 USD a million.
        assertThat(row.picoUsd()).isEqualTo(300_000_000L);
        assertThat(row.firstTokenMs()).isNotNegative();
    }

    @Test
    void anAnswerThatNobodyCountedHasNoCost() {
        upstream.sends(
                answer("application/json", "{\"choices\":[{\"message\":{\"content\":\"x\"}}]}"));

        relay.chat("{\"model\":\"up/m\"}");

        assertThat(relay.rows(1).getFirst().picoUsd()).isNull();
    }

    @Test
    void aFailureCostsNothing() {
        upstream.sends("HTTP/1.1 401 No\r\nContent-Length: 2\r\n\r\n{}");

        relay.chat("{\"model\":\"up/m\"}");

        Row row = relay.rows(1).getFirst();
        assertThat(row.errorKind()).isEqualTo("unauthenticated");
        assertThat(row.picoUsd()).isZero();
    }

    @Test
    void retriesAreOneRow() {
        String broken = "HTTP/1.1 500 No\r\nContent-Length: 2\r\n\r\n{}";
        upstream.sends(broken).sends(broken).sends(answer("application/json", OPENAI_BODY));

        relay.chat("{\"model\":\"up/m\"}");

        Row row = relay.rows(1).getFirst();
        assertThat(row.outcome()).isEqualTo("ANSWERED");
        assertThat(row.attempts()).isEqualTo(3);
        assertThat(row.picoUsd()).isEqualTo(300_000_000L);
    }

    @Test
    void whatWasNeverTriedLeavesNoRowAndStatusCountsOnlyWhatAsksForAModel() {
        relay.chat("{\"model\":\"nobody-has-this\"}");
        relay.chat("not json");
        // It cannot be told in the words of its provider, who hears nothing of it.
        relay.ask(RawClient.post("/v1/messages", "{\"model\":\"up/m\"}"));
        relay.ask(
                "GET /v1/models HTTP/1.1\r\nHost: localhost\r\n\r\n"
                        .getBytes(StandardCharsets.UTF_8));
        String status =
                relay.ask(
                                "GET /api/status HTTP/1.1\r\nHost: localhost\r\n\r\n"
                                        .getBytes(StandardCharsets.UTF_8))
                        .text();

        relay.rows(0);
        assertThat(status).contains("\"requests\":3,\"in_flight\":0");
    }

    @Test
    void aRunningRequestIsInFlight() throws InterruptedException {
        var go = new java.util.concurrent.CountDownLatch(1);
        upstream.then(turn -> {
            go.await();
            turn.send(answer("application/json", OPENAI_BODY));
        });

        try (RawClient client = new RawClient(relay.port())) {
            client.send(RawClient.post("/v1/chat/completions", "{\"model\":\"up/m\"}"));
            upstream.takeAsked();
            String status =
                    relay.ask(
                                    "GET /api/status HTTP/1.1\r\nHost: localhost\r\n\r\n"
                                            .getBytes(StandardCharsets.UTF_8))
                            .text();
            assertThat(status).contains("\"requests\":1,\"in_flight\":1");
            go.countDown();
            client.receive();
        }
    }

    private static byte[] answer(boolean streamed, boolean gzip, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        if (gzip) {
            try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
                out.write(bytes);
            }
        } else {
            packed.writeBytes(bytes);
        }
        ByteArrayOutputStream answer = new ByteArrayOutputStream();
        answer.writeBytes(
                "HTTP/1.1 200 OK\r\nContent-Type: %s\r\n%sContent-Length: %d\r\n\r\n"
                        .formatted(
                                streamed ? "text/event-stream" : "application/json",
                                gzip ? "Content-Encoding: gzip\r\n" : "",
                                packed.size())
                        .getBytes(StandardCharsets.UTF_8));
        answer.writeBytes(packed.toByteArray());
        return answer.toByteArray();
    }

    private static byte[] answer(String type, String body) {
        return "HTTP/1.1 200 OK\r\nContent-Type: %s\r\nContent-Length: %d\r\n\r\n%s"
                .formatted(type, body.length(), body)
                .getBytes(StandardCharsets.UTF_8);
    }
}
