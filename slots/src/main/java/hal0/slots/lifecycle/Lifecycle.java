package hal0.slots.lifecycle;

import hal0.slots.lifecycle.SlotState.Broken;
import hal0.slots.lifecycle.SlotState.Idle;
import hal0.slots.lifecycle.SlotState.Offline;
import hal0.slots.lifecycle.SlotState.Pulling;
import hal0.slots.lifecycle.SlotState.Ready;
import hal0.slots.lifecycle.SlotState.Serving;
import hal0.slots.lifecycle.SlotState.Starting;
import hal0.slots.lifecycle.SlotState.Unloading;
import hal0.slots.lifecycle.SlotState.Warming;

/// What comes next for a slot: a pure function, without clock, thread or disk.
///
/// **Shape** goes along [Edges] only. Whatever was begun is waited for: a state in which something
/// is fetched, started or stopped is left when that has told of its end, so that two of them never
/// meet.
final class Lifecycle {
    private Lifecycle() {}

    static Step next(SlotState state, SlotEvent event, Terms terms) {
        return switch (state) {
            case Offline offline -> WhenDown.offline(offline, event);
            case Broken broken -> WhenDown.broken(broken, event);
            case Pulling pulling -> WhenLoading.pulling(pulling, event);
            case Starting starting -> WhenLoading.starting(starting, event);
            case Warming warming -> WhenLoading.warming(warming, event, terms);
            case Ready ready -> WhenUp.ready(ready, event, terms);
            case Serving serving -> WhenUp.serving(serving, event, terms);
            case Idle idle -> WhenUp.idle(idle, event, terms);
            case Unloading unloading -> WhenUp.unloading(unloading, event);
        };
    }
}
