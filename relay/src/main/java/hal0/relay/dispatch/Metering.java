package hal0.relay.dispatch;

import hal0.home.ledger.Ledger;
import hal0.relay.timing.Waits;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// Makes the meters of requests: where their rows go, what they cost, and who else hears of them.
///
/// **Threads** any.
public final class Metering {
    private final Ledger ledger;
    private final Meter.Pricing pricing;
    private final List<RequestListener> listeners = new CopyOnWriteArrayList<>();

    public Metering(Ledger ledger, Meter.Pricing pricing) {
        this.ledger = ledger;
        this.pricing = pricing;
    }

    /// Hears of requests that begin from now on.
    public void listen(RequestListener listener) {
        listeners.add(listener);
    }

    /// A request that has come.
    public Meter begin(Meter.Caller caller, Waits waits) {
        return new Meter(ledger, pricing, List.copyOf(listeners), caller, waits);
    }

    /// One that no model is asked for: it is timed, and nobody hears of it.
    public Meter unheard(Meter.Caller caller, Waits waits) {
        return new Meter(ledger, pricing, List.of(), caller, waits);
    }

    Ledger ledger() {
        return ledger;
    }

    Meter.Pricing pricing() {
        return pricing;
    }
}
