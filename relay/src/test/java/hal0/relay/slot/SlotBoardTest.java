package hal0.relay.slot;

import static org.assertj.core.api.Assertions.assertThat;

import hal0.relay.testing.ScriptedSlots;
import hal0.slots.Slots;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

class SlotBoardTest {
    private final SlotBoard board = new SlotBoard(List::of);

    /// Begins to wait, and returns once it does so or has an answer.
    private CompletableFuture<Optional<Slots>> asked() {
        CompletableFuture<Optional<Slots>> answer = new CompletableFuture<>();
        Thread asking = Thread.ofPlatform().daemon().start(() -> answer.complete(board.awaited()));
        while (asking.getState() != Thread.State.TIMED_WAITING && !answer.isDone()) {
            LockSupport.parkNanos(1_000_000);
        }
        return answer;
    }

    @Test
    void whoAsksBeforeTheSlotsAreThereWaitsForThem() throws Exception {
        board.expect();
        CompletableFuture<Optional<Slots>> answer = asked();
        assertThat(answer).isNotDone();
        ScriptedSlots slots = new ScriptedSlots();
        try (var _ = board.run(slots)) {
            assertThat(answer.get(5, TimeUnit.SECONDS)).containsSame(slots);
        }
    }

    @Test
    void nobodyWaitsForSlotsThatCouldNotBeBegun() throws Exception {
        board.expect();
        CompletableFuture<Optional<Slots>> answer = asked();
        board.begun();
        assertThat(answer.get(5, TimeUnit.SECONDS)).isEmpty();
        assertThat(asked().get(5, TimeUnit.SECONDS)).isEmpty();
    }

    @Test
    void whereNoneAreExpectedNobodyWaits() throws Exception {
        assertThat(asked().get(5, TimeUnit.SECONDS)).isEmpty();
    }
}
