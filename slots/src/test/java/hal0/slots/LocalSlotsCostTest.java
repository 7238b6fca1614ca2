package hal0.slots;

import static org.assertj.core.api.Assertions.assertThat;

import hal0.providers.http.CancelToken;
import hal0.slots.definition.Definitions.PortRange;
import hal0.slots.lifecycle.StateName;
import hal0.slots.testing.SlotsFixture;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What slots cost: the bounds are those of the contract, and far from what is measured.
class LocalSlotsCostTest {
    @TempDir Path home;

    @Test
    void enteringAReadySlotCostsNextToNothing() {
        try (SlotsFixture fixture = new SlotsFixture(home)) {
            fixture.definitions().define("chat", "[model]\ndefault = \"qwen\"\n");
            fixture.slots();
            fixture.untilIs("chat", StateName.READY);
            Wish wish = new Wish("chat", "qwen", Duration.ofSeconds(1));
            CancelToken cancel = new CancelToken();
            long[] took = new long[20_000];
            for (int i = 0; i < took.length; i++) {
                long before = System.nanoTime();
                fixture.slots().enter(wish, cancel).close();
                took[i] = System.nanoTime() - before;
            }
            Arrays.sort(took);
            assertThat(took[took.length / 2]).as("median, ns").isLessThan(50_000);
        }
    }

    @Test
    void twoHundredSlotsFitIntoLittleMemory() {
        try (SlotsFixture fixture = new SlotsFixture(home)) {
            for (int i = 0; i < 200; i++) {
                fixture.definitions().define("s" + i, "[model]\ndefault = \"qwen\"\n");
            }
            fixture.definitions().ports(new PortRange(30_000, 30_400));
            long before = used();
            fixture.slots();
            fixture.until(() ->
                    fixture.slots().all().stream().allMatch(s -> s.state() == StateName.READY));
            assertThat(used() - before).isLessThan(50L * 1024 * 1024);
            assertThat(platformThreads()).isLessThan(60);
        }
    }

    private static long used() {
        Runtime runtime = Runtime.getRuntime();
        for (int i = 0; i < 3; i++) {
            System.gc();
        }
        return runtime.totalMemory() - runtime.freeMemory();
    }

    /// A thread for each slot would be seen here; virtual ones are not counted.
    private static int platformThreads() {
        return Thread.activeCount();
    }
}
