package hal0.relay.rescue;

import static org.assertj.core.api.Assertions.assertThat;

import hal0.relay.rescue.Breakers.State;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class BreakersTest {
    private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 1_000_000_000);
    private final List<String> heard = new ArrayList<>();
    private final Breakers breakers =
            new Breakers(now::get, (target, state) -> heard.add(target + " " + state));

    @Test
    void fiveFailuresInARowOpenIt() {
        fail(4);
        assertThat(breakers.admits("a/m")).isTrue();
        fail(1);

        assertThat(breakers.state("a/m")).isEqualTo(State.OPEN);
        assertThat(breakers.admits("a/m")).isFalse();
        assertThat(breakers.wouldAdmit("a/m")).isFalse();
        assertThat(breakers.opensIn("a/m")).isEqualTo(Duration.ofSeconds(5));
        assertThat(breakers.lastFailure("a/m")).contains("gone");
        assertThat(breakers.admits("b/m")).as("the others are not touched").isTrue();
    }

    @Test
    void anAnswerInBetweenBeginsTheRowAnew() {
        fail(4);
        breakers.succeeded("a/m");
        fail(4);

        assertThat(breakers.state("a/m")).isEqualTo(State.CLOSED);
    }

    @Test
    void halfOfTwentyOpenItToo() {
        for (int i = 0; i < 9; i++) {
            fail(1);
            breakers.succeeded("a/m");
        }
        fail(1);
        assertThat(breakers.state("a/m"))
                .as("nineteen, ten of them failed")
                .isEqualTo(State.CLOSED);
        breakers.succeeded("a/m");
        fail(1);

        assertThat(breakers.state("a/m")).isEqualTo(State.OPEN);
    }

    @Test
    void lessThanHalfOfTheLastTwentyDoNot() {
        for (int i = 0; i < 60; i++) {
            fail(1);
            breakers.succeeded("a/m");
            breakers.succeeded("a/m");
        }

        assertThat(breakers.state("a/m")).isEqualTo(State.CLOSED);
    }

    @Test
    void afterFiveSecondsOneProbeIsLetThrough() {
        fail(5);
        pass(Duration.ofSeconds(5).minusNanos(1));
        assertThat(breakers.admits("a/m")).isFalse();
        pass(Duration.ofNanos(1));

        assertThat(breakers.state("a/m")).isEqualTo(State.HALF_OPEN);
        assertThat(breakers.admits("a/m")).isTrue();
        assertThat(breakers.admits("a/m")).as("while the probe is out").isFalse();
    }

    @Test
    void ofManyAtOnceOneIsTheProbe() throws InterruptedException {
        fail(5);
        pass(Duration.ofSeconds(5));
        AtomicInteger admitted = new AtomicInteger();
        CountDownLatch start = new CountDownLatch(1);
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            threads.add(
                    Thread.ofVirtual()
                            .start(() -> {
                                try {
                                    start.await();
                                } catch (InterruptedException e) {
                                    Thread.currentThread().interrupt();
                                }
                                if (breakers.admits("a/m")) {
                                    admitted.incrementAndGet();
                                }
                            }));
        }
        start.countDown();
        for (Thread thread : threads) {
            thread.join();
        }

        assertThat(admitted).hasValue(1);
    }

    @Test
    void aProbeThatSucceedsClosesItAndOneThatFailsOpensItAgain() {
        probe();
        fail(1);
        assertThat(breakers.state("a/m")).isEqualTo(State.OPEN);
        assertThat(breakers.opensIn("a/m")).isEqualTo(Duration.ofSeconds(5));

        pass(Duration.ofSeconds(5));
        assertThat(breakers.admits("a/m")).isTrue();
        breakers.succeeded("a/m");

        assertThat(breakers.state("a/m")).isEqualTo(State.CLOSED);
        assertThat(breakers.states()).as("nothing is left to remember").isEmpty();
        assertThat(breakers.lastFailure("a/m")).isEmpty();
        fail(4);
        assertThat(breakers.state("a/m")).as("what was is forgotten").isEqualTo(State.CLOSED);
    }

    @Test
    void aProbeThatLearnsNothingMakesWayForTheNext() {
        probe();
        breakers.withdrawn("a/m");

        assertThat(breakers.admits("a/m")).isTrue();
    }

    @Test
    void aProbeThatIsLostKeepsTheTargetClosedOffForAMinute() {
        probe();
        pass(Duration.ofSeconds(59));
        assertThat(breakers.admits("a/m")).isFalse();
        pass(Duration.ofSeconds(1));

        assertThat(breakers.admits("a/m")).isTrue();
    }

    @Test
    void whatWasSentBeforeItOpenedChangesNothing() {
        fail(5);
        breakers.succeeded("a/m");
        fail(1);

        assertThat(breakers.state("a/m")).isEqualTo(State.OPEN);
        assertThat(breakers.opensIn("a/m")).isEqualTo(Duration.ofSeconds(5));
    }

    @Test
    void changesAreHeardOnce() {
        fail(6);
        pass(Duration.ofSeconds(5));
        assertThat(breakers.admits("a/m")).isTrue();
        breakers.succeeded("a/m");

        assertThat(heard).containsExactly("a/m OPEN", "a/m CLOSED");
    }

    @Test
    void targetsThatDoWellAreNotRemembered() {
        breakers.succeeded("a/m");
        breakers.withdrawn("b/m");

        assertThat(breakers.states()).isEmpty();
    }

    private void probe() {
        fail(5);
        pass(Duration.ofSeconds(5));
        assertThat(breakers.admits("a/m")).isTrue();
    }

    private void fail(int times) {
        for (int i = 0; i < times; i++) {
            breakers.failed("a/m", "gone");
        }
    }

    private void pass(Duration time) {
        now.addAndGet(time.toNanos());
    }
}
