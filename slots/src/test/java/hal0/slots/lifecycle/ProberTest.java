package hal0.slots.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hal0.providers.Secret;
import hal0.providers.http.AddressGuard;
import hal0.providers.http.CancelToken;
import hal0.providers.http.HttpTransport;
import hal0.slots.definition.Launch;
import hal0.slots.definition.SlotSpec;
import hal0.slots.definition.SlotSpec.RuntimeName;
import hal0.slots.error.SlotException;
import hal0.slots.error.SlotProblem;
import hal0.slots.runtime.Running;
import hal0.slots.testing.FakeModel;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ProberTest {
    private static final Duration LONG = Duration.ofSeconds(20);

    private final HttpTransport transport =
            new HttpTransport("test", new AddressGuard(Set.of()), _ -> Optional.empty());
    private final Prober prober = new Prober(transport);

    @AfterEach
    void close() {
        assertThat(transport.openResponses()).isZero();
        transport.close();
    }

    private static Launch launch(SlotSpec.Type type, @Nullable String model) {
        return new Launch(
                "chat",
                type,
                RuntimeName.PODMAN,
                "image",
                List.of(),
                Map.of(),
                SlotSpec.Device.CPU,
                0,
                8081,
                0,
                0,
                List.of(),
                "/health",
                model == null ? null : new Launch.Served(model, null, model, 4096));
    }

    private static Running running(URI endpoint, @Nullable Secret key) {
        return new Running(
                "chat",
                RuntimeName.PODMAN,
                "one",
                "qwen",
                "f00",
                endpoint,
                key,
                true,
                Instant.EPOCH,
                List.of());
    }

    private static void until(BooleanSupplier condition) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime() - end).isNegative();
            LockSupport.parkNanos(1_000_000);
        }
    }

    @Test
    void healthThatIsGoodBeforeTheModelAnswersIsNotEnough() throws Exception {
        CountDownLatch held = new CountDownLatch(1);
        try (FakeModel model = new FakeModel("qwen", 0, true);
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            model.hold(held);
            Future<?> ready =
                    threads.submit(() ->
                            prober.awaitAnswer(
                                    launch(SlotSpec.Type.LLM, "qwen"),
                                    running(model.endpoint(), new Secret("k")),
                                    LONG,
                                    new CancelToken()));
            until(() -> model.inFlight() == 1);
            assertThat(ready.isDone()).isFalse();
            held.countDown();
            ready.get(20, TimeUnit.SECONDS);
            assertThat(model.asked()).hasSize(1);
            assertThat(model.asked().getFirst()).contains("\"max_tokens\":1", "\"model\":\"qwen\"");
            assertThat(model.keys()).containsExactly("Bearer k");
        }
    }

    @Test
    void serverThatLoadsIsAskedForNothingButItsHealth() throws Exception {
        try (FakeModel model = new FakeModel("qwen", 0, false);
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<?> ready =
                    threads.submit(() ->
                            prober.awaitAnswer(
                                    launch(SlotSpec.Type.LLM, "qwen"),
                                    running(model.endpoint(), null),
                                    LONG,
                                    new CancelToken()));
            until(() -> model.healthAsked() >= 2);
            assertThat(model.asked()).isEmpty();
            model.finishLoading();
            ready.get(20, TimeUnit.SECONDS);
            assertThat(model.asked()).hasSize(1);
        }
    }

    @Test
    void hangingRequestsFailTheLoadAndSaySo() {
        try (FakeModel model = new FakeModel("qwen", 0, true)) {
            model.hanging(true);
            assertThatThrownBy(() ->
                            prober.awaitAnswer(
                                    launch(SlotSpec.Type.LLM, "qwen"),
                                    running(model.endpoint(), null),
                                    Duration.ofMillis(600),
                                    new CancelToken()))
                    .isInstanceOfSatisfying(
                            SlotException.class,
                            e -> assertThat(e.problem()).isEqualTo(SlotProblem.LOAD_FAILED))
                    .hasMessageContaining("it is healthy but answered no request");
        }
    }

    @Test
    void badHealthFailsTheLoadWithWhatTheServerSaid() {
        try (FakeModel model = new FakeModel("qwen", 0, false)) {
            assertThatThrownBy(() ->
                            prober.awaitAnswer(
                                    launch(SlotSpec.Type.LLM, "qwen"),
                                    running(model.endpoint(), null),
                                    Duration.ofMillis(300),
                                    new CancelToken()))
                    .hasMessageContaining("/health did not get healthy")
                    .hasMessageContaining("503 {\"status\":\"loading\"}");
        }
    }

    @Test
    void eachTypeIsAskedItsOwnWay() {
        try (FakeModel model = new FakeModel("qwen", 0, true)) {
            for (SlotSpec.Type type : SlotSpec.Type.values()) {
                prober.awaitAnswer(
                        launch(type, "qwen"),
                        running(model.endpoint(), null),
                        LONG,
                        new CancelToken());
            }
            assertThat(model.asked())
                    .hasSize(3)
                    .anySatisfy(body -> assertThat(body).contains("messages"))
                    .anySatisfy(body -> assertThat(body).contains("\"input\""))
                    .anySatisfy(body -> assertThat(body).contains("\"documents\""));
        }
    }

    @Test
    void withoutAModelHealthIsAllThereIs() {
        try (FakeModel model = new FakeModel("", 0, true)) {
            prober.awaitAnswer(
                    launch(SlotSpec.Type.LLM, null),
                    running(model.endpoint(), null),
                    LONG,
                    new CancelToken());
            assertThat(model.asked()).isEmpty();
        }
    }

    @Test
    void givingUpEndsAWaitAtOnce() throws Exception {
        CancelToken cancel = new CancelToken();
        try (FakeModel model = new FakeModel("qwen", 0, true);
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            model.hanging(true);
            Future<?> waiting =
                    threads.submit(() ->
                            prober.awaitAnswer(
                                    launch(SlotSpec.Type.LLM, "qwen"),
                                    running(model.endpoint(), null),
                                    LONG,
                                    cancel));
            until(() -> model.inFlight() == 1);
            cancel.cancel("enough");
            assertThatThrownBy(() -> waiting.get(5, TimeUnit.SECONDS))
                    .hasCauseInstanceOf(SlotException.class)
                    .hasMessageContaining("was given up: enough");
        }
    }

    @Test
    void nobodyListeningIsUnwell() {
        URI gone;
        try (FakeModel model = new FakeModel("qwen", 0, true)) {
            gone = model.endpoint();
        }
        assertThat(
                        prober.unwell(
                                launch(SlotSpec.Type.LLM, "qwen"),
                                running(gone, null),
                                true,
                                new CancelToken()))
                .isNotEmpty();
    }

    @Test
    void slowHealthIsForgivenWhileRequestsAreUnderWay() {
        Prober hasty = new Prober(transport, System::nanoTime, Duration.ofMillis(200));
        try (FakeModel model = new FakeModel("qwen", 0, true)) {
            model.slow(true);
            Launch launch = launch(SlotSpec.Type.LLM, "qwen");
            Running running = running(model.endpoint(), null);
            assertThat(hasty.unwell(launch, running, true, new CancelToken())).isEmpty();
            assertThat(hasty.unwell(launch, running, false, new CancelToken())).isNotEmpty();
        }
    }
}
