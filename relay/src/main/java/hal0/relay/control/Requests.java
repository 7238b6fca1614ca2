package hal0.relay.control;

import hal0.home.ledger.Tally;
import hal0.providers.price.Price;
import hal0.relay.budget.BudgetSettings;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

/// What is asked of models, and what it costs.
///
/// **Errors** [ControlException]. **Threads** any; blocks.
public interface Requests {

    /// Those under way, then those that are over; the newest first, `most` at most.
    List<RequestInfo> latest(int most);

    /// One of these by its id; the newest where a client has given several the same.
    Optional<RequestInfo> find(String id);

    /// What the answers of one session came to, by `provider/model`.
    List<Tally> ofSession(String session);

    /// What tokens of a model cost by the list that holds for it; null parts are known to nobody.
    /// Asks no provider.
    Price price(String provider, String model);

    /// What may be spent.
    Limits budget();

    /// Calls `listener` when a request begins or ends, when a slot or an approval changes, from now
    /// until what is given back is closed. **Threads** `listener` is called on any and must not
    /// block. Of another process nobody tells.
    Listening onChange(Runnable listener);

    /// **Units** USD in one turn, session and day; zero is no limit.
    record Limits(BigDecimal turn, BigDecimal session, BigDecimal day) {
        public static final Limits NONE =
                new Limits(BigDecimal.ZERO, BigDecimal.ZERO, BigDecimal.ZERO);

        static Limits of(BudgetSettings settings) {
            return new Limits(settings.turn(), settings.session(), settings.day());
        }

        public boolean isNone() {
            return turn.signum() == 0 && session.signum() == 0 && day.signum() == 0;
        }
    }

    /// Ends without an error.
    interface Listening extends AutoCloseable {
        @Override
        void close();
    }
}
