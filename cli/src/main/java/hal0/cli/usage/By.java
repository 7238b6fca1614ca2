package hal0.cli.usage;

import hal0.home.ledger.Grouping;
import org.jspecify.annotations.Nullable;

/// What `hal0 usage` can show: sums by something, or each call.
enum By {
    PROVIDER(Grouping.PROVIDER),
    MODEL(Grouping.MODEL),
    KEY(Grouping.KEY),
    SESSION(Grouping.SESSION),
    DAY(Grouping.DAY),
    MONTH(Grouping.MONTH),
    REQUEST(null);

    private final @Nullable Grouping grouping;

    By(@Nullable Grouping grouping) {
        this.grouping = grouping;
    }

    /// Null where nothing is added up.
    @Nullable Grouping grouping() {
        return grouping;
    }
}
