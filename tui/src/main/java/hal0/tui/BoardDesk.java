package hal0.tui;

import hal0.relay.control.ControlPlane;
import hal0.tui.board.DoctorBoard;
import hal0.tui.state.Board.Content;
import hal0.tui.state.Board.Line;
import hal0.tui.state.Change;
import hal0.tui.state.Effect;
import hal0.tui.state.Place;
import hal0.tui.state.UiEvent;
import hal0.tui.text.Role;
import java.time.Clock;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Fetches what boards show, and does what they change.
///
/// **Threads** any; all of it runs on `others`. A place that is asked for while it is being fetched
/// is fetched once more after that: what came may be older than a change.
final class BoardDesk {
    private static final System.Logger LOG = System.getLogger(BoardDesk.class.getName());

    private final Services services;
    private final Supplier<@Nullable ControlPlane> control;
    private final Consumer<UiEvent> sink;
    private final Executor others;
    private final SettingsDesk settings;
    private final EditDesk edits;
    private final ModelsDesk models;

    /// What is looked for; of words that are typed fast only the last are.
    private final AtomicReference<Effect.@Nullable Seek> sought = new AtomicReference<>();

    private volatile @Nullable Known known;

    /// Whether what is being fetched was asked for again meanwhile.
    private final Map<Place, Boolean> fetching = new ConcurrentHashMap<>();

    BoardDesk(
            Services services,
            Supplier<@Nullable ControlPlane> control,
            Consumer<UiEvent> sink,
            Executor others) {
        this.services = services;
        this.control = control;
        this.sink = sink;
        this.others = others;
        this.settings = new SettingsDesk(services);
        this.edits = new EditDesk(services, this::plane, sink);
        this.models = new ModelsDesk(services, this::plane, sink, others);
    }

    private record Known(Place place, Content content) {}

    void fill(Place place) {
        if (fetching.put(place, true) == null) {
            others.execute(() -> {
                do {
                    fetching.put(place, false);
                    fetch(place);
                } while (!fetching.remove(place, false));
            });
        }
    }

    private void fetch(Place place) {
        try {
            sink.accept(new UiEvent.Filled(place, content(place)));
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.DEBUG, "cannot show " + place.title(), e);
            sink.accept(new UiEvent.Filled(place, Content.of(List.of(), Worker.message(e))));
        }
    }

    private Content content(Place place) {
        return switch (place.kind()) {
            case MODEL -> settings.model(plane());
            case PROVIDERS, PROVIDER -> settings.providers(plane());
            case CONFIG -> settings.config(plane());
            case HELP -> settings.help();
            case MCP -> settings.servers();
            case SERVER -> settings.tools(place.subject());
            case PERMISSIONS -> settings.permissions();
            case MEMORY -> settings.memory(place.subject());
            case AGENTS -> settings.agents();
            case SESSIONS -> settings.sessions(false);
            case ALL_SESSIONS -> settings.sessions(true);
            case MODELS -> models.content(place.subject());
            case FIRST_RUN -> models.firstRun();
            case THEME -> settings.theme(plane());
            case SLOTS -> looks().slots();
            case SLOT -> looks().slot(place.subject());
            case SLOT_LOG -> looks().slotLog(place.subject());
            case SLOT_MODELS ->
                    looks().slotModels(place.subject(), services.surroundings().models());
            case RELAY -> looks().relay();
            case REQUEST -> request(place);
            case APPROVAL -> looks().approval(place.subject());
            case SPEND -> looks().spend(place.subject(), services.conversation().sessionId());
            case DOCTOR -> DoctorBoard.of(services.surroundings().doctor());
        };
    }

    private Looks looks() {
        return new Looks(plane(), Clock.system(ZoneId.systemDefault()));
    }

    /// One that is over stays as it is.
    private Content request(Place place) {
        Known before = known;
        if (before != null && before.place().equals(place)) {
            return before.content();
        }
        boolean underWay = looks().isUnderWay(place.subject());
        Content content = looks().request(place.subject());
        known = underWay ? null : new Known(place, content);
        return content;
    }

    void regard(Effect.Regard regard) {
        others.execute(() -> {
            List<Line> lines;
            try {
                lines = settings.endOf(regard.row());
            } catch (RuntimeException e) {
                LOG.log(System.Logger.Level.DEBUG, "cannot look at " + regard.row(), e);
                lines = List.of(Line.words(Worker.message(e), Role.ERROR));
            }
            sink.accept(new UiEvent.Regarded(regard.place(), regard.row(), lines));
        });
    }

    /// Of what is typed fast only the last is looked for.
    void seek(Effect.Seek seek) {
        sought.set(seek);
        others.execute(() -> {
            Effect.Seek now = sought.getAndSet(null);
            if (now == null) {
                return;
            }
            try {
                sink.accept(new UiEvent.Sought(now.place(), now.typed(), found(now)));
            } catch (RuntimeException e) {
                LOG.log(System.Logger.Level.DEBUG, "cannot look in " + now.place().title(), e);
                sink.accept(new UiEvent.LoadFailed(Worker.message(e)));
            }
        });
    }

    private List<Line.Row> found(Effect.Seek seek) {
        return seek.place().kind() == Place.Kind.MEMORY
                ? settings.memoryWith(seek.place().subject(), seek.typed())
                : settings.sessionsWith(
                        seek.typed(), seek.place().kind() == Place.Kind.ALL_SESSIONS);
    }

    /// **Errors** IllegalStateException while there is no relay yet.
    private ControlPlane plane() {
        ControlPlane plane = control.get();
        if (plane == null) {
            throw new IllegalStateException("the relay is not there yet");
        }
        return plane;
    }

    /// Does it, says how that went, and fetches what the boards show anew.
    void alter(Change change) {
        others.execute(() -> {
            try {
                sink.accept(new UiEvent.Altered(altered(change), false));
            } catch (RuntimeException e) {
                // Not what it holds: an address may have a key in it.
                String name = change.getClass().getSimpleName();
                LOG.log(System.Logger.Level.DEBUG, "cannot do " + name, e);
                sink.accept(new UiEvent.Altered(Worker.message(e), true));
            }
        });
    }

    private String altered(Change change) {
        return switch (change) {
            case Change.Edit edit -> edits.done(edit);
            case Change.Load(var slot, var model) -> {
                var _ = plane().slots().load(slot, model.isEmpty() ? null : model);
                yield slot + " loads";
            }
            case Change.Unload(var slot) -> {
                var _ = plane().slots().unload(slot);
                yield slot + " is unloaded";
            }
            case Change.Swap(var slot, var model) -> {
                var _ = plane().slots().swap(slot, model, true);
                yield slot + " swaps to " + model;
            }
            case Change.Restart(var slot) -> {
                var _ = plane().slots().restart(slot);
                yield slot + " restarts";
            }
            case Change.Pin(var slot, var pinned) -> {
                var _ = plane().slots().change(slot, Map.of("slot.pinned", pinned));
                yield slot + (pinned ? " is pinned" : " is not pinned any more");
            }
            case Change.Decide(var id, var approve) -> {
                var _ = plane().approvals().decide(id, approve, Looks.OWN_CLIENT);
                yield approve ? "approved; it is being done" : "denied";
            }
            case Change.GpuMode(var mode, var force) -> {
                var _ = plane().slots().gpuMode(mode, force, false);
                yield "the GPU is for " + mode + " slots";
            }
        };
    }
}
