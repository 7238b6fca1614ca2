package hal0.relay.rescue;

import hal0.providers.ChatStream;
import hal0.providers.event.StreamEvent;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/// An answer whose beginning is held back until it says something, so that another may still take
/// its place unseen.
///
/// **Threads** as [ChatStream].
public final class HeldStream implements ChatStream {
    private final ChatStream stream;
    private final Pull<@Nullable StreamEvent> pull;
    private final Deque<StreamEvent> held = new ArrayDeque<>();
    private boolean over;

    public HeldStream(ChatStream stream) {
        this.stream = stream;
        this.pull = new Pull<>(stream::next);
    }

    /// Reads up to its first content or its end, and no longer than `most`.
    ///
    /// **Errors** the stream's own.
    public void hold(Duration most) {
        long end = System.nanoTime() + most.toNanos();
        boolean content = false;
        while (!content && !over) {
            if (!pull.isReady(Duration.ofNanos(Math.max(1, end - System.nanoTime())))) {
                return;
            }
            content = take();
        }
    }

    /// Reads all of it.
    ///
    /// **Errors** the stream's own.
    public void holdAll() {
        while (!over) {
            take();
        }
    }

    private boolean take() {
        StreamEvent event = pull.take();
        if (event == null) {
            over = true;
            return false;
        }
        held.add(event);
        return event.isContent() || event instanceof StreamEvent.Done;
    }

    @Override
    public @Nullable StreamEvent next() {
        StreamEvent event = held.poll();
        if (event != null || over) {
            return event;
        }
        return pull.take();
    }

    @Override
    public boolean isReady() {
        return !held.isEmpty() || (!pull.isUnderWay() && stream.isReady());
    }

    @Override
    public void close() {
        stream.close();
    }
}
