package hal0.relay.metrics;

import hal0.slots.SlotStatus;
import hal0.slots.Slots;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.ToIntFunction;

/// The slots as metrics show them.
public final class SlotGauges {
    private SlotGauges() {}

    /// None while this process runs no slots.
    public static List<Gauge> of(Supplier<Optional<Slots>> slots) {
        return List.of(
                new Gauge(
                        "hal0_slot_state",
                        "1 for the state that a slot is in.",
                        List.of("slot", "state"),
                        () -> readings(slots, List.of("state"), _ -> 1)),
                new Gauge(
                        "hal0_slot_inflight",
                        "Requests that a slot is answering.",
                        List.of("slot"),
                        () -> readings(slots, List.of(), SlotStatus::inFlight)),
                new Gauge(
                        "hal0_slot_waiting",
                        "Requests that wait for a slot.",
                        List.of("slot"),
                        () -> readings(slots, List.of(), SlotStatus::waiting)));
    }

    private static List<Gauge.Reading> readings(
            Supplier<Optional<Slots>> slots, List<String> more, ToIntFunction<SlotStatus> value) {
        return slots.get().map(Slots::all).orElse(List.of()).stream()
                .map(slot ->
                        new Gauge.Reading(
                                value.applyAsInt(slot),
                                more.isEmpty()
                                        ? List.of(slot.name())
                                        : List.of(slot.name(), slot.state().word())))
                .toList();
    }
}
