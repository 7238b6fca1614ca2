package hal0.relay.approval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hal0.home.activity.Activity;
import hal0.home.activity.Deed;
import hal0.home.store.Database;
import hal0.providers.http.CancelToken;
import hal0.relay.error.RelayException;
import hal0.relay.event.Event;
import hal0.relay.event.Events;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class ApprovalDeskTest {
    @TempDir private Path folder;
    private final Events events = new Events("e1", InstantSource.system());
    private Database database;
    private Activity activity;
    private ApprovalDesk desk;

    @BeforeEach
    void open() {
        database = Database.at(folder.resolve("hal0.db"));
        activity = new Activity(database, InstantSource.system());
        desk = deskOf(Duration.ofHours(1));
    }

    @AfterEach
    void close() {
        database.close();
    }

    private ApprovalDesk deskOf(Duration patience) {
        return new ApprovalDesk(
                new ApprovalNews(events, activity),
                failure ->
                        failure instanceof IllegalStateException
                                ? Optional.ofNullable(failure.getMessage())
                                : Optional.empty(),
                InstantSource.system(),
                patience);
    }

    private Approval ask(String arguments) {
        return desk.ask("model_pull", "pull a model", arguments, "agent-key", () -> "{}");
    }

    private List<String> heard(String last) throws InterruptedException {
        List<String> types = new ArrayList<>();
        for (long seen = 0; !types.contains(last); ) {
            for (Event event :
                    events.after(seen, Duration.ofSeconds(20), new CancelToken()).events()) {
                types.add(event.type());
                seen = event.id();
            }
        }
        return types;
    }

    private List<String> noted() {
        return activity.list(50, Long.MAX_VALUE).stream()
                .map(Deed.Noted::deed)
                .map(deed -> deed.actor() + " " + deed.action() + " " + deed.outcome())
                .toList()
                .reversed();
    }

    @Test
    void whatIsApprovedIsDoneOnceAndItsOutcomeIsKept() throws Exception {
        AtomicInteger done = new AtomicInteger();
        Approval asked =
                desk.ask(
                        "slot_delete",
                        "delete the slot chat",
                        "{\"slot\":\"chat\"}",
                        "agent-key",
                        () -> "{\"deleted\":" + done.incrementAndGet() + "}");
        assertThat(asked.state()).isEqualTo(Approval.State.WAITING);
        assertThat(done).hasValue(0);

        Approval decided = desk.decide(asked.id(), true, "owner");
        assertThat(decided.state()).isEqualTo(Approval.State.RUNNING);
        assertThat(heard("approval.done"))
                .containsExactly("approval.waiting", "approval.approved", "approval.done");

        Approval over = desk.find(asked.id()).orElseThrow();
        assertThat(over.state()).isEqualTo(Approval.State.DONE);
        assertThat(over.outcome()).isEqualTo("{\"deleted\":1}");
        assertThat(over.decidedBy()).isEqualTo("owner");
        assertThatThrownBy(() -> desk.decide(asked.id(), true, "owner"))
                .isInstanceOfSatisfying(
                        RelayException.class,
                        e -> assertThat(e.code()).isEqualTo("approval.decided"));
        assertThat(done).hasValue(1);
        assertThat(noted())
                .startsWith("agent-key approval.waiting DONE", "owner approval.approved DONE");
    }

    @Test
    void anErrorOfTheMachineIsTheEndOfACallToo() throws Exception {
        Approval asked =
                desk.ask(
                        "t",
                        "do it",
                        "{}",
                        "agent-key",
                        () -> {
                            throw new NoClassDefFoundError("hal0/Missing");
                        });

        desk.decide(asked.id(), true, "owner");

        assertThat(heard("approval.failed"))
                .containsExactly("approval.waiting", "approval.approved", "approval.failed");
        Approval over = desk.find(asked.id()).orElseThrow();
        assertThat(over.state()).isEqualTo(Approval.State.FAILED);
        assertThat(over.outcome()).contains("a fault in hal0").contains(asked.id());
    }

    @Test
    void whatIsDeniedIsNeverDone() throws Exception {
        AtomicInteger done = new AtomicInteger();
        Approval asked =
                desk.ask("t", "do it", "{}", "agent-key", () -> "" + done.incrementAndGet());

        desk.decide(asked.id(), false, "owner");

        assertThat(heard("approval.denied")).containsExactly("approval.waiting", "approval.denied");
        assertThat(desk.find(asked.id()).orElseThrow().state()).isEqualTo(Approval.State.DENIED);
        assertThat(done).hasValue(0);
        assertThat(noted().getLast()).isEqualTo("owner approval.denied REFUSED");
    }

    @Test
    void aFailureIsToldInItsOwnWordsWhereTheyAreForPeopleAndInNoneElse() throws Exception {
        Approval told = desk.ask("t", "one", "1", "a", ApprovalDeskTest::refuse);
        Approval fault = desk.ask("t", "two", "2", "a", ApprovalDeskTest::fault);

        desk.decide(told.id(), true, "owner");
        heard("approval.failed");
        assertThat(desk.find(told.id()).orElseThrow().outcome()).isEqualTo("the disk is full");

        long before = events.latest();
        desk.decide(fault.id(), true, "owner");
        while (!desk.find(fault.id()).orElseThrow().isOver()) {
            before +=
                    events.after(before, Duration.ofSeconds(20), new CancelToken()).events().size();
        }
        assertThat(desk.find(fault.id()).orElseThrow().state()).isEqualTo(Approval.State.FAILED);
        assertThat(desk.find(fault.id()).orElseThrow().outcome())
                .contains(fault.id())
                .doesNotContain("index 3");
    }

    private static String refuse() {
        throw new IllegalStateException("the disk is full");
    }

    private static String fault() {
        throw new IndexOutOfBoundsException("index 3");
    }

    @Test
    void whatNobodyDecidesExpiresThoughNobodyLooks() throws Exception {
        desk = deskOf(Duration.ofMillis(50));
        Approval asked = ask("{}");

        assertThat(heard("approval.expired")).contains("approval.waiting");

        assertThat(desk.find(asked.id()).orElseThrow().state()).isEqualTo(Approval.State.EXPIRED);
        assertThatThrownBy(() -> desk.decide(asked.id(), true, "owner"))
                .hasMessageContaining("expired");
    }

    @Test
    void whoAsksForTheSameAgainGetsTheOneThatWaits() {
        Approval first = ask("{\"a\":1}");

        assertThat(ask("{\"a\":1}").id()).isEqualTo(first.id());
        assertThat(ask("{\"a\":2}").id()).isNotEqualTo(first.id());
        desk.decide(first.id(), false, "owner");
        assertThat(ask("{\"a\":1}").id()).isNotEqualTo(first.id());
    }

    @Test
    void onlySoManyWaitAndOnlySoManyAreRemembered() {
        List<Approval> asked = new ArrayList<>();
        for (int i = 0; i < ApprovalDesk.REMEMBERED + 20; i++) {
            asked.add(ask("" + i));
            desk.decide(asked.getLast().id(), false, "owner");
        }
        assertThat(desk.list()).hasSize(ApprovalDesk.REMEMBERED);
        assertThat(desk.find(asked.getFirst().id())).isEmpty();

        for (int i = 0; i < ApprovalDesk.MOST_WAITING; i++) {
            ask("w" + i);
        }
        assertThatThrownBy(() -> ask("one more"))
                .isInstanceOfSatisfying(
                        RelayException.class,
                        e -> {
                            assertThat(e.status()).isEqualTo(429);
                            assertThat(e.code()).isEqualTo("approval.too_many");
                        });
        assertThat(desk.list().subList(0, ApprovalDesk.MOST_WAITING)).allMatch(Approval::isWaiting);
    }

    @Test
    void twoWhoDecideAtOnceAreNotBothHeard() throws Exception {
        AtomicInteger done = new AtomicInteger();
        Approval asked = desk.ask("t", "s", "{}", "a", () -> "" + done.incrementAndGet());
        AtomicInteger refused = new AtomicInteger();
        CountDownLatch go = new CountDownLatch(1);
        List<Thread> deciders = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            deciders.add(
                    Thread.ofVirtual()
                            .start(() -> {
                                try {
                                    go.await();
                                    desk.decide(asked.id(), true, "owner");
                                } catch (RelayException _) {
                                    refused.incrementAndGet();
                                } catch (InterruptedException e) {
                                    Thread.currentThread().interrupt();
                                }
                            }));
        }
        go.countDown();
        for (Thread decider : deciders) {
            decider.join();
        }
        heard("approval.done");
        assertThat(refused).hasValue(7);
        assertThat(done).hasValue(1);
    }

    @Test
    void whatWaitsEndsWithTheProcessAndSaysSo() throws Exception {
        Approval asked = ask("{}");

        desk.close();

        Approval over = desk.find(asked.id()).orElseThrow();
        assertThat(over.state()).isEqualTo(Approval.State.EXPIRED);
        assertThat(over.outcome()).contains("hal0 was stopped", "call the tool again");
        assertThat(heard("approval.expired")).contains("approval.waiting");
        assertThat(noted()).contains("hal0 approval.expired REFUSED");
        assertThatThrownBy(() -> deskOf(Duration.ofHours(1)).decide(asked.id(), true, "owner"))
                .isInstanceOf(RelayException.class)
                .hasMessageContaining("ends with the hal0 that it waits in");
    }
}
