package hal0.relay.dispatch;

import hal0.providers.ChatStream;
import hal0.providers.client.KeyRing;
import hal0.providers.error.Failure;
import hal0.providers.error.ProviderException;
import hal0.providers.http.CancelToken;
import hal0.providers.message.Message;
import hal0.relay.rescue.Continuation;
import hal0.relay.rescue.MidstreamRule;
import hal0.relay.rescue.Rest;
import hal0.relay.rescue.Shown;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Goes on with an answer that broke off: asks the targets behind the one that gave it, then that
/// one itself once.
///
/// **Shape** a target that is known to continue what it is told to have said gets what was shown,
/// and is asked afresh if it refuses that. **Threads** the request's own.
final class GoingOn implements Continuation {

    /// Asks one target the same, with more messages behind those of the request.
    interface Asking {
        ChatStream ask(Target target, List<Message> more);
    }

    private final Stations stations;
    private final int brokeOff;
    private final RescueRules rules;
    private final CancelToken cancel;
    private final Meter meter;
    private final Asking asking;
    private int asked = MidstreamRule.NOBODY;
    private int speaking;

    GoingOn(
            Stations stations,
            int at,
            RescueRules rules,
            CancelToken cancel,
            Meter meter,
            Asking asking) {
        this.stations = stations;
        this.brokeOff = at;
        this.speaking = at;
        this.rules = rules;
        this.cancel = cancel;
        this.meter = meter;
        this.asking = asking;
    }

    @Override
    public boolean isAllowed() {
        return rules.midstream();
    }

    @Override
    public void broke(ProviderException failure) {
        stations.note(speaking, failure);
    }

    @Override
    public @Nullable ChatStream after(ProviderException failure, Shown shown) {
        broke(failure);
        if (!rules.midstream() || !MidstreamRule.isPossible(failure, shown)) {
            return null;
        }
        while (true) {
            refuseIfCancelled();
            asked =
                    MidstreamRule.next(
                            new MidstreamRule.Situation(stations.count(), brokeOff, asked));
            if (asked == MidstreamRule.NOBODY) {
                asked = brokeOff;
                return null;
            }
            ChatStream rest = stations.admits(asked) ? from(asked, shown) : null;
            if (rest != null) {
                speaking = asked;
                meter.wentOn();
                return rest;
            }
        }
    }

    /// Who left is not told that the answer broke off.
    private void refuseIfCancelled() {
        if (cancel.isCancelled()) {
            Target target = stations.target(speaking);
            throw new ProviderException.Cancelled(
                    "cancelled: " + cancel.reason(),
                    Failure.unanswered(target.provider().id(), target.model()));
        }
    }

    private @Nullable ChatStream from(int index, Shown shown) {
        KeyRing.Turn turn;
        try {
            turn = stations.enter(index);
        } catch (ProviderException.OverBudget e) {
            // What was shown stands; the failure that broke it off is what is told.
            return null;
        }
        Target target = stations.prepared(turn.provider(), index);
        if (stations.canPrefill(index) && Rest.canPrefill(shown)) {
            Try prefilled = once(index, target, shown, true);
            if (!(prefilled.failure() instanceof ProviderException.Rejected)) {
                return prefilled.rest();
            }
        }
        return once(index, target, shown, false).rest();
    }

    private record Try(@Nullable Rest rest, @Nullable ProviderException failure) {}

    private Try once(int index, Target target, Shown shown, boolean prefilled) {
        meter.attempt(target);
        Rest rest = null;
        boolean begun = false;
        try {
            ChatStream stream = asking.ask(target, prefilled ? Rest.prefill(shown) : List.of());
            meter.status(200);
            rest = prefilled ? Rest.continued(stream, shown) : Rest.afresh(stream, shown);
            begun = rest.begins();
            stations.note(index, null);
            return new Try(begun ? rest : null, null);
        } catch (ProviderException e) {
            stations.note(index, e);
            return new Try(null, e);
        } finally {
            if (!begun && rest != null) {
                rest.counted().ifPresent(meter::usage);
                rest.close();
            }
        }
    }
}
