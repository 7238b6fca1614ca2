package hal0.slots.lifecycle;

import hal0.providers.http.CancelToken;
import hal0.slots.definition.Launch;
import hal0.slots.error.SlotException;
import hal0.slots.error.SlotProblem;
import hal0.slots.runtime.Running;
import hal0.slots.runtime.SlotRuntime;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Carries out what a slot's moves ask for, each on a thread of its own, and tells of its end.
///
/// **Threads** `carryOut` and `cancel` by the slot's loop.
final class Hands {
    private static final System.Logger LOG = System.getLogger(Hands.class.getName());

    private final String slot;
    private final Workshop workshop;
    private final Supplier<Duration> loadTimeout;
    private final BooleanSupplier busy;
    private final Answers answers;
    private final Consumer<SlotEvent> tell;
    private CancelToken current = new CancelToken();

    Hands(
            String slot,
            Workshop workshop,
            Supplier<Duration> loadTimeout,
            BooleanSupplier busy,
            Answers answers,
            Consumer<SlotEvent> tell) {
        this.slot = slot;
        this.workshop = workshop;
        this.loadTimeout = loadTimeout;
        this.busy = busy;
        this.answers = answers;
        this.tell = tell;
    }

    /// Begins the pull, the start, the probe or the watch that takes the place of the one before.
    private CancelToken next() {
        current = new CancelToken();
        return current;
    }

    void cancel(String why) {
        current.cancel(why);
    }

    void resolve(@Nullable String model) {
        begin(
                "resolve",
                () -> {
                    Launch launch = workshop.resolver().launch(slot, model);
                    boolean prepared = runtime(launch).isPrepared(launch);
                    return new SlotEvent.Resolved(model, launch, prepared);
                },
                failure -> new SlotEvent.Unresolved(model, failure));
    }

    void pull(Launch launch) {
        CancelToken cancel = next();
        begin(
                "pull",
                () -> {
                    runtime(launch)
                            .prepare(
                                    launch,
                                    progress -> tell.accept(new SlotEvent.Progressed(progress)),
                                    cancel);
                    return new SlotEvent.Prepared();
                },
                SlotEvent.Failed::new);
    }

    /// One that runs already just as it is wanted, started by the service manager for example, is
    /// taken over.
    void start(Launch launch) {
        CancelToken cancel = next();
        begin(
                "start",
                () -> {
                    SlotRuntime runtime = runtime(launch);
                    Optional<Running> there = runs(runtime, launch);
                    return new SlotEvent.Started(
                            there.isPresent() ? there.get() : runtime.start(launch, cancel));
                },
                SlotEvent.Failed::new);
    }

    private Optional<Running> runs(SlotRuntime runtime, Launch launch) {
        String fingerprint = launch.fingerprint();
        return runtime.find().stream()
                .filter(found -> found.slot().equals(slot) && found.alive())
                .filter(found -> found.fingerprint().equals(fingerprint))
                .findFirst();
    }

    void probe(Launch launch, Running running) {
        CancelToken cancel = next();
        begin(
                "probe",
                () -> {
                    workshop.prober().awaitAnswer(launch, running, loadTimeout.get(), cancel);
                    return new SlotEvent.Answered(running.id());
                },
                failure -> new SlotEvent.Unanswered(running.id(), failure));
    }

    void watch(Launch launch, Running running) {
        CancelToken cancel = next();
        answers.heard();
        Thread.ofVirtual()
                .name("slot-health-" + slot)
                .start(() -> {
                    String why = untilUnwell(launch, running, cancel);
                    if (!cancel.isCancelled()) {
                        tell.accept(new SlotEvent.Unwell(running.id(), why));
                    }
                });
    }

    /// Returns what is wrong after two questions in a row had no good answer.
    private String untilUnwell(Launch launch, Running running, CancelToken cancel) {
        String before = "";
        while (true) {
            Duration pause =
                    before.isEmpty() ? workshop.rhythm().health() : workshop.rhythm().again();
            if (!Pause.of(pause, cancel)) {
                return "";
            }
            String trouble = workshop.prober().unwell(launch, running, busy.getAsBoolean(), cancel);
            if (!trouble.isEmpty() && !before.isEmpty()) {
                return "it does not answer any more: %s: %s"
                        .formatted(launch.healthPath(), trouble);
            }
            before = trouble;
            if (trouble.isEmpty() && isSilent(launch, running, cancel)) {
                return "%s is good, but no request was answered any more"
                        .formatted(launch.healthPath());
            }
        }
    }

    /// Asks it something small where requests have been waiting in vain; true when it is given up.
    private boolean isSilent(Launch launch, Running running, CancelToken cancel) {
        if (!answers.silence().isSuspicious()) {
            return false;
        }
        boolean quiet = answers.isQuiet();
        long begun = answers.begun();
        Duration limit = workshop.rhythm().silence();
        if (workshop.prober().isAnswering(launch, running, limit, cancel)) {
            answers.heard();
            return false;
        }
        answers.unanswered(limit);
        boolean alone = quiet && answers.isQuiet() && begun == answers.begun();
        return answers.silence().isHopeless(alone, loadTimeout.get());
    }

    void measure(Launch launch, Running running) {
        begin(
                "measure",
                () ->
                        new SlotEvent.Measured(
                                running.id(), workshop.meter().memoryMb(launch, running)),
                failure -> {
                    LOG.log(
                            System.Logger.Level.DEBUG,
                            "slot {0} could not be measured: {1}",
                            slot,
                            failure.message());
                    return new SlotEvent.Measured(running.id(), 0);
                });
    }

    void stop(Running running) {
        begin(
                "stop",
                () -> {
                    workshop.runtimes()
                            .apply(running.runtime())
                            .stop(running, workshop.rhythm().grace());
                    return new SlotEvent.Gone(running.id());
                },
                failure -> new SlotEvent.NotGone(running.id(), failure));
    }

    private SlotRuntime runtime(Launch launch) {
        return workshop.runtimes().apply(launch.runtime());
    }

    @FunctionalInterface
    private interface Deed {
        SlotEvent done();
    }

    @FunctionalInterface
    private interface Sorry {
        SlotEvent of(Failure failure);
    }

    private void begin(String what, Deed deed, Sorry sorry) {
        Thread.ofVirtual()
                .name("slot-" + what + "-" + slot)
                .start(() -> tell.accept(carriedOut(what, deed, sorry)));
    }

    private SlotEvent carriedOut(String what, Deed deed, Sorry sorry) {
        try {
            return deed.done();
        } catch (SlotException e) {
            return sorry.of(Failure.of(e));
        } catch (RuntimeException e) {
            // The slot would wait for ever for news that never come.
            LOG.log(System.Logger.Level.ERROR, "slot " + slot + ": " + what, e);
            return sorry.of(
                    Failure.of(SlotProblem.LOAD_FAILED, "%s failed: %s".formatted(what, e)));
        }
    }
}
