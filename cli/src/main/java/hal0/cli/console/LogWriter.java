package hal0.cli.console;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.logging.ErrorManager;
import java.util.logging.Formatter;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.jspecify.annotations.Nullable;

/// Writes lines of the log, those of a busy moment together.
///
/// **Shape** warnings, and what comes after a pause, are written at once; what follows within a few
/// milliseconds waits for them to be over, so that a thousand requests a second do not cost a
/// system call each. A process that is killed loses that much of its log and no more. **Threads**
/// any; the first busy moment starts one of its own.
final class LogWriter extends Handler {
    private static final Duration TOGETHER = Duration.ofMillis(5);

    private final OutputStream out;
    private final StringBuilder waiting = new StringBuilder();
    private long writtenNanos = System.nanoTime() - TOGETHER.toNanos();
    private @Nullable Thread writer;
    private boolean announced;
    private boolean closed;

    LogWriter(OutputStream out, Formatter formatter) {
        this.out = out;
        setFormatter(formatter);
    }

    @Override
    public void publish(LogRecord record) {
        String line = getFormatter().format(record);
        boolean urgent = record.getLevel().intValue() >= Level.WARNING.intValue();
        synchronized (this) {
            waiting.append(line);
            if (urgent || closed || System.nanoTime() - writtenNanos >= TOGETHER.toNanos()) {
                flush();
            } else if (!announced) {
                announced = true;
                LockSupport.unpark(writer());
            }
        }
    }

    private Thread writer() {
        Thread current = writer;
        if (current == null) {
            current = Thread.ofPlatform().daemon().name("log").start(this::writeLater);
            writer = current;
        }
        return current;
    }

    private void writeLater() {
        while (true) {
            while (!isAnnounced()) {
                LockSupport.park(this);
            }
            LockSupport.parkNanos(this, TOGETHER.toNanos());
            flush();
        }
    }

    private synchronized boolean isAnnounced() {
        return announced;
    }

    @Override
    public synchronized void flush() {
        announced = false;
        if (waiting.isEmpty()) {
            return;
        }
        try {
            out.write(waiting.toString().getBytes(UTF_8));
            out.flush();
        } catch (IOException e) {
            reportError(null, e, ErrorManager.WRITE_FAILURE);
        }
        waiting.setLength(0);
        writtenNanos = System.nanoTime();
    }

    /// Called by the logging library as soon as the process begins to end, while commands still
    /// have something to say on standard error: closing the stream would silence them.
    @Override
    public synchronized void close() {
        closed = true;
        flush();
    }
}
