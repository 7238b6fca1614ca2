package hal0.relay.key;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Random;
import org.junit.jupiter.api.Test;

class MinuteWindowTest {
    private final MinuteWindow window = new MinuteWindow();

    @Test
    void whatIsOverAMinuteAgoIsForgotten() {
        window.add(1_000, 5);
        window.add(1_030, 7);

        assertThat(window.sum(1_060)).isEqualTo(12);
        assertThat(window.sum(1_061)).isEqualTo(7);
        assertThat(window.sum(1_091)).isZero();
        assertThat(window.sum(900)).isZero();
    }

    @Test
    void itSaysWhenThereIsRoomAgain() {
        window.add(1_000, 5);
        window.add(1_030, 7);

        assertThat(window.secondsUntil(1_040, 12)).isZero();
        assertThat(window.secondsUntil(1_040, 11)).isEqualTo(21);
        assertThat(window.secondsUntil(1_040, 0)).isEqualTo(51);
        assertThat(window.sum(1_040 + 21)).isLessThanOrEqualTo(11);
        assertThat(window.sum(1_040 + 51)).isZero();
    }

    @Test
    void whatIsTakenBackLeavesTheSecondItCameIn() {
        window.add(1_000, 1);
        window.takeBack(1_000, 1);
        window.add(1_030, 1);
        window.takeBack(900, 1);

        assertThat(window.sum(1_030)).isEqualTo(1);
    }

    @Test
    void noSixtySecondsEverHoldMoreThanTheLimit() {
        Random random = new Random(7);
        Deque<Long> taken = new ArrayDeque<>();
        long second = 5_000;
        for (int i = 0; i < 20_000; i++) {
            second += random.nextInt(4);
            if (window.sum(second) < 10) {
                window.add(second, 1);
                taken.add(second);
            }
            while (!taken.isEmpty() && taken.getFirst() <= second - 60) {
                taken.removeFirst();
            }
            assertThat(taken.size()).isLessThanOrEqualTo(10);
        }
    }
}
