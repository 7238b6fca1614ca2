package hal0.slots.hardware;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class CachedProbeTest {
    @Test
    void machineThatTellsSlowlyIsAskedSeldom() {
        AtomicInteger looks = new AtomicInteger();
        AtomicLong now = new AtomicLong();
        Hardware.Probe probe =
                new CachedProbe(
                        () -> {
                            now.addAndGet(2_000_000_000L);
                            looks.incrementAndGet();
                            return new Hardware("", 1, 0, 0, List.of(), List.of(), List.of());
                        },
                        now::get);
        probe.look();
        now.addAndGet(29_000_000_000L);
        probe.look();
        assertThat(looks).hasValue(1);
        now.addAndGet(1_000_000_000L);
        probe.look();
        assertThat(looks).hasValue(2);
    }

    @Test
    void machineIsLookedAtOnceASecond() {
        AtomicInteger looks = new AtomicInteger();
        AtomicLong now = new AtomicLong(-5);
        Hardware.Probe probe =
                new CachedProbe(
                        () ->
                                new Hardware(
                                        "",
                                        1,
                                        looks.incrementAndGet(),
                                        0,
                                        List.of(),
                                        List.of(),
                                        List.of()),
                        now::get);
        assertThat(probe.look().memoryMb()).isEqualTo(1);
        now.addAndGet(999_999_999);
        assertThat(probe.look().memoryMb()).isEqualTo(1);
        now.addAndGet(1);
        assertThat(probe.look().memoryMb()).isEqualTo(2);
    }
}
