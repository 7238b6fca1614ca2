package hal0.cli.console;

import hal0.providers.http.CancelToken;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// Turns the end of the process (Ctrl-C, TERM, HUP) into a cancel, and gives the command a moment
/// to finish what it owes: the upstream call ended, the ledger written, the terminal as it was.
public final class Interrupt implements AutoCloseable {
    private static final long MOMENT_SECONDS = 3;

    private final CountDownLatch finished = new CountDownLatch(1);
    private final Thread hook;

    private Interrupt(CancelToken token, long seconds) {
        hook =
                new Thread(
                        () -> {
                            token.cancel("interrupted");
                            awaitFinished(seconds);
                        },
                        "interrupt");
        Runtime.getRuntime().addShutdownHook(hook);
    }

    public static Interrupt cancels(CancelToken token) {
        return new Interrupt(token, MOMENT_SECONDS);
    }

    /// Like `cancels`, for a command that may need longer to end well.
    public static Interrupt cancels(CancelToken token, long seconds) {
        return new Interrupt(token, seconds);
    }

    private void awaitFinished(long seconds) {
        try {
            if (!finished.await(seconds, TimeUnit.SECONDS)) {
                System.getLogger("hal0.cli")
                        .log(System.Logger.Level.WARNING, "the command did not end in time");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        finished.countDown();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The process is ending already, and the hook running.
        }
    }
}
