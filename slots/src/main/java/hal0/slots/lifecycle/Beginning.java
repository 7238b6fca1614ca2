package hal0.slots.lifecycle;

import hal0.slots.definition.Launch;
import hal0.slots.error.SlotProblem;
import hal0.slots.lifecycle.SlotState.Broken;
import hal0.slots.lifecycle.SlotState.Next;
import hal0.slots.lifecycle.SlotState.Offline;
import hal0.slots.lifecycle.SlotState.Warming;
import hal0.slots.runtime.Running;
import java.util.List;

/// Where a slot's loop begins, given what an earlier process wrote down and what still runs.
///
/// **Shape** no move along an edge: nobody knows what happened in between.
public final class Beginning {
    private final Step.To step;
    private final Experience experience;

    private Beginning(Step.To step, Experience experience) {
        this.step = step;
        this.experience = experience;
    }

    Step.To step() {
        return step;
    }

    Experience experience() {
        return experience;
    }

    /// Something runs just as the definition wants it: it is up as soon as it has answered once.
    public static Beginning adopting(SavedState saved, Launch launch, Running running) {
        Job job = new Job(launch, saved.restarts());
        return of(
                saved,
                new Step.To(
                        new Warming(job, running, null),
                        List.of(new Effect.Probe(launch, running))));
    }

    /// Nothing runs that could be taken over. What was left alone stays so.
    public static Beginning down(SavedState saved) {
        if (saved.state() == StateName.ERROR && saved.isParked()) {
            Failure failure = Failure.of(SlotProblem.CRASH_LOOPING, saved.message());
            Broken broken =
                    new Broken(failure, saved.modelId(), saved.restarts(), null, new Next.Parked());
            return of(saved, new Step.To(broken, List.of()));
        }
        return of(saved, new Step.To(new Offline(null, null, note(saved)), List.of()));
    }

    /// What ran it could not be asked, for that reason: whether it runs still is not known.
    public static Beginning unseen(SavedState saved, String why) {
        boolean ran =
                switch (saved.state()) {
                    case STARTING, WARMING, READY, SERVING, IDLE, UNLOADING -> true;
                    case OFFLINE, PULLING, ERROR -> false;
                };
        return ran
                ? of(
                        saved,
                        new Step.To(
                                new Offline(
                                        null,
                                        null,
                                        "it was %s when hal0 ended; whether it runs still is not known: %s"
                                                .formatted(saved.state().word(), why)),
                                List.of()))
                : down(saved);
    }

    private static Beginning of(SavedState saved, Step.To step) {
        return new Beginning(step, saved.experience());
    }

    private static String note(SavedState saved) {
        return switch (saved.state()) {
            case OFFLINE -> saved.message();
            case ERROR -> "it had failed when hal0 ended: " + saved.message();
            case UNLOADING -> "";
            case PULLING, STARTING, WARMING, READY, SERVING, IDLE ->
                    "it was %s when hal0 ended, and does not run any more"
                            .formatted(saved.state().word());
        };
    }
}
