package hal0.relay.api;

import hal0.relay.api.SlotStreams.Item;
import java.time.Duration;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// What a client of a slot's stream has not read yet: at most so many items, and so many characters
/// of lines, since one line may have 64 KiB. What comes beyond that is left out.
///
/// **Threads** any to add, one to take.
final class Ahead {
    static final int ITEMS = 10_000;
    static final long CHARS = 4L * 1024 * 1024;

    private final LinkedBlockingQueue<Item> items = new LinkedBlockingQueue<>(ITEMS);
    private final AtomicLong chars = new AtomicLong();

    /// False where there is no room for it.
    boolean offer(Item item) {
        long length = length(item);
        if (chars.addAndGet(length) <= CHARS && items.offer(item)) {
            return true;
        }
        chars.addAndGet(-length);
        return false;
    }

    /// Null when nothing comes for so long.
    @Nullable Item poll(Duration wait) throws InterruptedException {
        return taken(items.poll(wait.toMillis(), TimeUnit.MILLISECONDS));
    }

    private @Nullable Item taken(@Nullable Item item) {
        if (item != null) {
            chars.addAndGet(-length(item));
        }
        return item;
    }

    boolean isEmpty() {
        return items.isEmpty();
    }

    /// After what is waiting; where there is no room, in place of some of that.
    void end() {
        while (!items.offer(Item.END)) {
            var _ = taken(items.poll());
        }
    }

    private static long length(Item item) {
        return item.line() == null ? 0 : item.line().text().length();
    }
}
