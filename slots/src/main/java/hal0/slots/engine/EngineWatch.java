package hal0.slots.engine;

import com.github.dockerjava.api.command.EventsCmd;
import com.github.dockerjava.api.model.Event;
import com.github.dockerjava.api.model.EventActor;
import hal0.providers.http.CancelToken;
import hal0.slots.definition.SlotSpec.RuntimeName;
import hal0.slots.error.SlotException;
import hal0.slots.runtime.RuntimeEvent;
import hal0.slots.runtime.SlotRuntime;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// Follows an engine's events, also over the engine's own end and return.
///
/// After a break it asks for what happened meanwhile, as far as the engine still knows, and gives
/// each event once. **Threads** one virtual thread of its own; listeners are called on it or on
/// docker-java's, one at a time.
public final class EngineWatch implements SlotRuntime.Watching {
    private static final System.Logger LOG = System.getLogger(EngineWatch.class.getName());
    private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);

    /// Podman's events are written by several processes and not quite in order.
    private static final Duration OVERLAP = Duration.ofSeconds(2);

    private static final int REMEMBERED = 512;

    private final Engine engine;
    private final RuntimeName runtime;
    private final UnaryOperator<EventsCmd> filter;
    private final Consumer<Event> events;
    private final Consumer<RuntimeEvent> states;
    private final CancelToken closing = new CancelToken();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Set<String> seen =
            Collections.newSetFromMap(
                    new LinkedHashMap<>() {
                        @Override
                        protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
                            return size() > REMEMBERED;
                        }
                    });
    private volatile Instant since = Instant.now();

    private EngineWatch(
            Engine engine,
            RuntimeName runtime,
            UnaryOperator<EventsCmd> filter,
            Consumer<Event> events,
            Consumer<RuntimeEvent> states) {
        this.engine = engine;
        this.runtime = runtime;
        this.filter = filter;
        this.events = events;
        this.states = states;
    }

    /// Begins with what happens from now on. `states` hears of the engine's loss and return, under
    /// the name `runtime`.
    public static EngineWatch start(
            Engine engine,
            RuntimeName runtime,
            UnaryOperator<EventsCmd> filter,
            Consumer<Event> events,
            Consumer<RuntimeEvent> states) {
        EngineWatch watch = new EngineWatch(engine, runtime, filter, events, states);
        Thread.ofVirtual().name("slot-" + runtime.word() + "-events").start(watch::run);
        return watch;
    }

    @Override
    public void close() {
        closed.countDown();
        closing.cancel("nobody listens any more");
    }

    private void run() {
        Duration pause = FIRST_PAUSE;
        boolean lost = false;
        do {
            try {
                Connection connection = engine.connect();
                pause = FIRST_PAUSE;
                if (lost) {
                    lost = false;
                    states.accept(new RuntimeEvent.EngineFound(runtime));
                }
                follow(connection);
            } catch (SlotException e) {
                String why = lost || closing.isCancelled() ? null : whyGone(e);
                if (why != null) {
                    lost = true;
                    states.accept(new RuntimeEvent.EngineLost(runtime, why));
                }
                pause = longer(pause);
            }
        } while (!isClosedWithin(pause));
    }

    /// A stream that broke says nothing yet; an engine that cannot be found again does.
    private @Nullable String whyGone(SlotException failure) {
        try {
            engine.connect();
            LOG.log(System.Logger.Level.DEBUG, failure.message());
            return null;
        } catch (SlotException e) {
            return e.message();
        }
    }

    private void follow(Connection connection) {
        Instant from = since;
        connection.<Event>follow(
                "tell what happens",
                closing,
                this::once,
                (docker, feed) ->
                        filter.apply(docker.eventsCmd())
                                .withSince(
                                        "%d.%09d".formatted(from.getEpochSecond(), from.getNano()))
                                .exec(feed));
    }

    private void once(Event event) {
        Long nanos = event.getTimeNano();
        EventActor actor = event.getActor();
        String id = actor == null ? event.getId() : actor.getId();
        if (nanos != null && !seen.add(nanos + " " + event.getAction() + " " + id)) {
            return;
        }
        if (nanos != null) {
            Instant at = Instant.ofEpochSecond(0, nanos).minus(OVERLAP);
            since = at.isAfter(since) ? at : since;
        }
        events.accept(event);
    }

    private static Duration longer(Duration pause) {
        Duration twice = pause.multipliedBy(2);
        return twice.compareTo(LONGEST_PAUSE) < 0 ? twice : LONGEST_PAUSE;
    }

    private boolean isClosedWithin(Duration pause) {
        try {
            return closed.await(pause.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }
}
