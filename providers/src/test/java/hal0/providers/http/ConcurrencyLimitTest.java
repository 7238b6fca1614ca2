package hal0.providers.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hal0.providers.Provider;
import hal0.providers.Timeouts;
import hal0.providers.error.ProviderException;
import hal0.providers.testing.ScriptedProvider;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ConcurrencyLimitTest {
    private static final Set<Thread.State> ASLEEP =
            EnumSet.of(Thread.State.WAITING, Thread.State.TIMED_WAITING);

    private final ScriptedProvider server = ScriptedProvider.openAi();
    private final Transport limited =
            new ConcurrencyLimit(
                    new OkHttpTransport("test", new AddressGuard(Set.of()), _ -> Optional.empty()));
    private final CancelToken cancel = new CancelToken();

    @AfterEach
    void close() {
        limited.close();
        server.close();
    }

    @Test
    void theRequestBeyondTheLimitGoesOutWhenOneHasEnded() throws Exception {
        server.says("a").says("b").says("c");
        UpstreamResponse first = limited.send(request(2), cancel);
        UpstreamResponse second = limited.send(request(2), cancel);
        FutureTask<Integer> third = new FutureTask<>(() -> status(limited, request(2), cancel));
        Thread waiting = Thread.ofVirtual().start(third);
        awaitAsleep(waiting);
        assertThat(server.asked()).hasSize(2);

        first.close();
        first.close();

        assertThat(third.get(10, TimeUnit.SECONDS)).isEqualTo(200);
        second.close();
    }

    @Test
    void whoEndsTwiceGivesOneTurnBack() throws Exception {
        server.says("a").says("b").says("c");
        UpstreamResponse first = limited.send(request(1), cancel);
        first.close();
        first.abort();
        UpstreamResponse second = limited.send(request(1), cancel);
        FutureTask<Integer> third = new FutureTask<>(() -> status(limited, request(1), cancel));
        Thread waiting = Thread.ofVirtual().start(third);
        awaitAsleep(waiting);
        assertThat(server.asked()).hasSize(2);

        second.close();
        assertThat(third.get(10, TimeUnit.SECONDS)).isEqualTo(200);
    }

    @Test
    void aCallThatFailsGivesItsTurnBack() {
        server.says("a");
        Provider nowhere =
                request(1).provider().toBuilder().baseUrl(URI.create("http://127.0.0.1:1")).build();
        UpstreamRequest lost =
                new UpstreamRequest(
                        nowhere,
                        "m",
                        "POST",
                        nowhere.baseUrl(),
                        Headers.NONE,
                        request(1).body(),
                        false);
        assertThatThrownBy(() -> limited.send(lost, cancel))
                .isInstanceOf(ProviderException.Unreachable.class);

        assertThat(status(limited, request(1), cancel)).isEqualTo(200);
    }

    @Test
    void whoIsCancelledWhileWaitingTakesNoTurn() throws Exception {
        server.says("a").says("b");
        UpstreamResponse first = limited.send(request(1), cancel);
        CancelToken left = new CancelToken();
        FutureTask<Integer> second = new FutureTask<>(() -> status(limited, request(1), left));
        Thread waiting = Thread.ofVirtual().start(second);
        awaitAsleep(waiting);

        left.cancel("the client left");
        assertThatThrownBy(() -> second.get(10, TimeUnit.SECONDS))
                .hasRootCauseInstanceOf(ProviderException.Cancelled.class)
                .hasRootCauseMessage("cancelled while it waited for its turn: the client left");

        first.close();
        assertThat(status(limited, request(1), cancel)).isEqualTo(200);
    }

    @Test
    void nobodyWaitsLongerThanForAFirstToken() {
        server.says("a");
        UpstreamResponse first = limited.send(request(1), cancel);

        assertThatThrownBy(() -> limited.send(request(1, Duration.ofMillis(50)), cancel))
                .isInstanceOf(ProviderException.TimedOut.class)
                .hasMessageContaining("1 requests run already (max_concurrent)");
        first.close();
    }

    @Test
    void listsOfModelsNeedNoTurn() {
        server.says("a");
        UpstreamResponse first = limited.send(request(1), cancel);
        UpstreamRequest list =
                new UpstreamRequest(
                        request(1).provider(),
                        "",
                        "GET",
                        URI.create(server.baseUrl() + "/models"),
                        Headers.NONE,
                        null,
                        false);

        assertThat(status(limited, list, cancel)).isEqualTo(200);
        first.close();
    }

    private static int status(Transport transport, UpstreamRequest request, CancelToken cancel) {
        try (UpstreamResponse response = transport.send(request, cancel)) {
            return response.status();
        }
    }

    private UpstreamRequest request(int limit) {
        return request(limit, Timeouts.DEFAULT.firstToken());
    }

    private UpstreamRequest request(int limit, Duration patience) {
        Timeouts usual = Timeouts.DEFAULT;
        Provider provider =
                server.provider("acme").toBuilder()
                        .maxConcurrent(limit)
                        .timeouts(
                                new Timeouts(
                                        usual.connect(), patience, usual.idle(), usual.total()))
                        .build();
        return new UpstreamRequest(
                provider,
                "m",
                "POST",
                URI.create(server.baseUrl() + "/chat/completions"),
                Headers.NONE,
                Body.of("application/json", "{}".getBytes(StandardCharsets.UTF_8)),
                false);
    }

    private static void awaitAsleep(Thread thread) {
        while (!ASLEEP.contains(thread.getState())) {
            LockSupport.parkNanos(1_000_000);
        }
    }
}
