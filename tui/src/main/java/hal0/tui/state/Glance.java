package hal0.tui.state;

import java.math.BigDecimal;

/// Slots and other clients of the relay at a glance.
///
/// **Units** slots; `approvals` are calls that wait for the owner's word; `othersUsd` what clients
/// but screens spent in the last hour, as far as its price is known.
public record Glance(int ready, int loading, int failed, BigDecimal othersUsd, int approvals) {
    public static final Glance NOTHING = new Glance(0, 0, 0, BigDecimal.ZERO, 0);
}
