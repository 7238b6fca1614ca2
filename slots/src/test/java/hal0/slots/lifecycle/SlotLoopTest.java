package hal0.slots.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import hal0.providers.http.AddressGuard;
import hal0.providers.http.HttpTransport;
import hal0.slots.definition.Definition;
import hal0.slots.definition.SlotSpec.RuntimeName;
import hal0.slots.error.SlotException;
import hal0.slots.error.SlotProblem;
import hal0.slots.lifecycle.SlotLoop.Clocks;
import hal0.slots.lifecycle.Workshop.Rhythm;
import hal0.slots.runtime.RuntimeEvent;
import hal0.slots.testing.FakeDefinitions;
import hal0.slots.testing.FakeSlotRuntime;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SlotLoopTest implements Overseer {
    private static final Rhythm FAST =
            new Rhythm(
                    Duration.ofMillis(50),
                    Duration.ofMillis(10),
                    Duration.ofSeconds(5),
                    Duration.ofMillis(200));

    @TempDir Path home;
    private final FakeSlotRuntime runtime = new FakeSlotRuntime(RuntimeName.PODMAN);
    private final HttpTransport transport =
            new HttpTransport("test", new AddressGuard(Set.of()), _ -> Optional.empty());
    private final AtomicLong ahead = new AtomicLong();
    private final List<StateName> moves = new CopyOnWriteArrayList<>();
    private final List<String> written = new CopyOnWriteArrayList<>();
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private FakeDefinitions definitions;
    private StateFile file;
    private SlotLoop loop;

    @BeforeEach
    void open() {
        definitions = new FakeDefinitions(home.resolve("slots"));
        definitions.define("chat", "[slot]\nunload_after_s = 60\n[model]\ndefault = \"qwen\"\n");
        file = new StateFile(home.resolve("state"), "chat");
        loop = loop();
        var _ =
                runtime.watch(event -> {
                    if (event instanceof RuntimeEvent.Ended(_, var id, var why)) {
                        loop.post(new SlotEvent.Died(id, why));
                    }
                });
        loop.start(Beginning.down(file.read()));
    }

    private SlotLoop loop() {
        int port = definitions.ports().first();
        Workshop workshop =
                new Workshop(
                        _ -> runtime,
                        (slot, model) -> definitions.launch(slot, model, RuntimeName.PODMAN, port),
                        new Prober(transport),
                        (_, running) -> runtime.memoryMb(running),
                        FAST);
        return new SlotLoop(
                this::definition,
                file,
                workshop,
                this,
                new Clocks(InstantSource.system(), () -> System.nanoTime() + ahead.get()));
    }

    private Definition definition() {
        return definitions.find("chat").orElseThrow();
    }

    @AfterEach
    void close() {
        loop.close();
        loop.awaitEnd(Duration.ofSeconds(5));
        runtime.end();
        transport.close();
    }

    @Override
    public void moved(String slot, SlotState before, SlotState after) {
        if (moves.isEmpty() || moves.getLast() != after.name()) {
            moves.add(after.name());
            written.add(after.name() + " " + file.read().state());
        }
    }

    @Override
    public void offered(String slot) {
        asked.add("offered");
    }

    @Override
    public void wanted(String slot, @Nullable String model) {
        loop.post(new SlotEvent.Load(model));
    }

    @Override
    public void refused(String slot, SlotEvent.Order order, SlotState state, String why) {
        asked.add("refused " + order + ": " + why);
    }

    private void until(BooleanSupplier condition) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime() - end).as("%s %s", moves, loop.saved()).isNegative();
            LockSupport.parkNanos(1_000_000);
        }
    }

    /// A minute at once, and the loop looks at its clock.
    private boolean timePasses() {
        ahead.addAndGet(TimeUnit.MINUTES.toNanos(1));
        loop.post(new SlotEvent.Quiet());
        return true;
    }

    private void untilIs(StateName name) {
        until(() -> loop.state().name() == name);
    }

    @Test
    void loadIsWrittenDownMoveByMove() {
        runtime.script("chat").pulls("image");
        loop.post(new SlotEvent.Load(null));
        untilIs(StateName.READY);
        until(() -> loop.experience().memoryMb("qwen", 8192) == 100);
        assertThat(moves)
                .containsExactly(
                        StateName.OFFLINE,
                        StateName.PULLING,
                        StateName.STARTING,
                        StateName.WARMING,
                        StateName.READY);
        assertThat(written)
                .allSatisfy(pair -> assertThat(pair.split(" ")[0]).isEqualTo(pair.split(" ")[1]));
        until(() -> file.read().extra().containsKey("memory_mb"));
        assertThat(file.read().modelId()).isEqualTo("qwen");
        assertThat(file.read().port()).isEqualTo(definitions.ports().first());
        assertThat(file.read().experience().loadMs("qwen")).isPositive();
        assertThat(runtime.deeds()).containsExactly("prepare chat", "start chat qwen");
    }

    @Test
    void requestsMoveItToServingAndBack() {
        loop.post(new SlotEvent.Load(null));
        untilIs(StateName.READY);
        loop.post(new SlotEvent.Busy());
        untilIs(StateName.SERVING);
        until(() -> file.read().state() == StateName.SERVING);
        loop.post(new SlotEvent.Quiet());
        untilIs(StateName.READY);
        until(() -> file.read().state() == StateName.READY);
    }

    @Test
    void killedServerIsStartedAgainAtOnce() {
        loop.post(new SlotEvent.Load(null));
        untilIs(StateName.READY);
        long before = System.nanoTime();
        runtime.crash("chat", "killed");
        until(() -> runtime.starts("chat") == 2);
        untilIs(StateName.READY);
        assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(2));
        assertThat(loop.saved().restarts()).isEqualTo(1);
    }

    @Test
    void serverThatHangsIsReplaced() {
        loop.post(new SlotEvent.Load(null));
        untilIs(StateName.READY);
        runtime.model("chat").orElseThrow().sick(true);
        until(() -> runtime.starts("chat") == 2);
        untilIs(StateName.READY);
        assertThat(runtime.deeds()).containsSubsequence("start chat qwen", "stop chat");
        assertThat(moves).contains(StateName.ERROR);
    }

    @Test
    void endThatNobodyToldIsSeenByItsHealth() {
        loop.post(new SlotEvent.Load(null));
        untilIs(StateName.READY);
        runtime.crashUnseen("chat");
        until(() -> runtime.starts("chat") == 2);
        untilIs(StateName.READY);
    }

    @Test
    void crashLoopIsLeftAloneInTheEnd() {
        loop.post(new SlotEvent.Load(null));
        untilIs(StateName.READY);
        runtime.script("chat").crashes(true);
        runtime.crash("chat", "exit code 139");
        until(() -> timePasses() && loop.saved().isParked());
        assertThat(runtime.starts("chat")).isEqualTo(6);
        assertThat(loop.saved().message()).contains("exit code 1");
        runtime.script("chat").crashes(false);
        loop.post(new SlotEvent.Load(null));
        untilIs(StateName.READY);
        assertThat(loop.saved().restarts()).isZero();
    }

    @Test
    void quietSlotBecomesIdleAndOffersToGo() {
        loop.post(new SlotEvent.Load(null));
        untilIs(StateName.READY);
        until(() -> timePasses() && loop.state().name() == StateName.IDLE);
        until(() -> timePasses() && asked.contains("offered"));
        assertThat(loop.state().name()).isEqualTo(StateName.IDLE);
    }

    @Test
    void failedLoadTellsWhyAndLeavesNothing() {
        runtime.script("chat").fails(SlotException.of(SlotProblem.LOAD_FAILED, "no such device"));
        loop.post(new SlotEvent.Load(null));
        untilIs(StateName.ERROR);
        assertThat(file.read().message()).contains("no such device");
        assertThat(runtime.find()).isEmpty();
        assertThat(runtime.starts("chat")).isEqualTo(1);
    }

    @Test
    void hangingServerIsNeverReady() {
        definitions.loadTimeout(Duration.ofMillis(500));
        runtime.script("chat").hangs(true);
        loop.post(new SlotEvent.Load(null));
        untilIs(StateName.ERROR);
        until(() -> runtime.find().isEmpty());
        assertThat(moves).doesNotContain(StateName.READY);
        assertThat(loop.saved().message()).contains("it is healthy but answered no request");
    }

    @Test
    void unloadDuringTheStartLeavesNothing() {
        CountDownLatch held = new CountDownLatch(1);
        runtime.script("chat").holdStart(held);
        loop.post(new SlotEvent.Load(null));
        until(() -> runtime.starts("chat") == 1);
        untilIs(StateName.STARTING);
        loop.post(new SlotEvent.Unload("enough"));
        untilIs(StateName.OFFLINE);
        assertThat(loop.saved().message()).isEqualTo("enough");
        assertThat(runtime.find()).isEmpty();
        held.countDown();
    }

    @Test
    void unknownModelNeverLeavesOffline() {
        definitions.forget("nope");
        loop.post(new SlotEvent.Load("nope"));
        until(() -> "slot.config_error".equals(loop.saved().extra().get("code")));
        assertThat(loop.state().name()).isEqualTo(StateName.OFFLINE);
        assertThat(moves).containsExactly(StateName.OFFLINE);
    }

    @Test
    void engineThatIsAwayIsNamedAndTheSlotComesBackWithIt() {
        loop.post(new SlotEvent.Load(null));
        untilIs(StateName.READY);
        runtime.loseEngine("connection refused");
        runtime.crashUnseen("chat");
        until(() -> loop.saved().message().contains("connection refused"));
        runtime.findEngine();
        loop.post(new SlotEvent.EngineFound());
        untilIs(StateName.READY);
    }

    @Test
    void refusedOrderIsToldOf() {
        loop.post(new SlotEvent.Unload("enough"));
        until(() -> asked.stream().anyMatch(line -> line.startsWith("refused Unload")));
        assertThat(loop.state().name()).isEqualTo(StateName.OFFLINE);
    }

    @Test
    void stateThatCannotBeWrittenKeepsNoSlotFromWorking() throws Exception {
        Path state = home.resolve("state/chat");
        until(() -> Files.exists(state.resolve("state.json")));
        Files.delete(state.resolve("state.json"));
        // A folder in its place stops root too.
        Files.createDirectories(state.resolve("state.json/in-the-way"));
        loop.post(new SlotEvent.Load(null));
        untilIs(StateName.READY);
        until(() -> loop.saved().message().contains("its state cannot be written"));
    }

    @Test
    void whatRunsJustAsItIsWantedIsTakenOver() {
        loop.post(new SlotEvent.Load(null));
        untilIs(StateName.READY);
        SavedState saved = file.read();
        String id = loop.running().id();
        loop.close();
        assertThat(runtime.find()).hasSize(1);
        loop = loop();
        loop.start(
                Beginning.adopting(
                        saved,
                        definitions.launch(
                                "chat", null, RuntimeName.PODMAN, definitions.ports().first()),
                        runtime.find().getFirst()));
        untilIs(StateName.READY);
        assertThat(loop.running().id()).isEqualTo(id);
        assertThat(runtime.starts("chat")).isEqualTo(1);
    }
}
