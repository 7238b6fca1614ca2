package hal0.tui.terminal;

import java.time.Duration;

/// Counts presses of a button that follow each other quickly at one place. **Threads** one.
public final class Clicks {
    private static final long QUICK_NANOS = Duration.ofMillis(400).toNanos();

    private Input.Mouse last = new Input.Mouse(Input.Mouse.Action.RELEASE, -1, 0, -1, -1);
    private long lastNanos;

    /// `input` with its presses counted, of something that came at a time.
    public Input counted(Input input, long nanos) {
        if (!(input instanceof Input.Mouse mouse)) {
            return input;
        }
        if (mouse.action() != Input.Mouse.Action.PRESS) {
            return mouse.withClicks(last.clicks());
        }
        boolean again =
                mouse.button() == last.button()
                        && mouse.column() == last.column()
                        && mouse.row() == last.row()
                        && nanos - lastNanos < QUICK_NANOS;
        lastNanos = nanos;
        last = mouse.withClicks(again ? last.clicks() + 1 : 1);
        return last;
    }
}
