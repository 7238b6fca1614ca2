package hal0.relay;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import hal0.providers.price.Price;
import hal0.relay.metrics.Exposition;
import hal0.relay.testing.RawClient;
import hal0.relay.testing.RawClient.Answer;
import hal0.relay.testing.RawUpstream;
import hal0.relay.testing.RelayFixture;
import hal0.relay.testing.RelayFixture.Setup;
import java.nio.file.Path;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `/metrics` over real requests.
class MetricsTest {
    private static final String ANSWER =
            "{\"choices\":[{\"message\":{\"content\":\"x\"},\"finish_reason\":\"stop\"}],\"usage\":{\"prompt_tokens\":100,\"completion_tokens\":20}}";

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
                                        .retries(0)
                                        .build()));
    }

    @AfterEach
    void stop() {
        relay.close();
        upstream.close();
    }

    @Test
    void beforeTheFirstRequestThereIsNothingWrongToRead() {
        assertThat(metrics().faults()).isEmpty();
        assertThat(metrics().value("hal0_inflight")).isZero();
    }

    @Test
    void everyWayOfEndingIsCountedOnce() throws Exception {
        upstream.sends(json("200 OK", ANSWER)).sends(json("503 No", "{}"));
        relay.chat("{\"model\":\"up/m\"}");
        relay.chat("{\"model\":\"up/m\"}");
        relay.chat("{\"model\":\"nobody-has-this\"}");
        CountDownLatch here = new CountDownLatch(1);
        upstream.then(turn -> {
            here.countDown();
            turn.silence();
        });
        try (RawClient client = new RawClient(relay.port())) {
            client.send(RawClient.post("/v1/chat/completions", "{\"model\":\"up/m\"}"));
            here.await();
            assertThat(metrics().value("hal0_inflight")).isOne();
        }
        relay.rows(3);
        // A request is over for its client a moment before it is counted.
        Exposition shown = metrics();
        Instant end = Instant.now().plusSeconds(20);
        while (shown.value("hal0_inflight") > 0 && Instant.now().isBefore(end)) {
            shown = metrics();
        }

        assertThat(shown.faults()).isEmpty();
        String series = "hal0_requests_total{model=%s,outcome=%s,protocol=%s,provider=%s}";
        assertThat(shown.value(series.formatted("m", "answered", "openai", "up"))).isOne();
        assertThat(shown.value(series.formatted("m", "failed", "openai", "up"))).isOne();
        assertThat(shown.value(series.formatted("m", "cancelled", "openai", "up"))).isOne();
        assertThat(shown.value(series.formatted("", "refused", "", ""))).isOne();
        assertThat(shown.value("hal0_tokens_total{kind=output,model=m,provider=up}")).isEqualTo(20);
        assertThat(shown.value("hal0_cost_usd_total{model=m,provider=up}"))
                .isGreaterThanOrEqualTo(0.0003);
        assertThat(shown.value("hal0_request_seconds_count{model=m,provider=up}")).isEqualTo(3);
        assertThat(shown.value("hal0_first_token_seconds_count{model=m,provider=up}")).isOne();
        assertThat(shown.value("hal0_overhead_seconds_count")).isEqualTo(3);
        assertThat(shown.value("hal0_inflight")).isZero();
    }

    @Test
    void aTargetThatIsLeftAloneShows() {
        upstream.always(turn -> turn.send(json("503 No", "{}")));
        for (int i = 0; i < 5; i++) {
            relay.chat("{\"model\":\"up/a/m\"}");
        }

        Exposition shown = metrics();

        assertThat(shown.faults()).isEmpty();
        assertThat(shown.value("hal0_breaker_state{model=a/m,provider=up}")).isEqualTo(2);
    }

    private Exposition metrics() {
        Answer answer =
                relay.ask("GET /metrics HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(UTF_8));
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("Content-Type"))
                .contains("text/plain; version=0.0.4; charset=utf-8");
        return new Exposition(answer.text().getBytes(UTF_8));
    }

    private static byte[] json(String status, String body) {
        return "HTTP/1.1 %s\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s"
                .formatted(status, body.length(), body)
                .getBytes(UTF_8);
    }
}
