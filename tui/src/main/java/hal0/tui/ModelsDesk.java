package hal0.tui;

import hal0.relay.control.ControlException;
import hal0.relay.control.ControlPlane;
import hal0.relay.control.ModelChoice;
import hal0.relay.control.ProviderStatus;
import hal0.relay.control.SlotInfo;
import hal0.tui.board.FirstRunBoard;
import hal0.tui.board.ModelsBoard;
import hal0.tui.state.Board.Content;
import hal0.tui.state.FirstChoice;
import hal0.tui.state.Place;
import hal0.tui.state.UiEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// What models can be chosen from.
///
/// **Threads** any but the UI thread; blocks.
record ModelsDesk(
        Services services, Supplier<ControlPlane> plane, Consumer<UiEvent> sink, Executor others) {
    private static final System.Logger LOG = System.getLogger(ModelsDesk.class.getName());

    /// What one provider told; `problem` says why it told nothing.
    private record Told(List<ModelChoice> models, @Nullable String problem) {}

    /// All providers are asked at once; the board fills as they answer. A subject is the only
    /// provider that is asked.
    Content content(String only) {
        ControlPlane control = plane.get();
        List<String> asked =
                control.providers().stream()
                        .filter(ModelsDesk::isUsable)
                        .map(ProviderStatus::id)
                        .filter(id -> only.isEmpty() || id.equals(only))
                        .toList();
        ModelsBoard.Known known = known(control);
        if (asked.isEmpty()) {
            return ModelsBoard.of(known, "no provider can be used yet; /settings enters a key");
        }
        BlockingQueue<Told> answers = new LinkedBlockingQueue<>();
        asked.forEach(id -> others.execute(() -> answers.add(told(control, id))));
        List<String> problems = new ArrayList<>();
        for (int left = asked.size(); left > 0; left--) {
            Told told = next(answers);
            known = with(known, told.models(), asked);
            if (told.problem() != null) {
                problems.add(told.problem());
            }
            if (left > 1 && !told.models().isEmpty()) {
                sink.accept(
                        new UiEvent.Filled(
                                new Place(Place.Kind.MODELS, only),
                                ModelsBoard.asking(known, left - 1)));
            }
        }
        return ModelsBoard.of(known, problems.isEmpty() ? null : String.join(" · ", problems));
    }

    private static boolean isUsable(ProviderStatus status) {
        return status.enabled() && status.keyState() != ProviderStatus.KeyState.MISSING;
    }

    private static Told next(BlockingQueue<Told> answers) {
        try {
            return answers.take();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return new Told(List.of(), "interrupted");
        }
    }

    /// One provider that does not answer must not hide the models of the others.
    private static Told told(ControlPlane control, String provider) {
        try {
            return new Told(control.models(provider), null);
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.DEBUG, "no models of " + provider, e);
            return new Told(List.of(), provider + ": " + Worker.message(e));
        }
    }

    private ModelsBoard.Known known(ControlPlane control) {
        ControlPlane.Active active = control.active().orElse(null);
        return new ModelsBoard.Known(
                List.of(),
                slots(control),
                RecentModels.beside(services.historyFile()).names(),
                active == null ? "" : active.provider() + "/" + active.model(),
                active == null ? "" : active.provider());
    }

    private static List<SlotInfo> slots(ControlPlane control) {
        try {
            return control.slots().all();
        } catch (ControlException e) {
            LOG.log(System.Logger.Level.DEBUG, "slots not known", e);
            return List.of();
        }
    }

    /// In the order of the providers, in whatever order they answered.
    private static ModelsBoard.Known with(
            ModelsBoard.Known known, List<ModelChoice> more, List<String> order) {
        List<ModelChoice> all = new ArrayList<>(known.models());
        all.addAll(more);
        all.sort(
                java.util.Comparator.comparingInt(
                        (ModelChoice model) -> order.indexOf(model.provider())));
        return new ModelsBoard.Known(
                all, known.slots(), known.recent(), known.active(), known.provider());
    }

    Content firstRun() {
        List<FirstChoice> found;
        try {
            found = services.discovery().get();
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.WARNING, "nothing could be looked for", e);
            found = List.of();
        }
        return FirstRunBoard.of(found, plane.get().providers());
    }
}
