package hal0.tui.state;

import java.math.BigDecimal;

/// Slots and other clients of the relay at a glance.
///
/// **Units** slots; `othersUsd` what clients but screens spent in the last hour, as far as its
/// price is known.
public record Glance(int ready, int loading, int failed, BigDecimal othersUsd) {
    public static final Glance NOTHING = new Glance(0, 0, 0, BigDecimal.ZERO);
}
