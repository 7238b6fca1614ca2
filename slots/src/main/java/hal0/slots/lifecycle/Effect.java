package hal0.slots.lifecycle;

import hal0.slots.definition.Launch;
import hal0.slots.runtime.Running;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Something to be done because a slot has moved.
sealed interface Effect {

    /// Finds out what loading that model comes to: `Resolved` or `Unresolved`.
    record Resolve(@Nullable String model) implements Effect {}

    /// Fetches what is missing: `Progressed`, then `Prepared` or `Failed`.
    record Pull(Launch launch) implements Effect {}

    /// `Started` or `Failed`.
    record Start(Launch launch) implements Effect {}

    /// Waits until it answers: `Answered` or `Unanswered`.
    record Probe(Launch launch, Running running) implements Effect {}

    /// Gives up what is being fetched, started or waited for.
    record Cancel() implements Effect {}

    /// `Gone` or `NotGone`.
    record Stop(Running running) implements Effect {}

    /// Looks after its health for as long as it is up: `Unwell`.
    record Watch(Launch launch, Running running) implements Effect {}

    /// Finds out what it takes: `Measured`.
    record Measure(Launch launch, Running running) implements Effect {}

    /// Tells `event` after that long, unless the slot has another state by then.
    record Wake(Duration after, SlotEvent event) implements Effect {}

    /// Tells whoever decides over all slots that this one could go down.
    record Offer() implements Effect {}

    /// Asks the same for that model: who has died is not alone on the machine.
    record Want(@Nullable String model) implements Effect {}
}
