package hal0.slots.lifecycle;

import hal0.slots.definition.Launch;
import hal0.slots.runtime.PullProgress;
import hal0.slots.runtime.Running;
import org.jspecify.annotations.Nullable;

/// Something that a slot is told.
///
/// **Shape** an [Order] is refused where it cannot be carried out; everything else is news, which
/// is passed over where it has no meaning any more: `id` says which running thing it is about.
public sealed interface SlotEvent {

    /// Somebody wants something of it.
    sealed interface Order extends SlotEvent {}

    /// How far a loading is.
    sealed interface Loading extends SlotEvent {}

    /// How something is that runs, or ran.
    sealed interface Life extends SlotEvent {}

    /// Whether requests are under way.
    sealed interface Traffic extends SlotEvent {}

    /// Time has passed.
    sealed interface Due extends SlotEvent {}

    /// Come up with that model, null for the default one.
    record Load(@Nullable String model) implements Order {}

    /// Go down; `why` is for people.
    record Unload(String why) implements Order {}

    /// What a wanted loading comes to; `prepared` when nothing has to be fetched for it.
    record Resolved(@Nullable String wanted, Launch launch, boolean prepared) implements Loading {}

    /// A wanted loading cannot begin.
    record Unresolved(@Nullable String wanted, Failure failure) implements Loading {}

    record Progressed(PullProgress progress) implements Loading {}

    /// Everything was fetched.
    record Prepared() implements Loading {}

    /// It runs, just as that says, though nobody here has started it.
    record Found(Launch launch) implements Loading {}

    /// It runs.
    record Started(Running running) implements Loading {}

    /// Fetching or starting failed, or was given up; nothing of it is left.
    record Failed(Failure failure) implements Loading {}

    /// It answers a request.
    record Answered(String id) implements Loading {}

    /// It did not answer in time, or answered that it cannot.
    record Unanswered(String id, Failure failure) implements Loading {}

    /// It is up and does not answer any more.
    record Unwell(String id, String why) implements Life {}

    /// It ended by itself; null where it cannot be told which.
    record Died(@Nullable String id, String why) implements Life {}

    /// It was stopped, nothing of it is left.
    record Gone(String id) implements Life {}

    /// It could not be stopped.
    record NotGone(String id, Failure failure) implements Life {}

    /// What it takes, in MiB.
    record Measured(String id, long mb) implements Life {}

    /// The first request of many is in.
    record Busy() implements Traffic {}

    /// The last request is out.
    record Quiet() implements Traffic {}

    /// It has been quiet for long.
    record IdleDue() implements Due {}

    /// It has been idle for long.
    record UnloadDue() implements Due {}

    /// The pause after a failure is over.
    record RetryDue() implements Due {}

    /// What runs it answers again after it did not.
    record EngineFound() implements SlotEvent {}
}
