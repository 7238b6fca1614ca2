package hal0.tui;

/// When the next frame is drawn: at most 60 a second, none when nothing changed.
///
/// What the user did is shown at once, unless a frame for the user was just drawn; what comes by
/// itself is shown half as often, which reads as smoothly and costs half. While the window changes
/// its size nothing is drawn until it rests: each size on the way would be a whole screen.
///
/// **Units** nanoseconds of one clock, whose zero means nothing. **Threads** one.
final class Pace {
    static final long FRAME_NANOS = 1_000_000_000L / 60;

    /// Between frames for what comes by itself.
    static final long CALM_NANOS = 2 * FRAME_NANOS;

    /// How long a size must stay until it is drawn for, and how long that is waited for at most.
    static final long SETTLED_NANOS = 60_000_000L;

    static final long UNSETTLED_NANOS = 1_000_000_000L;

    private boolean dirty = true;
    private boolean urgent;
    private boolean resizing;
    private long firstResize;
    private long lastResize;
    private long nextFrame;

    Pace(long now) {
        nextFrame = now;
    }

    /// What is shown has changed.
    void changed() {
        dirty = true;
    }

    /// The user did something.
    void acted() {
        urgent = true;
    }

    void resized(long now) {
        dirty = true;
        firstResize = resizing ? firstResize : now;
        lastResize = now;
        resizing = true;
    }

    boolean isDirty() {
        return dirty;
    }

    /// How long the next frame has to wait for what comes by itself, at least 0.
    long calm(long now) {
        return Math.max(0, nextFrame + CALM_NANOS - FRAME_NANOS - now);
    }

    /// How long until a frame is to be drawn, if one is; at most 0 when that is now.
    long due(long now) {
        if (resizing) {
            long rested = lastResize + SETTLED_NANOS - now;
            return Math.min(rested, firstResize + UNSETTLED_NANOS - now);
        }
        return urgent ? nextFrame - FRAME_NANOS - now : calm(now);
    }

    /// A frame is drawn. One that came early is made up for by those after it.
    void drawn(long now) {
        dirty = false;
        urgent = false;
        resizing = false;
        nextFrame = (nextFrame - now > 0 ? nextFrame : now) + FRAME_NANOS;
    }
}
