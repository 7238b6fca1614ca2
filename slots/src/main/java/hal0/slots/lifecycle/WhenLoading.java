package hal0.slots.lifecycle;

import hal0.slots.error.SlotProblem;
import hal0.slots.lifecycle.SlotEvent.Answered;
import hal0.slots.lifecycle.SlotEvent.Died;
import hal0.slots.lifecycle.SlotEvent.Due;
import hal0.slots.lifecycle.SlotEvent.EngineFound;
import hal0.slots.lifecycle.SlotEvent.Failed;
import hal0.slots.lifecycle.SlotEvent.Gone;
import hal0.slots.lifecycle.SlotEvent.Life;
import hal0.slots.lifecycle.SlotEvent.Load;
import hal0.slots.lifecycle.SlotEvent.Loading;
import hal0.slots.lifecycle.SlotEvent.NotGone;
import hal0.slots.lifecycle.SlotEvent.Prepared;
import hal0.slots.lifecycle.SlotEvent.Progressed;
import hal0.slots.lifecycle.SlotEvent.Started;
import hal0.slots.lifecycle.SlotEvent.Traffic;
import hal0.slots.lifecycle.SlotEvent.Unanswered;
import hal0.slots.lifecycle.SlotEvent.Unload;
import hal0.slots.lifecycle.SlotState.Broken;
import hal0.slots.lifecycle.SlotState.Death;
import hal0.slots.lifecycle.SlotState.Next;
import hal0.slots.lifecycle.SlotState.Offline;
import hal0.slots.lifecycle.SlotState.Pulling;
import hal0.slots.lifecycle.SlotState.Starting;
import hal0.slots.lifecycle.SlotState.Warming;
import hal0.slots.runtime.Running;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What comes next for a slot on its way up.
final class WhenLoading {
    private static final String ALREADY = "wait until it is up, or unload it first";

    private WhenLoading() {}

    static Step pulling(Pulling pulling, SlotEvent event) {
        Job job = pulling.job();
        String ending = pulling.ending();
        return switch (event) {
            case Load _ -> Step.refused(ALREADY);
            case Unload(var why) ->
                    ending == null
                            ? Step.to(
                                    new Pulling(job, pulling.progress(), why), new Effect.Cancel())
                            : Step.to(pulling);
            case Progressed(var progress) -> Step.to(new Pulling(job, progress, ending));
            case Prepared _ ->
                    ending == null
                            ? Step.to(
                                    new Starting(job, List.of(), null),
                                    new Effect.Start(job.launch()))
                            : Step.to(new Offline(null, null, ending));
            case Failed(var failure) -> failed(job, ending, failure, null);
            case Loading _, Life _, Traffic _, Due _, EngineFound _ -> Step.to(pulling);
        };
    }

    static Step starting(Starting starting, SlotEvent event) {
        Job job = starting.job();
        String ending = starting.ending();
        return switch (event) {
            case Load(var model) ->
                    brings(job, ending, model) ? Step.to(starting) : Step.refused(ALREADY);
            case Unload(var why) ->
                    ending == null
                            ? Step.to(
                                    new Starting(job, starting.deaths(), why), new Effect.Cancel())
                            : Step.to(starting);
            case Started(var running) -> started(starting, running);
            case Failed(var failure) -> failed(job, ending, failure, null);
            case Died(var id, var why) -> {
                List<Death> deaths = new ArrayList<>(starting.deaths());
                deaths.add(new Death(id, why));
                yield Step.to(new Starting(job, deaths, ending));
            }
            // It was stopped because the loading was given up after it had started.
            case Gone _ ->
                    ending == null ? Step.to(starting) : Step.to(new Offline(null, null, ending));
            case NotGone(_, var failure) ->
                    ending == null ? Step.to(starting) : Step.to(atRest(job, failure));
            case Loading _, Life _, Traffic _, Due _, EngineFound _ -> Step.to(starting);
        };
    }

    /// An order may cross with what is found running: then it is about to be fulfilled.
    private static boolean brings(Job job, @Nullable String ending, @Nullable String model) {
        return ending == null && (model == null || model.equals(job.model()));
    }

    private static Step started(Starting starting, Running running) {
        Job job = starting.job();
        if (starting.ending() != null) {
            return Step.to(starting, new Effect.Stop(running));
        }
        // One that cannot be told by its id may be that of a remnant which the start removed.
        return starting.deaths().stream()
                .filter(death -> running.id().equals(death.id()))
                .findFirst()
                .map(death -> failed(job, null, died(death.why()), null))
                .orElseGet(() ->
                        Step.to(
                                new Warming(job, running, null),
                                new Effect.Probe(job.launch(), running)));
    }

    static Step warming(Warming warming, SlotEvent event, Terms terms) {
        Job job = warming.job();
        Running running = warming.running();
        String ending = warming.ending();
        return switch (event) {
            case Load(var model) ->
                    brings(job, ending, model) ? Step.to(warming) : Step.refused(ALREADY);
            case Unload(var why) ->
                    ending == null
                            ? Step.to(
                                    new Warming(job, running, why),
                                    new Effect.Cancel(),
                                    new Effect.Stop(running))
                            : Step.to(warming);
            case Answered(var id) ->
                    ending == null && running.id().equals(id)
                            ? WhenUp.up(new Up(job, running, terms.now(), 0), terms)
                            : Step.to(warming);
            case Unanswered(var id, var failure) ->
                    ending == null && running.id().equals(id)
                            ? failed(job, null, failure, running)
                            : Step.to(warming);
            case Died(var id, var why) ->
                    ending == null && new Death(id, why).isOf(running)
                            ? WhenUp.andCancel(failed(job, null, died(why), null))
                            : Step.to(warming);
            case Gone(var id) ->
                    ending != null && running.id().equals(id)
                            ? Step.to(new Offline(null, null, ending))
                            : Step.to(warming);
            case NotGone(var id, var failure) ->
                    ending != null && running.id().equals(id)
                            ? Step.to(atRest(job, failure))
                            : Step.to(warming);
            case Loading _, Life _, Traffic _, Due _, EngineFound _ -> Step.to(warming);
        };
    }

    private static Failure died(String why) {
        return Failure.of(
                SlotProblem.LOAD_FAILED, "it ended while it was loading its model: " + why);
    }

    private static Broken atRest(Job job, Failure failure) {
        return new Broken(failure, job.model(), job.crashes(), null, new Next.Rest());
    }

    /// A loading that somebody asked for fails for good; one that replaces what died is a further
    /// death.
    private static Step failed(
            Job job, @Nullable String ending, Failure failure, @Nullable Running left) {
        if (ending != null) {
            return Step.to(new Offline(null, null, ending));
        }
        int crashes = job.crashes();
        Next next;
        if (crashes == 0) {
            next = new Next.Rest();
        } else if (failure.isEngineGone()) {
            next = new Next.Retry(Restarts.ENGINE);
        } else {
            crashes++;
            next = Restarts.after(crashes);
        }
        Broken broken = new Broken(failure, job.model(), crashes, left, next);
        return left == null ? WhenDown.settle(broken) : Step.to(broken, new Effect.Stop(left));
    }
}
