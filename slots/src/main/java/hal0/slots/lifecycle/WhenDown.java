package hal0.slots.lifecycle;

import hal0.slots.definition.Launch;
import hal0.slots.lifecycle.SlotEvent.Due;
import hal0.slots.lifecycle.SlotEvent.EngineFound;
import hal0.slots.lifecycle.SlotEvent.Found;
import hal0.slots.lifecycle.SlotEvent.Gone;
import hal0.slots.lifecycle.SlotEvent.Life;
import hal0.slots.lifecycle.SlotEvent.Load;
import hal0.slots.lifecycle.SlotEvent.Loading;
import hal0.slots.lifecycle.SlotEvent.NotGone;
import hal0.slots.lifecycle.SlotEvent.Resolved;
import hal0.slots.lifecycle.SlotEvent.RetryDue;
import hal0.slots.lifecycle.SlotEvent.Traffic;
import hal0.slots.lifecycle.SlotEvent.Unload;
import hal0.slots.lifecycle.SlotEvent.Unresolved;
import hal0.slots.lifecycle.SlotState.Broken;
import hal0.slots.lifecycle.SlotState.Next;
import hal0.slots.lifecycle.SlotState.Offline;
import hal0.slots.lifecycle.SlotState.Pulling;
import hal0.slots.lifecycle.SlotState.Starting;
import hal0.slots.lifecycle.SlotState.Wanted;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// What comes next for a slot of which nothing runs, or which has just failed.
final class WhenDown {
    private WhenDown() {}

    static Step offline(Offline offline, SlotEvent event) {
        Wanted wanted = offline.wanted();
        return switch (event) {
            case Load(var model) ->
                    wanted == null
                            ? Step.to(
                                    new Offline(new Wanted(model), null, ""),
                                    new Effect.Resolve(model))
                            : Step.refused("it is about to be loaded already");
            case Unload(var why) ->
                    wanted == null
                            ? Step.refused("nothing runs that could be unloaded")
                            : Step.to(new Offline(null, null, why));
            case Resolved resolved ->
                    isFor(wanted, resolved.wanted())
                            ? begin(resolved.launch(), resolved.prepared(), 0)
                            : Step.to(offline);
            case Unresolved(var model, var failure) ->
                    isFor(wanted, model)
                            ? Step.to(new Offline(null, failure, failure.message()))
                            : Step.to(offline);
            case Found(var launch) -> wanted == null ? begin(launch, true, 0) : Step.to(offline);
            case Loading _, Life _, Traffic _, Due _, EngineFound _ -> Step.to(offline);
        };
    }

    static Step broken(Broken broken, SlotEvent event) {
        return switch (event) {
            case Load(var model) -> loadAgain(broken, new Wanted(model));
            case Unload(var why) ->
                    broken.left() == null
                            ? Step.to(new Offline(null, null, why))
                            : Step.to(broken.then(new Next.Down(why)));
            case Resolved resolved ->
                    broken.left() == null
                                    && broken.next() instanceof Wanted wanted
                                    && isFor(wanted, resolved.wanted())
                            ? begin(resolved.launch(), resolved.prepared(), broken.crashes())
                            : Step.to(broken);
            case Unresolved(var model, var failure) ->
                    broken.next() instanceof Wanted wanted && isFor(wanted, model)
                            ? unresolved(broken, failure)
                            : Step.to(broken);
            case Gone(var id) -> isLeft(broken, id) ? cleared(broken) : Step.to(broken);
            // What could not be stopped is removed by the next start, or when its engine is back.
            case NotGone(var id, _) -> isLeft(broken, id) ? cleared(broken) : Step.to(broken);
            case RetryDue _, EngineFound _ ->
                    broken.left() == null && broken.next() instanceof Next.Retry
                            ? Step.to(
                                    broken,
                                    new Effect.Want(broken.model()),
                                    new Effect.Wake(Restarts.ROOM, new SlotEvent.RetryDue()))
                            : Step.to(broken);
            case Found(var launch) ->
                    broken.left() == null && broken.next() instanceof Next.Retry
                            ? begin(launch, true, broken.crashes())
                            : Step.to(broken);
            case Loading _, Life _, Traffic _, Due _ -> Step.to(broken);
        };
    }

    private static boolean isFor(@Nullable Wanted wanted, @Nullable String model) {
        return wanted != null && Objects.equals(wanted.model(), model);
    }

    private static boolean isLeft(Broken broken, String id) {
        return broken.left() != null && broken.left().id().equals(id);
    }

    private static Step begin(Launch launch, boolean prepared, int crashes) {
        Job job = new Job(launch, crashes);
        return prepared
                ? Step.to(new Starting(job, List.of(), null), new Effect.Start(launch))
                : Step.to(new Pulling(job, null, null), new Effect.Pull(launch));
    }

    private static Step loadAgain(Broken broken, Wanted wanted) {
        if (broken.next() instanceof Wanted) {
            return Step.refused("it is about to be loaded already");
        }
        // Whoever asks for one that was given up means it to begin anew.
        int crashes = broken.next() instanceof Next.Retry ? broken.crashes() : 0;
        Broken next = new Broken(broken.failure(), broken.model(), crashes, broken.left(), wanted);
        return broken.left() == null
                ? Step.to(next, new Effect.Resolve(wanted.model()))
                : Step.to(next);
    }

    private static Step unresolved(Broken broken, Failure failure) {
        boolean again = broken.crashes() > 0 && failure.isEngineGone();
        Next next = again ? new Next.Retry(Restarts.ENGINE) : new Next.Rest();
        return settle(new Broken(failure, broken.model(), broken.crashes(), broken.left(), next));
    }

    private static Step cleared(Broken broken) {
        return settle(
                new Broken(
                        broken.failure(), broken.model(), broken.crashes(), null, broken.next()));
    }

    /// Arranges what comes after a failure that has left nothing behind.
    static Step settle(Broken broken) {
        if (broken.left() != null) {
            return Step.to(broken);
        }
        return switch (broken.next()) {
            case Next.Rest _, Next.Parked _ -> Step.to(broken);
            case Next.Retry(var after) ->
                    Step.to(broken, new Effect.Wake(after, new SlotEvent.RetryDue()));
            case Next.Down(var why) -> Step.to(new Offline(null, null, why));
            case Wanted(var model) -> Step.to(broken, new Effect.Resolve(model));
        };
    }
}
