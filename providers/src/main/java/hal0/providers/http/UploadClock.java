package hal0.providers.http;

import hal0.providers.error.Clock;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;

/// The clocks of a call whose body is sent as it comes.
///
/// **Shape** while bytes go out, the idle clock runs against a provider that takes none; while more
/// of the body is waited for, none does: how long its source may be silent is not the provider's
/// matter. What the answer may take counts from the body's end. **Threads** the call's own.
final class UploadClock {
    private final Deadlines.Timer timer;
    private final Duration idle;
    private final Clock next;
    private final Duration limit;
    private long nextAt;

    /// `next` runs for `limit` once the body is sent.
    UploadClock(Deadlines.Timer timer, Duration idle, Clock next, Duration limit) {
        this.timer = timer;
        this.idle = idle;
        this.next = next;
        this.limit = limit;
        this.nextAt = timer.in(limit);
    }

    /// When the clock for the answer runs out.
    long nextAt() {
        return nextAt;
    }

    OutputStream over(OutputStream out) {
        return new FilterOutputStream(out) {
            @Override
            public void write(int b) throws IOException {
                write(new byte[] {(byte) b}, 0, 1);
            }

            @Override
            public void write(byte[] bytes, int offset, int length) throws IOException {
                timer.arm(Clock.IDLE, timer.in(idle));
                out.write(bytes, offset, length);
                timer.disarm();
            }
        };
    }

    void sent() {
        nextAt = timer.in(limit);
        timer.arm(next, nextAt);
    }
}
