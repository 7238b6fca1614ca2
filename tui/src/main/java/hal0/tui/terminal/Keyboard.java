package hal0.tui.terminal;

import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// What is typed at the terminal of this process.
///
/// **Shape** a read that blocks would take the first keys from a program that is lent the terminal,
/// and nothing but closing what it reads from ends it; so it reads from the terminal by its name,
/// which can be opened again. Where the terminal has no name it is not lent. **Threads** one reads,
/// another lends.
final class Keyboard {
    private static final System.Logger LOG = System.getLogger(Keyboard.class.getName());
    private static final Path NAME = Path.of("/dev/tty");

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition back = lock.newCondition();
    private @Nullable FileChannel open;
    private boolean lent;
    private boolean named = true;
    private final FileInputStream in = new FileInputStream(FileDescriptor.in);
    private int waiting;
    private boolean echoed;
    private byte[] early = {};

    /// Tells early and later keys apart; called when keys come unechoed and raw from now on.
    /// `shown` is whether those before were echoed.
    void remember(boolean shown) {
        lock.lock();
        try {
            waiting = in.available();
            echoed = shown;
        } catch (IOException e) {
            LOG.log(System.Logger.Level.DEBUG, "what was typed early is not told apart", e);
        } finally {
            lock.unlock();
        }
    }

    /// What has to be written so that nothing is seen of early keys on the lines of a terminal;
    /// from now on [#read] gives them.
    String unecho(int columns) {
        lock.lock();
        try {
            if (waiting == 0) {
                return "";
            }
            EarlyKeys keys = new EarlyKeys(in.readNBytes(waiting));
            waiting = 0;
            early = keys.typed();
            return echoed ? keys.erasure(columns) : "";
        } catch (IOException e) {
            LOG.log(System.Logger.Level.DEBUG, "what was typed early is lost", e);
            return "";
        } finally {
            lock.unlock();
        }
    }

    /// Early keys that fit; 0 where there are none.
    private int early(byte[] buffer) {
        lock.lock();
        try {
            int count = Math.min(buffer.length, early.length);
            System.arraycopy(early, 0, buffer, 0, count);
            early = Arrays.copyOfRange(early, count, early.length);
            return count;
        } finally {
            lock.unlock();
        }
    }

    int read(byte[] buffer) throws IOException {
        int first = early(buffer);
        if (first > 0) {
            return first;
        }
        while (true) {
            FileChannel channel = opened();
            if (channel == null) {
                return in.read(buffer);
            }
            try {
                return channel.read(ByteBuffer.wrap(buffer));
            } catch (ClosedChannelException _) {
                // it was lent while this waited; the next one waits until it is back
            }
        }
    }

    /// Null where the terminal has no name.
    private @Nullable FileChannel opened() {
        lock.lock();
        try {
            while (lent) {
                back.awaitUninterruptibly();
            }
            if (open == null && named) {
                open = FileChannel.open(NAME, StandardOpenOption.READ);
            }
            return open;
        } catch (IOException e) {
            LOG.log(System.Logger.Level.DEBUG, "no " + NAME + ", so standard input is read", e);
            named = false;
            return null;
        } finally {
            lock.unlock();
        }
    }

    void lend(Runnable user) {
        release();
        try {
            user.run();
        } finally {
            reclaim();
        }
    }

    /// Reads again what is typed.
    void reclaim() {
        lock.lock();
        try {
            lent = false;
            back.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /// Leaves what is typed to others.
    void release() {
        lock.lock();
        try {
            lent = true;
            FileChannel channel = open;
            open = null;
            if (channel != null) {
                channel.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot lend the terminal", e);
        } finally {
            lock.unlock();
        }
    }
}
