package hal0.tui.state;

import hal0.relay.control.RelayStatus;

/// What is known of the relay.
public sealed interface Relay {
    record Starting() implements Relay {}

    /// `silent` while it does not answer.
    record Up(RelayStatus status, Glance glance, boolean silent) implements Relay {
        public Up(RelayStatus status) {
            this(status, Glance.NOTHING, false);
        }
    }

    record Down(String reason) implements Relay {}

    /// Whether messages can be sent.
    default boolean isSettled() {
        return !(this instanceof Starting);
    }
}
