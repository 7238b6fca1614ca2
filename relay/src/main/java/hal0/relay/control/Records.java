package hal0.relay.control;

import hal0.home.activity.Activity;
import hal0.home.ledger.Grouping;
import hal0.home.ledger.LedgerReport;
import hal0.home.ledger.LedgerRow;
import hal0.home.ledger.Tally;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// What a home has written down, to be looked at.
///
/// **Threads** any.
public record Records(Spending spending, Activity activity) {

    /// Reads the ledger since a moment.
    public interface Spending {
        List<Tally> by(Grouping grouping, Instant from);

        /// Single calls, newest first, `most` at most.
        List<LedgerRow> requests(Instant from, int most);

        /// The newest call of that id.
        Optional<LedgerRow> request(String id);

        /// The calls of one session, by `provider/model`.
        List<Tally> ofSession(String session);

        /// `settled` returns when the rows of requests that are over are written.
        static Spending of(LedgerReport report, Runnable settled) {
            return new Spending() {
                @Override
                public List<Tally> by(Grouping grouping, Instant from) {
                    settled.run();
                    return report.by(grouping, from);
                }

                @Override
                public List<LedgerRow> requests(Instant from, int most) {
                    settled.run();
                    return report.requests(from, most);
                }

                @Override
                public Optional<LedgerRow> request(String id) {
                    settled.run();
                    return report.request(id);
                }

                @Override
                public List<Tally> ofSession(String session) {
                    settled.run();
                    return report.ofSession(session);
                }
            };
        }
    }
}
