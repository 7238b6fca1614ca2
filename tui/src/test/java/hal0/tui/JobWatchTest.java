package hal0.tui;

import static org.assertj.core.api.Assertions.assertThat;

import hal0.tui.state.UiEvent;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class JobWatchTest {
    private final AtomicInteger running = new AtomicInteger();
    private final BlockingQueue<UiEvent> told = new LinkedBlockingQueue<>();

    @Test
    void commandThatEndsWhileNobodyAsksIsTold() throws InterruptedException {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
                JobWatch watch = new JobWatch(running::get, told::add, threads)) {
            watch.look();
            assertThat(told).isEmpty();
            running.set(2);
            watch.look();
            assertThat(told.poll(10, TimeUnit.SECONDS)).isEqualTo(new UiEvent.CommandsRun(2));
            running.set(0);
            assertThat(told.poll(10, TimeUnit.SECONDS)).isEqualTo(new UiEvent.CommandsRun(0));
        }
    }
}
