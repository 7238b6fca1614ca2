package hal0.relay.control;

import hal0.providers.Provider;
import hal0.providers.http.CancelToken;
import hal0.providers.probe.Connection;
import hal0.providers.probe.KeyState;
import hal0.providers.probe.Reach;
import hal0.providers.probe.Verdict;
import hal0.relay.routing.SlotAddress;
import hal0.slots.SlotStatus;
import hal0.slots.Slots;
import java.util.Optional;
import java.util.function.Supplier;

/// Tries a slot out by its state, which is observed all the time, and everything else by `others`:
/// to look at a slot must not load it.
///
/// **Threads** any.
public record SlotProbe(Supplier<Optional<Slots>> slots, LocalUpstreams.Probe others)
        implements LocalUpstreams.Probe {

    @Override
    public Connection of(Provider provider, boolean chosen, CancelToken cancel) {
        return SlotAddress.isSlot(provider)
                ? slots.get()
                        .map(running -> of(provider, running.find(provider.id())))
                        .orElseGet(() ->
                                found(
                                        provider,
                                        Verdict.FAIL,
                                        "slots are run by a relay, and none runs in this home. Start it with: hal0 serve"))
                : others.of(provider, chosen, cancel);
    }

    private static Connection of(Provider provider, Optional<SlotStatus> slot) {
        return slot.map(status -> of(provider, status))
                .orElseGet(() -> found(provider, Verdict.FAIL, "there is no such slot any more"));
    }

    private static Connection of(Provider provider, SlotStatus slot) {
        String said = slot.message().isEmpty() ? "" : ": " + slot.message();
        return switch (slot.state()) {
            case READY, SERVING, IDLE -> found(provider, Verdict.PASS, "");
            case OFFLINE ->
                    slot.extra().containsKey("code")
                            ? found(provider, Verdict.FAIL, "it is offline" + said)
                            : found(
                                    provider,
                                    Verdict.WARN,
                                    "it is not loaded, which the next request does");
            case PULLING, STARTING, WARMING, UNLOADING ->
                    found(provider, Verdict.WARN, "it is " + slot.state().word() + said);
            case ERROR -> found(provider, Verdict.FAIL, "it has failed" + said);
        };
    }

    private static Connection found(Provider provider, Verdict verdict, String message) {
        Reach reach = verdict == Verdict.PASS ? Reach.ANSWERED : Reach.NOT_TRIED;
        return new Connection(
                provider.id(),
                verdict,
                reach,
                KeyState.NOT_NEEDED,
                null,
                provider.models().size(),
                message,
                null);
    }
}
