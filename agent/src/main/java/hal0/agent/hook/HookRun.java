package hal0.agent.hook;

import hal0.agent.process.Launch;
import hal0.agent.process.OutputPipe;
import hal0.agent.process.Running;
import hal0.agent.process.Starter;
import hal0.agent.process.TerminalText;
import hal0.home.IoReason;
import hal0.providers.http.CancelToken;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// Runs one command of the user's by `sh -c` and hears what it says.
///
/// **Threads** any; two more read what it writes.
record HookRun(Starter starter, Path folder, Duration patience) {
    private static final int MOST = 64 * 1024;
    private static final Duration LAST_WORDS = Duration.ofMillis(250);
    private static final Duration GRACE = Duration.ofMillis(300);

    /// What came of it.
    sealed interface Result {
        /// It ended; `said` is its standard output, `complained` its standard error.
        record Ended(int code, String said, String complained) implements Result {}

        /// It could not be started or did not end in time.
        record Silent(String why) implements Result {}

        record Cancelled() implements Result {}
    }

    Result of(String line, byte[] input, CancelToken cancel) {
        try {
            Running running =
                    starter.start(new Launch(List.of("sh", "-c", line), folder, input, false));
            return heard(running, cancel);
        } catch (IOException e) {
            return new Result.Silent("could not be started: " + IoReason.of(e));
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return new Result.Cancelled();
        }
    }

    private Result heard(Running running, CancelToken cancel) throws InterruptedException {
        Ear output = new Ear(running.output());
        Ear errors = new Ear(running.errors());
        CountDownLatch over = new CountDownLatch(1);
        running.onExit(over::countDown);
        try (CancelToken.Registration _ = cancel.onCancel(over::countDown)) {
            boolean soon = over.await(patience.toMillis(), TimeUnit.MILLISECONDS);
            if (running.isAlive()) {
                running.end(GRACE);
                return soon && cancel.isCancelled()
                        ? new Result.Cancelled()
                        : new Result.Silent(
                                "did not end within %d s".formatted(patience.toSeconds()));
            }
            return new Result.Ended(running.exitCode(), output.heard(), errors.heard());
        } finally {
            running.output().close();
            running.errors().close();
        }
    }

    /// Reads one stream to its end, or until nobody waits for it any more.
    private static final class Ear {
        private final Thread thread;
        private volatile String text = "";

        Ear(OutputPipe pipe) {
            thread = Thread.ofPlatform().daemon().name("hook-output").start(() -> listen(pipe));
        }

        private void listen(OutputPipe pipe) {
            try {
                text = TerminalText.plain(pipe.readAll(MOST)).strip();
            } catch (IOException _) {
                // What cannot be read was not said.
            }
        }

        /// Others that it started may hold the stream open, so the end of it is not waited for
        /// long.
        String heard() throws InterruptedException {
            thread.join(LAST_WORDS);
            return text;
        }
    }
}
