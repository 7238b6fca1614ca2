package hal0.agent.shell;

import hal0.agent.process.Running;
import hal0.agent.process.TerminalText;
import hal0.providers.http.CancelToken;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/// A command that runs or has run.
///
/// **Shape** it is over when its shell has ended and nobody writes any more; processes that it left
/// in the background and that still write keep it running. **Threads** any; one reads its output.
final class Job {
    private static final Duration GRACE = Duration.ofMillis(500);
    private static final Duration LIVE = Duration.ofMillis(50);

    /// How long a shell that has ended is waited for to hand over what it wrote.
    private static final Duration LAST_WORDS = Duration.ofMillis(250);

    private final int number;
    private final String command;
    private final Running running;
    private final Transcript transcript;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private boolean exited;
    private boolean drained;

    private Job(int number, String command, Running running, Transcript transcript) {
        this.number = number;
        this.command = command;
        this.running = running;
        this.transcript = transcript;
    }

    static Job of(int number, String command, Running running, KeptOutputs kept) {
        Job job = new Job(number, command, running, new Transcript(kept));
        Thread.ofPlatform().daemon().name("shell-output-" + number).start(job::read);
        running.onExit(job::exited);
        return job;
    }

    int number() {
        return number;
    }

    String command() {
        return command;
    }

    private void read() {
        TerminalText text = new TerminalText(transcript::add);
        ByteBuffer bytes = ByteBuffer.allocate(64 * 1024);
        try {
            while (running.output().read(bytes) >= 0) {
                bytes.flip();
                during(() -> text.accept(bytes));
                bytes.compact();
            }
        } catch (IOException _) {
            // A pipe that cannot be read any more has no more to say.
        } finally {
            running.output().close();
            during(() -> {
                text.end(bytes.flip());
                transcript.end();
                drained = true;
            });
        }
    }

    private void exited() {
        during(() -> exited = true);
    }

    private void during(Runnable change) {
        lock.lock();
        try {
            change.run();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /// Why the waiting for a job ended.
    enum Outcome {
        ENDED,
        LEFT_RUNNING,
        TIMED_OUT,
        CANCELLED
    }

    /// Waits until the shell has ended and tells `live` what comes; ends nothing.
    Outcome await(Duration patience, CancelToken cancel, Consumer<String> live)
            throws InterruptedException {
        try (CancelToken.Registration _ = cancel.onCancel(() -> during(() -> {}))) {
            long until = System.nanoTime() + patience.toNanos();
            while (!hasExited() && !cancel.isCancelled() && System.nanoTime() - until < 0) {
                tell(live);
                pause(until - System.nanoTime(), cancel);
            }
            if (hasExited()) {
                lastWords();
            }
            tell(live);
        }
        if (hasExited()) {
            return isRunning() ? Outcome.LEFT_RUNNING : Outcome.ENDED;
        }
        return cancel.isCancelled() ? Outcome.CANCELLED : Outcome.TIMED_OUT;
    }

    private boolean hasExited() {
        lock.lock();
        try {
            return exited;
        } finally {
            lock.unlock();
        }
    }

    private void tell(Consumer<String> live) {
        String text;
        lock.lock();
        try {
            text = transcript.takeLive();
        } finally {
            lock.unlock();
        }
        if (!text.isEmpty()) {
            live.accept(text);
        }
    }

    /// Until there is something new, but not so soon that every line is told by itself.
    private void pause(long nanos, CancelToken cancel) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            long begun = System.nanoTime();
            long left = nanos;
            while (left > 0 && !exited && !cancel.isCancelled()) {
                long passed = System.nanoTime() - begun;
                long soon = LIVE.toNanos() - passed;
                if (transcript.hasLive() && soon <= 0) {
                    return;
                }
                var _ =
                        changed.awaitNanos(
                                Math.min(nanos - passed, transcript.hasLive() ? soon : nanos));
                left = nanos - (System.nanoTime() - begun);
            }
        } finally {
            lock.unlock();
        }
    }

    private void lastWords() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            long left = LAST_WORDS.toNanos();
            while (!drained && left > 0) {
                left = changed.awaitNanos(left);
            }
        } finally {
            lock.unlock();
        }
    }

    /// Whether the shell runs, or processes that write its output.
    boolean isRunning() {
        lock.lock();
        try {
            if (!exited || drained) {
                return !exited;
            }
        } finally {
            lock.unlock();
        }
        if (running.members().isEmpty()) {
            running.output().close(); // whoever holds it open cannot be seen
            return false;
        }
        return true;
    }

    /// How the shell ended; empty while it runs.
    String ended() {
        return running.isAlive() ? "" : Ended.words(running.exitCode());
    }

    boolean succeeded() {
        return !running.isAlive() && running.exitCode() == 0;
    }

    /// Ends it with all its processes. False when some of them cannot be ended.
    boolean end() throws InterruptedException {
        boolean gone = running.end(GRACE);
        lastWords();
        running.output().close();
        return gone;
    }

    String takeUnread() {
        lock.lock();
        try {
            return transcript.takeUnread();
        } finally {
            lock.unlock();
        }
    }
}
