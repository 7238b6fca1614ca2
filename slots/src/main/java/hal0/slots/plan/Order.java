package hal0.slots.plan;

import hal0.providers.http.CancelToken;
import java.time.Duration;

/// Something that an operator asked for, on its way.
public interface Order {

    /// Waits until it is done, at most that long; false when it is still on its way then.
    ///
    /// **Errors** [hal0.slots.error.SlotException] why it came to nothing; `CANCELLED` when the
    /// wait is, which leaves the order alone.
    boolean await(Duration patience, CancelToken cancel);
}
