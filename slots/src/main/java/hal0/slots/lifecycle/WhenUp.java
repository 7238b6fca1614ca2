package hal0.slots.lifecycle;

import hal0.slots.error.SlotProblem;
import hal0.slots.lifecycle.SlotEvent.Busy;
import hal0.slots.lifecycle.SlotEvent.Died;
import hal0.slots.lifecycle.SlotEvent.Due;
import hal0.slots.lifecycle.SlotEvent.EngineFound;
import hal0.slots.lifecycle.SlotEvent.Gone;
import hal0.slots.lifecycle.SlotEvent.IdleDue;
import hal0.slots.lifecycle.SlotEvent.Life;
import hal0.slots.lifecycle.SlotEvent.Load;
import hal0.slots.lifecycle.SlotEvent.Loading;
import hal0.slots.lifecycle.SlotEvent.Measured;
import hal0.slots.lifecycle.SlotEvent.NotGone;
import hal0.slots.lifecycle.SlotEvent.Quiet;
import hal0.slots.lifecycle.SlotEvent.Traffic;
import hal0.slots.lifecycle.SlotEvent.Unload;
import hal0.slots.lifecycle.SlotEvent.UnloadDue;
import hal0.slots.lifecycle.SlotEvent.Unwell;
import hal0.slots.lifecycle.SlotState.Answering;
import hal0.slots.lifecycle.SlotState.Broken;
import hal0.slots.lifecycle.SlotState.Death;
import hal0.slots.lifecycle.SlotState.Idle;
import hal0.slots.lifecycle.SlotState.Next;
import hal0.slots.lifecycle.SlotState.Offline;
import hal0.slots.lifecycle.SlotState.Ready;
import hal0.slots.lifecycle.SlotState.Serving;
import hal0.slots.lifecycle.SlotState.Unloading;
import hal0.slots.runtime.Running;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// What comes next for a slot that answers, or has just ceased to.
final class WhenUp {
    private WhenUp() {}

    /// It has answered for the first time.
    static Step up(Up up, Terms terms) {
        List<Effect> effects = new ArrayList<>();
        effects.add(new Effect.Watch(up.job().launch(), up.running()));
        effects.add(new Effect.Measure(up.job().launch(), up.running()));
        effects.addAll(quietFor(up, terms));
        return new Step.To(quiet(up), effects);
    }

    private static Answering quiet(Up up) {
        return up.job().model() == null ? new Idle(up) : new Ready(up);
    }

    private static List<Effect> quietFor(Up up, Terms terms) {
        return up.job().model() == null
                ? idleFor(terms)
                : List.of(new Effect.Wake(terms.idleTimeout(), new IdleDue()));
    }

    private static List<Effect> idleFor(Terms terms) {
        return terms.unloadAfter().isZero()
                ? List.of()
                : List.of(new Effect.Wake(terms.unloadAfter(), new UnloadDue()));
    }

    static Step ready(Ready ready, SlotEvent event, Terms terms) {
        return switch (event) {
            case IdleDue _ -> new Step.To(new Idle(ready.up()), idleFor(terms));
            case Busy _ -> Step.to(new Serving(ready.up()));
            case Unload(var why) -> unload(ready.up(), why);
            case Quiet _, UnloadDue _ -> Step.to(ready);
            case Measured(var id, var mb) -> measured(ready, id, mb, Ready::new);
            case Load _, Loading _, Life _, Due _, EngineFound _ -> answering(ready, event, terms);
        };
    }

    static Step serving(Serving serving, SlotEvent event, Terms terms) {
        return switch (event) {
            case Quiet _ -> new Step.To(quiet(serving.up()), quietFor(serving.up(), terms));
            case Unload _ -> Step.refused("requests are under way; wait until they have ended");
            case Busy _, IdleDue _, UnloadDue _ -> Step.to(serving);
            case Measured(var id, var mb) -> measured(serving, id, mb, Serving::new);
            case Load _, Loading _, Life _, Due _, EngineFound _ ->
                    answering(serving, event, terms);
        };
    }

    static Step idle(Idle idle, SlotEvent event, Terms terms) {
        return switch (event) {
            case Busy _ -> Step.to(new Serving(idle.up()));
            case Unload(var why) -> unload(idle.up(), why);
            case UnloadDue _ -> {
                // Whether a request is just arriving is not known here; asked again if one was.
                List<Effect> effects = new ArrayList<>(List.of(new Effect.Offer()));
                effects.addAll(idleFor(terms));
                yield new Step.To(idle, effects);
            }
            case Quiet _, IdleDue _ -> Step.to(idle);
            case Measured(var id, var mb) -> measured(idle, id, mb, Idle::new);
            case Load _, Loading _, Life _, Due _, EngineFound _ -> answering(idle, event, terms);
        };
    }

    /// What means the same whether or not somebody asks.
    private static Step answering(Answering state, SlotEvent event, Terms terms) {
        Up up = state.up();
        if (event instanceof Load) {
            return Step.refused("it is loaded already; swap its model or restart it");
        }
        if (event instanceof Unwell(var id, var why) && up.running().id().equals(id)) {
            return crashed(up, why, up.running(), terms);
        }
        if (event instanceof Died(var id, var why) && new Death(id, why).isOf(up.running())) {
            return crashed(up, why, null, terms);
        }
        return Step.to(state);
    }

    private static Step crashed(Up up, String why, @Nullable Running left, Terms terms) {
        int crashes = Restarts.crashes(up, terms.now());
        Next next = Restarts.after(crashes);
        boolean parked = next instanceof Next.Parked;
        Failure failure =
                Failure.of(
                        parked ? SlotProblem.CRASH_LOOPING : SlotProblem.LOAD_FAILED,
                        parked
                                ? "it died %d times, the last time: %s. It is left alone until it is loaded by hand."
                                        .formatted(crashes, why)
                                : why);
        Broken broken = new Broken(failure, up.job().model(), crashes, left, next);
        Step step = left == null ? WhenDown.settle(broken) : Step.to(broken, new Effect.Stop(left));
        return andCancel(step);
    }

    /// The same, and what waits for answers or watches over them is given up first.
    static Step andCancel(Step step) {
        if (!(step instanceof Step.To(var state, var effects))) {
            return step;
        }
        List<Effect> all = new ArrayList<>(List.of(new Effect.Cancel()));
        all.addAll(effects);
        return new Step.To(state, all);
    }

    private static Step measured(
            Answering state, String id, long mb, Function<Up, SlotState> same) {
        Up up = state.up();
        return Step.to(up.running().id().equals(id) ? same.apply(up.taking(mb)) : state);
    }

    private static Step unload(Up up, String why) {
        return Step.to(new Unloading(up, why), new Effect.Cancel(), new Effect.Stop(up.running()));
    }

    static Step unloading(Unloading unloading, SlotEvent event) {
        Up up = unloading.up();
        return switch (event) {
            case Load _ -> Step.refused("wait until it is down");
            case Gone(var id) ->
                    up.running().id().equals(id)
                            ? Step.to(new Offline(null, null, unloading.why()))
                            : Step.to(unloading);
            case NotGone(var id, var failure) ->
                    up.running().id().equals(id)
                            ? Step.to(
                                    new Broken(failure, up.job().model(), 0, null, new Next.Rest()))
                            : Step.to(unloading);
            case Unload _, Loading _, Life _, Traffic _, Due _, EngineFound _ -> Step.to(unloading);
        };
    }
}
