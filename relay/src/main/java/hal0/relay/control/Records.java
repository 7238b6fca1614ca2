package hal0.relay.control;

import hal0.home.activity.Activity;
import hal0.home.ledger.Grouping;
import hal0.home.ledger.Tally;
import java.time.Instant;
import java.util.List;

/// What a home has written down, to be looked at.
///
/// **Threads** any.
public record Records(Spending spending, Activity activity) {

    /// Adds up the ledger since a moment.
    public interface Spending {
        List<Tally> by(Grouping grouping, Instant from);
    }
}
