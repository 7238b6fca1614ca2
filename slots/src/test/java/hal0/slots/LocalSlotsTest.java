package hal0.slots;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hal0.providers.http.CancelToken;
import hal0.slots.definition.Launch;
import hal0.slots.error.SlotException;
import hal0.slots.error.SlotProblem;
import hal0.slots.hardware.Gpu;
import hal0.slots.hardware.Hardware;
import hal0.slots.lifecycle.StateName;
import hal0.slots.testing.FakeModel;
import hal0.slots.testing.SlotsFixture;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalSlotsTest {
    private static final String DOWN =
            "[slot]\nenabled = false\nmax_parallel = 2000\n[model]\ndefault = \"qwen\"\n";
    private static final Duration LONG = Duration.ofSeconds(20);

    @TempDir Path home;
    private SlotsFixture fixture;

    @BeforeEach
    void open() {
        fixture = new SlotsFixture(home);
        fixture.definitions().define("chat", DOWN);
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    private static SlotProblem problemOf(Runnable deed) {
        try {
            deed.run();
        } catch (SlotException e) {
            return e.problem();
        }
        throw new AssertionError("nothing was refused");
    }

    @Test
    void requestLoadsTheSlotAndIsLetIn() {
        try (Permit permit = fixture.enter("chat", null)) {
            assertThat(permit.endpoint())
                    .isEqualTo(fixture.runtime().model("chat").orElseThrow().endpoint());
            fixture.untilIs("chat", StateName.SERVING);
            assertThat(fixture.status("chat").inFlight()).isEqualTo(1);
            permit.close();
        }
        fixture.untilIs("chat", StateName.READY);
        assertThat(fixture.status("chat").inFlight()).isZero();
        assertThat(fixture.status("chat").model()).isEqualTo("qwen");
    }

    @Test
    void thousandWaitersMeanOneLoadAndAreAllAnswered() throws Exception {
        CountDownLatch held = new CountDownLatch(1);
        fixture.runtime().script("chat").holdStart(held);
        fixture.slots();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Permit>> waiters = new ArrayList<>();
            for (int i = 0; i < 1000; i++) {
                waiters.add(threads.submit(() -> fixture.enter("chat", null)));
            }
            fixture.until(() -> fixture.status("chat").waiting() == 1000);
            held.countDown();
            for (Future<Permit> waiter : waiters) {
                waiter.get(20, TimeUnit.SECONDS).close();
            }
        }
        assertThat(fixture.runtime().starts("chat")).isEqualTo(1);
        fixture.until(() -> fixture.status("chat").inFlight() == 0);
    }

    @Test
    void waiterThatLeavesLeavesTheLoadAlone() throws Exception {
        CountDownLatch held = new CountDownLatch(1);
        fixture.runtime().script("chat").holdStart(held);
        CancelToken cancel = new CancelToken();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Permit> waiter =
                    threads.submit(
                            () -> fixture.slots().enter(new Wish("chat", null, LONG), cancel));
            fixture.until(() -> fixture.runtime().starts("chat") == 1);
            cancel.cancel("the client left");
            assertThatThrownBy(() -> waiter.get(5, TimeUnit.SECONDS))
                    .hasCauseInstanceOf(SlotException.class);
        }
        held.countDown();
        fixture.untilIs("chat", StateName.READY);
        assertThat(fixture.runtime().starts("chat")).isEqualTo(1);
    }

    @Test
    void impatientWaiterIsToldWhenToComeBack() {
        fixture.runtime().script("chat").holdStart(new CountDownLatch(1));
        assertThatThrownBy(() ->
                        fixture.slots()
                                .enter(
                                        new Wish("chat", null, Duration.ofMillis(50)),
                                        new CancelToken()))
                .isInstanceOfSatisfying(
                        SlotException.class,
                        e -> {
                            assertThat(e.problem()).isEqualTo(SlotProblem.LOADING);
                            assertThat(e.retryAfter()).isPositive();
                            assertThat(e.details()).containsKeys("slot", "state");
                        });
    }

    @Test
    void failedLoadIsToldToWhoWaitsAndNotRepeatedAtOnce() {
        fixture.runtime()
                .script("chat")
                .fails(SlotException.of(SlotProblem.LOAD_FAILED, "no such device"));
        assertThatThrownBy(() -> fixture.enter("chat", null))
                .isInstanceOfSatisfying(
                        SlotException.class,
                        e -> assertThat(e.problem()).isEqualTo(SlotProblem.LOAD_FAILED))
                .hasMessageContaining("no such device")
                .hasMessageContaining("chat");
        assertThat(problemOf(() -> fixture.enter("chat", null).close()))
                .isIn(SlotProblem.LOAD_FAILED, SlotProblem.LOADING);
        assertThat(fixture.runtime().starts("chat")).isEqualTo(1);
        fixture.untilIs("chat", StateName.ERROR);
        // By hand it is tried at once.
        fixture.runtime().script("chat").fails(null);
        fixture.slots().load("chat", null);
        fixture.untilIs("chat", StateName.READY);
    }

    @Test
    void swapDrainsFirstAndAnswersBoth() throws Exception {
        Permit old = fixture.enter("chat", "qwen");
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Permit> other = threads.submit(() -> fixture.enter("chat", "llama"));
            fixture.until(() -> fixture.status("chat").waiting() == 1);
            assertThat(fixture.runtime().model("chat").orElseThrow().model()).isEqualTo("qwen");
            old.close();
            try (Permit permit = other.get(20, TimeUnit.SECONDS)) {
                assertThat(permit.endpoint())
                        .isEqualTo(fixture.runtime().model("chat").orElseThrow().endpoint());
            }
        }
        assertThat(fixture.runtime().deeds())
                .containsExactly("start chat qwen", "stop chat", "start chat llama");
    }

    @Test
    void modelIsCheckedBeforeTheRunningOneIsTouched() {
        fixture.enter("chat", null).close();
        fixture.definitions().forget("nope");
        assertThat(problemOf(() -> fixture.slots().swap("chat", "nope")))
                .isEqualTo(SlotProblem.CONFIG_ERROR);
        assertThat(problemOf(() -> fixture.enter("chat", "nope").close()))
                .isEqualTo(SlotProblem.CONFIG_ERROR);
        assertThat(fixture.status("chat").state().isReady()).isTrue();
        assertThat(fixture.runtime().deeds()).containsExactly("start chat qwen");
    }

    @Test
    void requestCannotPutWhatItLikesInPlaceOfWhatServes() {
        fixture.definitions().unregistered("/etc/passwd").unregistered("qwen");
        fixture.enter("chat", "qwen").close();
        assertThat(problemOf(() -> fixture.enter("chat", "/etc/passwd").close()))
                .isEqualTo(SlotProblem.CONFIG_ERROR);
        assertThat(fixture.runtime().deeds()).containsExactly("start chat qwen");
        fixture.slots().load("chat", "/etc/passwd");
        fixture.slots().await("chat", LONG, new CancelToken());
        fixture.enter("chat", "/etc/passwd").close();
        assertThat(fixture.runtime().deeds()).contains("start chat /etc/passwd");
    }

    @Test
    void ordersByHandAreCarriedOutAndWaitedFor() {
        fixture.slots().load("chat", null);
        assertThat(fixture.slots().await("chat", LONG, new CancelToken()).state())
                .isEqualTo(StateName.READY);
        fixture.slots().restart("chat");
        assertThat(fixture.slots().await("chat", LONG, new CancelToken()).state())
                .isEqualTo(StateName.READY);
        assertThat(fixture.runtime().starts("chat")).isEqualTo(2);
        fixture.slots().unload("chat");
        assertThat(fixture.slots().await("chat", LONG, new CancelToken()).state())
                .isEqualTo(StateName.OFFLINE);
        assertThat(fixture.runtime().find()).isEmpty();
    }

    @Test
    void ordersThatMakeNoSenseAreIllegalTransitions() {
        assertThat(problemOf(() -> fixture.slots().load("none", null)))
                .isEqualTo(SlotProblem.NOT_FOUND);
        fixture.until(() -> fixture.status("chat").message().isEmpty());
        assertThat(problemOf(() -> fixture.slots().restart("chat")))
                .isEqualTo(SlotProblem.ILLEGAL_TRANSITION);
    }

    @Test
    void unloadingWhatIsDownIsDone() {
        fixture.until(() -> fixture.status("chat").message().isEmpty());
        fixture.slots().unload("chat");
        assertThat(fixture.slots().await("chat", LONG, new CancelToken()).state())
                .isEqualTo(StateName.OFFLINE);
        assertThat(fixture.runtime().deeds()).isEmpty();
    }

    @Test
    void slotWhoseFileIsSpoiltKeepsWhatRunsForIt() {
        fixture.enter("chat", null).close();
        fixture.slots().close();
        fixture.definitions().define("last", "[model]\ndefault = \"e5\"\n").spoil("chat");
        fixture.open();
        fixture.untilIs("last", StateName.READY);
        fixture.slots().close();
        assertThat(fixture.runtime().deeds()).doesNotContain("stop chat");
        assertThat(fixture.states().resolve("chat")).exists();
    }

    @Test
    void failedOrderIsToldToWhoAwaitsIt() {
        fixture.runtime()
                .script("chat")
                .fails(SlotException.of(SlotProblem.LOAD_FAILED, "no such device"));
        fixture.slots().load("chat", null);
        assertThatThrownBy(() -> fixture.slots().await("chat", LONG, new CancelToken()))
                .isInstanceOf(SlotException.class)
                .hasMessageContaining("no such device");
        fixture.slots().unload("chat");
        assertThat(fixture.slots().await("chat", LONG, new CancelToken()).state())
                .isEqualTo(StateName.OFFLINE);
    }

    @Test
    void killedServerReturnsAndRequestsWaitForIt() {
        fixture.enter("chat", null).close();
        fixture.runtime().crash("chat", "exit code 137");
        fixture.until(() -> fixture.runtime().starts("chat") == 2);
        try (Permit permit = fixture.enter("chat", null)) {
            assertThat(permit.endpoint())
                    .isEqualTo(fixture.runtime().model("chat").orElseThrow().endpoint());
        }
    }

    @Test
    void killedServerReturnsWithTheModelThatItHad() {
        fixture.enter("chat", "llama").close();
        fixture.runtime().crash("chat", "exit code 137");
        for (int i = 0; i < 5; i++) {
            fixture.enter("chat", null).close();
        }
        fixture.untilIs("chat", StateName.READY);
        assertThat(fixture.runtime().deeds())
                .contains("start chat llama")
                .doesNotContain("start chat qwen");
    }

    @Test
    void enabledSlotsThatDoNotFitTogetherDoNotTakeTurns() {
        String large = "[slot]\ndevice = \"gpu-cuda\"\n[model]\ndefault = \"a\"\nvram_mb = 40000\n";
        fixture.definitions().define("first", large).define("second", large);
        Gpu gpu =
                new Gpu(
                        "gpu-cuda",
                        0,
                        null,
                        "test",
                        64_000,
                        0,
                        64_000,
                        null,
                        null,
                        null,
                        null,
                        null);
        fixture.hardware(
                new Hardware("cpu", 2, 64_000, 60_000, List.of(gpu), List.of(), List.of()));
        fixture.slots();
        fixture.until(() ->
                List.of("first", "second").stream()
                        .anyMatch(slot -> fixture.status(slot).message().contains("left down")));
        fixture.until(() ->
                List.of("first", "second").stream()
                        .anyMatch(slot -> fixture.status(slot).state().isReady()));
        assertThat(fixture.runtime().deeds()).hasSize(1);
    }

    @Test
    void enabledSlotsAreLoadedAtTheStart() {
        fixture.definitions().define("embed", "[model]\ndefault = \"e5\"\n");
        fixture.slots();
        fixture.untilIs("embed", StateName.READY);
        assertThat(fixture.status("chat").state()).isEqualTo(StateName.OFFLINE);
    }

    @Test
    void definitionsAreTakenOverAsTheyChange() {
        fixture.enter("chat", null).close();
        List<String> told = new CopyOnWriteArrayList<>();
        fixture.slots().onChange(status -> told.add(status.name()));
        fixture.definitions()
                .define("other", "[slot]\nenabled = false\n[model]\ndefault = \"x\"\n");
        fixture.slots().reload();
        fixture.enter("other", null).close();

        String before = fixture.slots().runningFingerprint("chat").orElseThrow();
        assertThat(fixture.slots().launch("chat").fingerprint()).isEqualTo(before);
        fixture.definitions().define("chat", DOWN + "[server]\nextra_args = [\"-v\"]\n");
        fixture.slots().reload();
        Launch changed = fixture.slots().launch("chat");
        assertThat(changed.fingerprint()).isNotEqualTo(before);
        assertThat(fixture.slots().runningFingerprint("chat")).contains(before);

        fixture.definitions().delete("other");
        fixture.slots().reload();
        fixture.until(() -> fixture.slots().find("other").isEmpty());
        assertThat(fixture.runtime().find()).hasSize(1);
        assertThat(fixture.states().resolve("other")).doesNotExist();
        assertThat(told).contains("chat", "other");
    }

    @Test
    void deletedSlotEndsItsRequestsFirst() {
        Permit permit = fixture.enter("chat", null);
        fixture.definitions().delete("chat");
        fixture.slots().reload();
        assertThat(problemOf(() -> fixture.enter("chat", null).close()))
                .isEqualTo(SlotProblem.NOT_FOUND);
        assertThat(fixture.runtime().find()).hasSize(1);
        permit.close();
        fixture.until(() -> fixture.runtime().find().isEmpty());
        fixture.until(() -> fixture.slots().find("chat").isEmpty());
    }

    @Test
    void runningServerIsAdoptedByTheNextRelay() {
        fixture.enter("chat", null).close();
        String id = fixture.runtime().find().getFirst().id();
        fixture.slots().close();
        fixture.open();
        fixture.untilIs("chat", StateName.READY);
        fixture.enter("chat", null).close();
        assertThat(fixture.runtime().find().getFirst().id()).isEqualTo(id);
        assertThat(fixture.runtime().deeds()).containsExactly("start chat qwen");
    }

    @Test
    void serverThatIsNotWhatItsDefinitionSaysIsReplaced() {
        fixture.enter("chat", null).close();
        fixture.slots().close();
        fixture.definitions().define("chat", DOWN + "[server]\nextra_args = [\"-v\"]\n");
        fixture.open();
        fixture.untilIs("chat", StateName.READY);
        assertThat(fixture.runtime().deeds())
                .containsExactly("start chat qwen", "stop chat", "start chat qwen");
    }

    @Test
    void serverOfASlotThatIsDefinedNoMoreIsRemoved() throws Exception {
        fixture.enter("chat", null).close();
        fixture.slots().close();
        fixture.definitions().delete("chat");
        fixture.open();
        fixture.until(() -> fixture.runtime().find().isEmpty());
        fixture.until(() -> !Files.exists(fixture.states().resolve("chat")));
    }

    @Test
    void serverThatIsHealthyAndAnswersNobodyIsStartedAgain() {
        waitInVain(3);
        fixture.until(() -> fixture.runtime().starts("chat") == 2);
        fixture.untilIs("chat", StateName.READY);
        assertThat(fixture.status("chat").extra()).containsEntry("restarts", 1L);
    }

    @Test
    void serverThatAnswersAfterAllIsLeftAlone() throws Exception {
        fixture.enter("chat", null).close();
        FakeModel model = fixture.runtime().model("chat").orElseThrow();
        int asked = model.asked().size();
        waitInVain(2);
        model.hanging(false);
        waitInVain(1);
        model.hanging(false);
        // A question of ours, to which it gives an answer.
        fixture.until(() -> model.asked().size() > asked);
        int health = model.healthAsked();
        fixture.until(() -> model.healthAsked() > health + 3);
        assertThat(fixture.runtime().starts("chat")).isEqualTo(1);
    }

    /// Requests that leave after their wait, without any sign of an answer.
    private void waitInVain(int times) {
        for (int i = 0; i < times; i++) {
            try (Permit _ = fixture.enter("chat", null)) {
                fixture.runtime().model("chat").orElseThrow().hanging(true);
                LockSupport.parkNanos(SlotsFixture.FAST.silence().plusMillis(20).toNanos());
            }
        }
    }

    @Test
    void engineThatComesLaterBringsItsSlotsUp() {
        fixture.definitions().define("embed", "[model]\ndefault = \"e5\"\n");
        fixture.runtime().loseEngine("connection refused");
        fixture.slots();
        fixture.until(() -> fixture.status("embed").message().contains("connection refused"));
        assertThat(problemOf(() -> fixture.enter("chat", null).close()))
                .isEqualTo(SlotProblem.RUNTIME_UNAVAILABLE);
        fixture.runtime().findEngine();
        fixture.untilIs("embed", StateName.READY);
    }

    @Test
    void nobodyClaimsToKnowWhatRunsOnAnEngineThatIsAway() {
        fixture.enter("chat", null).close();
        fixture.slots().close();
        fixture.runtime().loseEngine("connection refused");
        fixture.open();
        fixture.until(() -> fixture.status("chat").message().contains("connection refused"));
        assertThat(fixture.status("chat").message()).contains("not known");
        fixture.runtime().findEngine();
        fixture.enter("chat", null).close();
        assertThat(fixture.runtime().starts("chat")).isEqualTo(1);
    }

    @Test
    void whatRanWhileItsEngineWasAwayIsTakenOverWhenThatIsBack() {
        fixture.enter("chat", "llama").close();
        fixture.slots().close();
        fixture.runtime().loseEngine("connection refused");
        fixture.open();
        fixture.until(() -> fixture.status("chat").message().contains("not known"));
        fixture.runtime().findEngine();
        fixture.untilIs("chat", StateName.READY);
        assertThat(fixture.status("chat").model()).isEqualTo("llama");
        assertThat(fixture.runtime().starts("chat")).isEqualTo(1);
        // The arbiter knows of it too.
        fixture.enter("chat", null).close();
        assertThat(fixture.runtime().starts("chat")).isEqualTo(1);
    }

    @Test
    void whatDiedWhileItsEngineWasAwayIsStartedAgain() {
        fixture.enter("chat", null).close();
        fixture.runtime().loseEngine("connection refused");
        fixture.runtime().crashUnseen("chat");
        fixture.runtime().findEngine();
        fixture.until(() -> fixture.runtime().starts("chat") == 2);
        fixture.untilIs("chat", StateName.READY);
    }

    @Test
    void measuredMemoryIsTheNextNeed() {
        fixture.runtime().script("chat").takes(777);
        fixture.enter("chat", null).close();
        fixture.until(
                () -> Long.valueOf(777).equals(fixture.status("chat").extra().get("memory_mb")));
        fixture.slots().close();
        fixture.runtime().crashUnseen("chat");
        fixture.open();
        fixture.enter("chat", null).close();
        assertThat(fixture.slots().gpu().shares())
                .anySatisfy(share -> {
                    assertThat(share.pool()).isEqualTo("memory");
                    assertThat(share.mb()).isEqualTo(777);
                    assertThat(share.measured()).isTrue();
                });
    }

    @Test
    void idleSlotIsUnloadedWhenItsTimeIsOver() {
        fixture.definitions()
                .define(
                        "brief",
                        "[slot]\nenabled = false\nidle_timeout_s = 0\nunload_after_s = 1\n[model]\ndefault = \"x\"\n");
        fixture.slots();
        fixture.enter("brief", null).close();
        fixture.untilIs("brief", StateName.OFFLINE);
        assertThat(fixture.runtime().find()).isEmpty();
        fixture.enter("brief", null).close();
        assertThat(fixture.runtime().starts("brief")).isEqualTo(2);
    }

    @Test
    void takenPortIsNamedAndAnotherOfTheRangeIsTaken() throws Exception {
        int port = fixture.definitions().ports().first();
        try (var squatter = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            assertThat(squatter.isBound()).isTrue();
            try (Permit permit = fixture.enter("chat", null)) {
                assertThat(permit.endpoint().getPort()).isNotEqualTo(port);
            }
            fixture.definitions()
                    .define("fixed", "[slot]\nenabled = false\nport = %d\n".formatted(port));
            fixture.slots().reload();
            assertThat(problemOf(() -> fixture.enter("fixed", null).close()))
                    .isEqualTo(SlotProblem.NO_FREE_PORT);
        }
    }

    @Test
    void slotsNeverShareAPort() throws Exception {
        for (int i = 0; i < 20; i++) {
            fixture.definitions()
                    .define("s" + i, "[slot]\nenabled = false\n[model]\ndefault = \"x\"\n");
        }
        fixture.slots();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Integer>> ports = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                String slot = "s" + i;
                ports.add(
                        threads.submit(() -> {
                            try (Permit permit = fixture.enter(slot, null)) {
                                return permit.endpoint().getPort();
                            }
                        }));
            }
            List<Integer> got = new ArrayList<>();
            for (Future<Integer> port : ports) {
                got.add(port.get(20, TimeUnit.SECONDS));
            }
            assertThat(got).doesNotHaveDuplicates();
        }
    }

    @Test
    void logsAreThoseOfWhatRuns() {
        assertThat(
                        problemOf(() ->
                                fixture.slots().logs("chat", 5, false, _ -> {}, new CancelToken())))
                .isEqualTo(SlotProblem.ILLEGAL_TRANSITION);
        fixture.enter("chat", null).close();
        List<String> lines = new ArrayList<>();
        fixture.slots().logs("chat", 5, false, line -> lines.add(line.text()), new CancelToken());
        assertThat(lines).containsExactly("loaded qwen");
    }
}
