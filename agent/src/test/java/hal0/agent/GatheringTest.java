package hal0.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class GatheringTest {
    private final List<String> done = new ArrayList<>();
    private long now;
    private final Gathering pieces = new Gathering(() -> now, _ -> done.add("pause"));

    @Test
    void ofPiecesThatComeSwiftlyTheNextIsGivenTimeOnceThisOneIsHandedOn() {
        take("a", 1_000_000);
        take("b", 20_000);

        assertThat(done).containsExactly("a", "pause", "b");
    }

    @Test
    void whatIsThereAlreadyIsNeverWaitedFor() {
        take("a", 20_000);
        take("b", Gathering.WAITED);
        take("c", 20_000);

        assertThat(done).containsExactly("a", "b", "c");
    }

    @Test
    void piecesThatComeSlowlyAreHandedOnAsTheyCome() {
        take("a", 2_000_000_000L);
        take("b", Gathering.SLOW);
        take("c", 40_000_000);

        assertThat(done).containsExactly("a", "b", "c");
    }

    private void take(String piece, long waits) {
        done.add(
                String.valueOf(
                        pieces.next(() -> {
                            now += waits;
                            return piece;
                        })));
    }
}
