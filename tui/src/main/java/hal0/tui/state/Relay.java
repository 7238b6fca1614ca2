package hal0.tui.state;

import hal0.relay.control.RelayStatus;

/// What is known of the relay.
public sealed interface Relay {
    record Starting() implements Relay {}

    record Up(RelayStatus status) implements Relay {}

    record Down(String reason) implements Relay {}

    /// Whether messages can be sent.
    default boolean isSettled() {
        return !(this instanceof Starting);
    }
}
