package hal0.slots;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hal0.slots.definition.SlotSpec.RuntimeName;
import hal0.slots.error.SlotException;
import hal0.slots.runtime.SlotRuntime;
import hal0.slots.testing.FakeSlotRuntime;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class RuntimesTest {
    private final FakeSlotRuntime podman = new FakeSlotRuntime(RuntimeName.PODMAN);
    private final FakeSlotRuntime docker = new FakeSlotRuntime(RuntimeName.DOCKER);

    @Test
    void engineThatIsSlowToBeFoundKeepsNobodyFromTheOthers() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch held = new CountDownLatch(1);
        AtomicInteger made = new AtomicInteger();
        Supplier<SlotRuntime> slow =
                () -> {
                    asked.countDown();
                    try {
                        held.await();
                    } catch (InterruptedException e) {
                        throw new IllegalStateException(e);
                    }
                    made.incrementAndGet();
                    return podman;
                };
        try (Runtimes runtimes =
                new Runtimes(
                        Map.of(RuntimeName.PODMAN, slow, RuntimeName.DOCKER, () -> docker),
                        _ -> {})) {
            Thread first = Thread.startVirtualThread(() -> runtimes.get(RuntimeName.PODMAN));
            asked.await();
            Thread second = Thread.startVirtualThread(() -> runtimes.get(RuntimeName.PODMAN));
            assertThat(runtimes.get(RuntimeName.DOCKER)).isSameAs(docker);
            held.countDown();
            first.join();
            second.join();
            assertThat(made).hasValue(1);
        }
    }

    @Test
    void nothingIsMadeOnceItHasEnded() {
        Runtimes runtimes = new Runtimes(Map.of(RuntimeName.DOCKER, () -> docker), _ -> {});
        runtimes.close();
        assertThatThrownBy(() -> runtimes.get(RuntimeName.DOCKER))
                .isInstanceOf(SlotException.class)
                .hasMessageContaining("docker");
    }
}
