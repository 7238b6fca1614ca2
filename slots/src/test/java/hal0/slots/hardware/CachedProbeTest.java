package hal0.slots.hardware;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class CachedProbeTest {
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
