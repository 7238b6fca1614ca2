package hal0.slots.runtime;

import hal0.slots.definition.SlotSpec.RuntimeName;
import org.jspecify.annotations.Nullable;

/// Something that happened to what a runtime runs, unasked.
public sealed interface RuntimeEvent {

    /// What ran under that id for that slot has ended; `why` is for people: its exit code, the
    /// signal, that memory was short. A null `id` where the runtime cannot tell which.
    record Ended(String slot, @Nullable String id, String why) implements RuntimeEvent {}

    /// The engine does not answer any more; what it runs may still run.
    record EngineLost(RuntimeName runtime, String why) implements RuntimeEvent {}

    /// It answers again; whoever cares looks at what it runs now.
    record EngineFound(RuntimeName runtime) implements RuntimeEvent {}
}
