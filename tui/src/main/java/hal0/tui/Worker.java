package hal0.tui;

import hal0.agent.AgentEvent;
import hal0.providers.http.CancelToken;
import hal0.relay.control.ControlPlane;
import hal0.tui.state.Active;
import hal0.tui.state.Effect;
import hal0.tui.state.UiEvent;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Does what blocks, away from the UI thread; results come back as events.
///
/// **Threads** everything that touches the conversation runs on one thread in the order in which it
/// was asked for, so a message goes to the model that was chosen before it; the rest runs on
/// virtual threads of its own. That one is the system's: waiting for each piece of an answer costs
/// a virtual thread twice as much.
final class Worker implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(Worker.class.getName());

    private final Services services;
    private final Consumer<UiEvent> sink;
    private final HistoryFile history;
    private final RecentModels recent;
    private final Clipboard clipboard;
    private final ExecutorService turnThread =
            Executors.newSingleThreadExecutor(Thread.ofPlatform().name("turn").daemon().factory());
    private final ExecutorService otherThreads =
            Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("tui-work-", 0).factory());
    private final Glances glances;
    private final Executor turns;
    private final Executor others;
    private final Errands errands;
    private final ThemeDesk themes;
    private final JobWatch jobs;
    private volatile @Nullable ControlPlane control;
    private volatile @Nullable CancelToken running;

    Worker(Services services, Consumer<UiEvent> sink) {
        this(services, sink, new Workload(() -> {}));
    }

    Worker(Services services, Consumer<UiEvent> sink, Workload workload) {
        this.turns = workload.counting(turnThread);
        this.others = workload.counting(otherThreads);
        this.services = services;
        this.sink = sink;
        this.history =
                new HistoryFile(services.historyFile(), Path.of("").toAbsolutePath().toString());
        this.recent = RecentModels.beside(services.historyFile());
        this.clipboard = new Clipboard(services.look().environment());
        this.themes =
                new ThemeDesk(
                        services.look(),
                        Path.of(services.about().configFile()),
                        () -> withControl(ControlPlane::reload),
                        sink);
        this.glances = new Glances(InstantSource.system(), sink);
        this.errands =
                new Errands(
                        services,
                        sink,
                        turns,
                        others,
                        new BoardDesk(services, () -> control, sink, others),
                        new Suggestions(services, () -> control, sink),
                        glances);
        this.jobs = new JobWatch(services.surroundings()::running, sink, others);
        services.approver().listen(question -> sink.accept(new UiEvent.Asked(question)));
    }

    /// What is done once, after the first paint.
    void start() {
        others.execute(this::loadHistory);
        others.execute(this::openControl);
        others.execute(errands::loadCommands);
        others.execute(themes::check);
        others.execute(errands::lookForCutOff);
        sink.accept(new UiEvent.ModeChanged(services.conversation().mode()));
    }

    void run(Effect.Work work) {
        switch (work) {
            case Effect.Send(var text) ->
                    turn((cancel, events) -> services.conversation().send(text, cancel, events));
            case Effect.SendTo(var model, var text) ->
                    turn((cancel, events) ->
                            services.conversation().sendTo(model, text, cancel, events));
            case Effect.Shell(var command) ->
                    turn((cancel, events) ->
                            services.conversation().shell(command, cancel, events));
            case Effect.Compact() -> turn(services.conversation()::compact);
            case Effect.Tell(var text) -> services.conversation().tell(text);
            case Effect.Withdraw(var texts) -> texts.forEach(services.conversation()::withdraw);
            case Effect.Errand errand -> errands.run(errand);
            case Effect.Theming theming -> others.execute(() -> themes.run(theming));
            case Effect.Interrupt() -> interrupt();
            case Effect.Copy copy -> others.execute(() -> copy(copy));
            case Effect.Answered(var answer) -> services.approver().answer(answer);
            case Effect.SetMode(var mode) -> services.conversation().use(mode);
            case Effect.Forget() ->
                    turns.execute(() -> guarded("clear", services.conversation()::clear));
            case Effect.Use use -> switching(tell -> use(use, tell));
            case Effect.UseNamed named -> switching(tell -> useNamed(named, tell));
            case Effect.Describe(var provider, var model) ->
                    others.execute(() -> describe(provider, model));
            case Effect.Remember(var text) -> others.execute(() -> remember(text));
        }
    }

    private void interrupt() {
        CancelToken cancel = running;
        if (cancel != null) {
            others.execute(() -> cancel.cancel("the user interrupted"));
        }
    }

    /// What a turn does; its last event says how it ended.
    private interface Doing {
        void run(CancelToken cancel, Consumer<AgentEvent> events);
    }

    private void turn(Doing doing) {
        CancelToken cancel = new CancelToken();
        running = cancel;
        turns.execute(() -> turn(doing, cancel));
    }

    private void turn(Doing doing, CancelToken cancel) {
        String problem = null;
        try {
            doing.run(cancel, this::happened);
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.ERROR, "the turn failed", e);
            problem = message(e);
        } finally {
            if (running == cancel) {
                running = null;
            }
        }
        sink.accept(new UiEvent.TurnOver(problem));
    }

    private void happened(AgentEvent event) {
        sink.accept(new UiEvent.Turned(event));
        if (event instanceof AgentEvent.ToolEnded) {
            jobs.look();
        }
    }

    private void openControl() {
        try {
            ControlPlane opened = services.control().get();
            control = opened;
            services.notices().accept(text -> sink.accept(new UiEvent.Noted(text)));
            ControlPlane.Active active = opened.active().orElse(null);
            sink.accept(
                    new UiEvent.ControlOpened(
                            opened.status(), active == null ? null : active(opened, active)));
            otherThreads.execute(() -> glances.run(opened));
            glances.wake();
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.ERROR, "the relay did not start", e);
            sink.accept(new UiEvent.ControlFailed(message(e)));
        }
    }

    private void copy(Effect.Copy copy) {
        sink.accept(
                clipboard.take(copy.text())
                        ? new UiEvent.Copied(copy.what())
                        : new UiEvent.CopySent(copy.what(), clipboard.sequence(copy.text())));
    }

    private static Active active(ControlPlane control, ControlPlane.Active active) {
        boolean local =
                control.providers().stream()
                        .anyMatch(p -> p.id().equals(active.provider()) && p.local());
        return new Active(active.provider(), active.model(), local, null);
    }

    /// While a turn runs it is found out beside it, and the conversation is told after it.
    private void switching(Consumer<Executor> change) {
        if (running == null) {
            turns.execute(() -> change.accept(Runnable::run));
        } else {
            others.execute(() -> change.accept(turns));
        }
    }

    private void use(Effect.Use use, Executor tell) {
        ControlPlane plane = control;
        if (plane == null) {
            sink.accept(new UiEvent.LoadFailed("the relay is not there yet"));
            return;
        }
        try {
            ControlPlane.Active active = plane.use(use.provider(), use.model());
            tell.execute(() ->
                    guarded(
                            "change the model",
                            () -> services.conversation().use(active.provider(), active.model())));
            recent.add(active.provider() + "/" + active.model());
            sink.accept(new UiEvent.Activated(active(plane, active)));
        } catch (RuntimeException e) {
            String name = use.model() == null ? use.provider() : use.provider() + "/" + use.model();
            sink.accept(new UiEvent.Refused("Cannot use " + name, message(e)));
        }
    }

    private void useNamed(Effect.UseNamed named, Executor tell) {
        withControl(plane -> {
            int slash = named.name().indexOf('/');
            String prefix = named.name().substring(0, slash);
            boolean other =
                    plane.providers().stream().anyMatch(p -> p.id().equals(prefix))
                            && plane.models(named.provider()).stream()
                                    .noneMatch(m -> m.info().id().equals(named.name()));
            use(
                    other
                            ? new Effect.Use(prefix, named.name().substring(slash + 1))
                            : new Effect.Use(named.provider(), named.name()),
                    tell);
        });
    }

    /// For the status line only, so a failure is not worth a word on the screen.
    private void describe(String provider, String model) {
        ControlPlane plane = control;
        if (plane == null) {
            return;
        }
        try {
            plane.models(provider).stream()
                    .filter(m -> m.info().id().equals(model))
                    .findFirst()
                    .ifPresent(m -> sink.accept(new UiEvent.ModelKnown(provider, m.info())));
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.DEBUG, "models of " + provider + " not known", e);
        }
    }

    private void withControl(Consumer<ControlPlane> action) {
        ControlPlane plane = control;
        try {
            if (plane != null) {
                action.accept(plane);
            }
        } catch (RuntimeException e) {
            sink.accept(new UiEvent.LoadFailed(message(e)));
        }
    }

    private void guarded(String what, Runnable action) {
        try {
            action.run();
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.ERROR, "cannot " + what, e);
            sink.accept(new UiEvent.Refused("Cannot " + what, message(e)));
        }
    }

    private void loadHistory() {
        try {
            sink.accept(new UiEvent.HistoryLoaded(history.load()));
        } catch (IOException e) {
            LOG.log(System.Logger.Level.WARNING, "cannot read the prompt history", e);
        }
    }

    private synchronized void remember(String text) {
        try {
            history.append(text);
        } catch (IOException e) {
            LOG.log(System.Logger.Level.WARNING, "cannot write the prompt history", e);
        }
    }

    static String message(RuntimeException e) {
        String message = e.getMessage();
        return message == null || message.isBlank() ? e.getClass().getSimpleName() : message;
    }

    /// Stops what runs. The turn gets a moment to write down how it ended.
    @Override
    public void close() {
        CancelToken cancel = running;
        if (cancel != null) {
            cancel.cancel("hal0 is leaving");
        }
        glances.close();
        services.approver().close();
        jobs.close();
        turnThread.shutdown();
        otherThreads.shutdownNow();
        try {
            if (!turnThread.awaitTermination(1, TimeUnit.SECONDS)) {
                turnThread.shutdownNow();
            }
        } catch (InterruptedException e) {
            turnThread.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }
}
