package hal0.slots;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import hal0.providers.http.AddressGuard;
import hal0.providers.http.CancelToken;
import hal0.providers.http.HttpTransport;
import hal0.slots.definition.GpuSettings;
import hal0.slots.definition.HomeDefinitions;
import hal0.slots.definition.SlotSpec.RuntimeName;
import hal0.slots.definition.SlotsSettings;
import hal0.slots.docker.DockerSlotRuntime;
import hal0.slots.engine.Engine;
import hal0.slots.hardware.Hardware;
import hal0.slots.lifecycle.SlotLoop.Clocks;
import hal0.slots.lifecycle.StateName;
import hal0.slots.lifecycle.Workshop.Rhythm;
import hal0.slots.plan.Arbiter;
import hal0.slots.runtime.HomeMark;
import hal0.slots.runtime.LogLine;
import hal0.slots.runtime.Running;
import hal0.slots.testing.SlotRuntimeContract;
import hal0.slots.testing.TestEngines;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// The whole life of a slot as a user has it: defined in a file, its server in a container of a
/// real engine.
class LifeInContainersTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Hardware MACHINE =
            new Hardware("cpu", 2, 64_000, 60_000, List.of(), List.of(), List.of());

    @TempDir Path home;

    private final CancelToken never = new CancelToken();
    private final HttpTransport transport =
            new HttpTransport("test", new AddressGuard(Set.of()), _ -> Optional.empty());
    private RuntimeName engine;
    private LocalSlots slots;

    @AfterEach
    void end() {
        if (slots != null) {
            slots.close();
            try (DockerSlotRuntime last = runtime()) {
                last.find().forEach(running -> last.stop(running, Duration.ZERO));
            }
        }
        transport.close();
    }

    @ParameterizedTest
    @EnumSource(
            value = RuntimeName.class,
            names = {"DOCKER", "PODMAN"})
    void slotIsLoadedSwappedUnderLoadKilledAndAdopted(RuntimeName name) throws Exception {
        engine = name;
        TestEngines.with(engine);
        define();
        open();
        assertThat(slots.find("chat").orElseThrow().state()).isEqualTo(StateName.OFFLINE);

        assertThat(chat(null)).startsWith("qwen3 heard:");
        slots.swap("chat", "other");
        until(() -> {
            SlotStatus now = slots.find("chat").orElseThrow();
            return now.state().isReady() && "other".equals(now.model());
        });
        assertThat(chat("other")).startsWith("other heard:");
        swapsUnderLoad();
        comesBackWhenKilled();
        isAdopted();

        List<LogLine> lines = new ArrayList<>();
        slots.logs("chat", 100, false, lines::add, never);
        assertThat(lines).extracting(LogLine::text).anyMatch(line -> line.contains("loaded"));
        slots.unload("chat");
        awaitState(StateName.OFFLINE);
        assertThat(running()).isEmpty();
    }

    /// No request fails or hears the wrong model while another is put in its place.
    private void swapsUnderLoad() throws Exception {
        AtomicBoolean enough = new AtomicBoolean();
        Queue<String> answers = new ConcurrentLinkedQueue<>();
        Queue<Throwable> failures = new ConcurrentLinkedQueue<>();
        List<Thread> clients = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            clients.add(
                    Thread.ofVirtual()
                            .start(() -> {
                                try {
                                    while (!enough.get()) {
                                        answers.add(chat(null));
                                    }
                                } catch (RuntimeException | IOException e) {
                                    failures.add(e);
                                }
                            }));
        }
        slots.swap("chat", "third");
        until(() -> answers.stream().anyMatch(answer -> answer.startsWith("third heard:")));
        enough.set(true);
        for (Thread client : clients) {
            client.join();
        }
        assertThat(failures).isEmpty();
        assertThat(running()).singleElement().returns("third", Running::model);
    }

    private void comesBackWhenKilled() throws Exception {
        Running before = running().getFirst();
        Instant killed = Instant.now();
        before.pids()
                .forEach(pid -> ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly));
        until(() -> !slots.find("chat").orElseThrow().state().isReady());
        assertThat(Duration.between(killed, Instant.now())).isLessThan(Duration.ofSeconds(2));
        until(() -> slots.find("chat").orElseThrow().state().isReady());
        assertThat(running())
                .singleElement()
                .returns("third", Running::model)
                .returns(true, Running::alive);
        assertThat(running().getFirst().id()).isNotEqualTo(before.id());
        assertThat(chat(null)).startsWith("third heard:");
    }

    private void isAdopted() throws Exception {
        Running before = running().getFirst();
        slots.close();
        open();
        until(() -> slots.find("chat").orElseThrow().state().isReady());
        assertThat(running()).singleElement().returns(before.id(), Running::id);
        assertThat(slots.runningFingerprint("chat")).contains(before.fingerprint());
        assertThat(chat(null)).startsWith("third heard:");
    }

    private void define() throws IOException {
        int port = SlotRuntimeContract.freePort();
        Files.createDirectories(home.resolve("slots"));
        Files.writeString(
                home.resolve("slots/chat.toml"),
                """
                [slot]
                runtime = "%s"
                image = "%s"
                port = %d
                enabled = false
                [model]
                default = "qwen3"
                """
                        .formatted(engine.word(), TestEngines.IMAGE, port));
    }

    private void open() {
        HomeDefinitions definitions = new HomeDefinitions(home);
        definitions.reload(
                new HomeDefinitions.Surroundings(
                        SlotsSettings.USUAL, GpuSettings.USUAL, List.of(), home.resolve("models")));
        assertThat(definitions.problems()).isEmpty();
        slots =
                LocalSlots.open(
                        new LocalSlots.Parts(
                                definitions,
                                home.resolve("state/slots"),
                                Map.of(engine, this::runtime),
                                transport,
                                () -> MACHINE,
                                (_, _, _) -> Optional.empty(),
                                lever ->
                                        Arbiter.open(
                                                lever,
                                                () -> MACHINE,
                                                new Arbiter.Settings(
                                                        0,
                                                        false,
                                                        Duration.ofMinutes(60),
                                                        home.resolve("state/gpu.json"))),
                                Clocks.SYSTEM,
                                Rhythm.USUAL));
    }

    private DockerSlotRuntime runtime() {
        return DockerSlotRuntime.on(
                Engine.at(engine, TestEngines.address(engine)), HomeMark.of(home));
    }

    /// What the engine itself says, asked by a process that knows nothing else.
    private List<Running> running() {
        try (DockerSlotRuntime looking = runtime()) {
            return looking.find();
        }
    }

    private String chat(String model) throws IOException {
        try (Permit permit = slots.enter(new Wish("chat", model, PATIENCE), never)) {
            HttpURLConnection connection =
                    (HttpURLConnection)
                            permit.endpoint()
                                    .resolve("/v1/chat/completions")
                                    .toURL()
                                    .openConnection();
            connection.setDoOutput(true);
            connection.setRequestProperty("Content-Type", "application/json");
            connection
                    .getOutputStream()
                    .write(
                            "{\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}"
                                    .getBytes(UTF_8));
            String answer = new String(connection.getInputStream().readAllBytes(), UTF_8);
            return answer.replaceAll("(?s).*\"content\":\\s*\"", "");
        }
    }

    private void awaitState(StateName state) {
        until(() -> slots.find("chat").orElseThrow().state() == state);
    }

    private void until(BooleanSupplier condition) {
        Instant end = Instant.now().plus(PATIENCE);
        while (!condition.getAsBoolean()) {
            assertThat(Instant.now()).as(() -> "in vain: " + slots.all()).isBefore(end);
            LockSupport.parkNanos(Duration.ofMillis(5).toNanos());
        }
    }
}
