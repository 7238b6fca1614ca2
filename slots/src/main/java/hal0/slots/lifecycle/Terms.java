package hal0.slots.lifecycle;

import java.time.Duration;

/// What a slot's next step depends on besides its state: the moment and its definition.
///
/// **Units** `now` on a clock that only goes forward, so that one that is set changes no pause;
/// `unloadAfter` zero is never.
record Terms(Duration now, Duration idleTimeout, Duration unloadAfter) {}
