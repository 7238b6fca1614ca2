package hal0.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;

/// What a child process writes to one of its streams, for tests that wait for it.
///
/// **Threads** any.
final class Output {
    private static final long PATIENCE_SECONDS = 30;

    private final String name;
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private boolean ended;

    private Output(String name) {
        this.name = name;
    }

    static Output reading(InputStream in, String name) {
        Output output = new Output(name);
        Thread.ofVirtual().name("output-" + name).start(() -> output.read(in));
        return output;
    }

    private void read(InputStream in) {
        byte[] buffer = new byte[8192];
        try (in) {
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                add(buffer, n);
            }
        } catch (IOException e) {
            // The process was killed: what it wrote until then is what there is.
        } finally {
            end();
        }
    }

    private void add(byte[] buffer, int n) {
        lock.lock();
        try {
            bytes.write(buffer, 0, n);
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void end() {
        lock.lock();
        try {
            ended = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /// What was written so far.
    String text() {
        return new String(bytes(), UTF_8);
    }

    byte[] bytes() {
        lock.lock();
        try {
            return bytes.toByteArray();
        } finally {
            lock.unlock();
        }
    }

    /// Everything, once the stream has ended.
    String whole() throws InterruptedException {
        await(_ -> ended, "its end");
        return text();
    }

    String awaitText(String expected) throws InterruptedException {
        return await(text -> text.contains(expected), '"' + expected + '"');
    }

    String awaitTimes(int times, String expected) throws InterruptedException {
        return await(
                text -> text.split(java.util.regex.Pattern.quote(expected), -1).length > times,
                "%d times \"%s\"".formatted(times, expected));
    }

    private String await(Predicate<String> condition, String expected) throws InterruptedException {
        long left = TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        lock.lock();
        try {
            while (!condition.test(text())) {
                if (ended || left <= 0) {
                    throw new AssertionError(
                            "waited for %s on %s, which %s:%n%s"
                                    .formatted(expected, name, ended ? "ended" : "holds", text()));
                }
                left = changed.awaitNanos(left);
            }
            return text();
        } finally {
            lock.unlock();
        }
    }
}
