package hal0.relay.model;

import hal0.home.Home;
import hal0.home.IoReason;
import hal0.providers.http.CancelToken;
import hal0.relay.control.Audit;
import hal0.relay.event.Event.Severity;
import hal0.relay.event.Events;
import hal0.slots.definition.SlotEdits;
import hal0.slots.definition.SlotEdits.Origin;
import hal0.slots.error.ModelException;
import hal0.slots.error.ModelProblem;
import hal0.slots.error.SlotException;
import hal0.slots.error.SlotProblem;
import hal0.slots.model.ModelStore;
import hal0.slots.model.RegisteredModel;
import hal0.slots.model.RegistryEdits;
import hal0.slots.model.SplitModel;
import hal0.slots.model.gguf.GgufModel;
import hal0.slots.model.pull.PartNote;
import hal0.slots.model.pull.PullStatus;
import hal0.slots.model.pull.PullWish;
import hal0.slots.model.pull.Pulls;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The models of the home of this process.
public final class LocalModels implements ModelControl {
    private static final Duration QUIET = Duration.ofSeconds(15);

    private final Parts parts;
    private final Shelf shelf;
    private final Audit audit;

    /// What it stands on; `changed` is run after the files of the home were.
    public record Parts(
            Home home,
            Supplier<ModelStore> store,
            RegistryEdits registry,
            SlotEdits slots,
            Supplier<Pulls> pulls,
            Events events,
            Runnable changed) {}

    public LocalModels(Parts parts, Audit audit) {
        this.parts = parts;
        this.shelf = new Shelf(parts.home(), parts.store(), parts.registry());
        this.audit = audit;
    }

    @Override
    public ModelControl by(String actor) {
        return new LocalModels(parts, audit.by(actor));
    }

    @Override
    public List<ModelEntry> list() {
        return shelf.all();
    }

    @Override
    public ModelEntry one(String id, long contextSize) {
        return shelf.one(id, contextSize);
    }

    @Override
    public Pulls.Begun pull(PullWish wish) {
        return noted(
                "model.pull",
                wish.reference().replaceAll("\\?.*", ""),
                () -> parts.pulls().get().start(wish));
    }

    @Override
    public List<PullStatus> pulls() {
        return parts.pulls().get().all();
    }

    @Override
    public PullStatus pull(String job) {
        return parts.pulls()
                .get()
                .find(job)
                .orElseThrow(() ->
                        ModelException.of(
                                ModelProblem.NOT_FOUND, "there is no pull \"%s\"".formatted(job)));
    }

    @Override
    public PullStatus cancel(String job) {
        return noted("model.pull_cancel", job, () -> parts.pulls().get().cancel(job));
    }

    @Override
    public PullStatus follow(String job, Consumer<PullStatus> listener, CancelToken left) {
        return parts.pulls().get().follow(job, QUIET, listener, left);
    }

    @Override
    public ModelEntry register(NewModel model) {
        return noted(
                "model.register",
                model.id(),
                () -> {
                    parts.registry().add(registered(model));
                    changed("model.registered", model.id(), "is registered");
                    return shelf.one(model.id(), USUAL_CONTEXT);
                });
    }

    /// **Errors** [ModelException] for a path that leads to nothing, or to no model.
    private RegisteredModel registered(NewModel model) {
        if (model.path() == null && model.ref() == null && model.upstream() == null) {
            throw ModelException.of(
                    ModelProblem.INVALID,
                    "a model needs a path, a ref or an upstream: where is \"%s\"?"
                            .formatted(model.id()));
        }
        Path file = model.path() == null ? null : existing(model.path());
        GgufModel read = file != null && GgufModel.isNamed(file) ? GgufModel.read(file) : null;
        return new RegisteredModel(
                model.id(),
                file == null ? null : file.toString(),
                model.ref(),
                model.upstream(),
                null,
                file == null ? 0 : Shelf.size(file),
                model.contextLength() == 0 && read != null
                        ? read.header().contextLength()
                        : model.contextLength(),
                model.capabilities().isEmpty() && read != null
                        ? read.capabilities()
                        : model.capabilities(),
                model.profile(),
                0);
    }

    /// Of a model in parts the first, whichever is named.
    private static Path existing(String written) {
        Path file = SplitModel.parts(Path.of(written).toAbsolutePath().normalize()).getFirst();
        if (!Files.exists(file)) {
            throw ModelException.of(ModelProblem.INVALID, "there is no file %s".formatted(file));
        }
        return file;
    }

    @Override
    public ModelEntry remove(String id, boolean files, boolean force) {
        return noted("model.remove", id, () -> removed(shelf.one(id, USUAL_CONTEXT), files, force));
    }

    private ModelEntry removed(ModelEntry entry, boolean files, boolean force) {
        if (!entry.slots().isEmpty() && !force) {
            throw ModelException.of(
                    ModelProblem.IN_USE,
                    "%s is the model of %s; give that another one first, or remove it all the same with --force"
                            .formatted(entry.id(), String.join(", ", entry.slots())));
        }
        boolean registered =
                switch (entry.state()) {
                    case READY, MISSING, NOT_PULLED, ELSEWHERE -> true;
                    case PARTIAL, UNREGISTERED -> false;
                };
        if (!registered && !files) {
            throw ModelException.of(
                    ModelProblem.INVALID,
                    "%s is a file without an entry in the registry; to delete it, add --files"
                            .formatted(entry.id()));
        }
        List<Path> doomed = files ? doomed(entry) : List.of();
        if (registered) {
            parts.registry().remove(entry.id());
        }
        doomed.forEach(LocalModels::delete);
        changed("model.removed", entry.id(), "is removed");
        return entry;
    }

    /// **Errors** [ModelException] for files that are not the store's: those are the user's.
    private List<Path> doomed(ModelEntry entry) {
        if (entry.path() == null) {
            return List.of();
        }
        List<Path> doomed = new ArrayList<>();
        for (Path file : SplitModel.parts(Path.of(entry.path()))) {
            if (Files.exists(file) && !parts.store().get().holds(file)) {
                throw ModelException.of(
                        ModelProblem.INVALID,
                        "%s is not in the store of models (%s) and is not deleted; without --files only its entry is removed"
                                .formatted(file, parts.store().get().folder()));
            }
            doomed.add(file);
            if (entry.state() == ModelEntry.State.PARTIAL) {
                doomed.add(PartNote.beside(file));
            }
        }
        return doomed;
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw ModelException.of(
                    ModelProblem.STORE,
                    "%s cannot be deleted: %s".formatted(file, IoReason.of(e)),
                    e);
        }
    }

    @Override
    public ModelEntry assign(String id, String slot) {
        return noted("model.assign", id + " to " + slot, () -> assigned(id, slot));
    }

    private ModelEntry assigned(String id, String slot) {
        ModelEntry entry = shelf.one(id, USUAL_CONTEXT);
        if (entry.state() == ModelEntry.State.PARTIAL
                || entry.state() == ModelEntry.State.UNREGISTERED) {
            throw ModelException.of(
                    ModelProblem.INVALID,
                    "%s has no id that a slot could name; %s"
                            .formatted(entry.id(), entry.message()));
        }
        try {
            parts.slots().change(slot, Map.of("model.default", entry.id()), Origin.FILES);
        } catch (SlotException e) {
            throw e.problem() == SlotProblem.NOT_FOUND
                    ? ModelException.of(
                            ModelProblem.NOT_FOUND,
                            "%s; make it with: hal0 slots create %s --model %s"
                                    .formatted(e.message(), slot, entry.id()),
                            e)
                    : ModelException.of(ModelProblem.INVALID, e.message(), e);
        } catch (IOException e) {
            throw ModelException.of(
                    ModelProblem.STORE,
                    "the slot %s cannot be written: %s".formatted(slot, IoReason.of(e)),
                    e);
        }
        changed("model.assigned", entry.id(), "is that of the slot " + slot);
        return shelf.one(entry.id(), USUAL_CONTEXT);
    }

    private void changed(String type, String model, String what) {
        parts.changed().run();
        String message = "the model %s %s".formatted(model, what);
        parts.events().emit(type, Severity.INFO, model, message, Map.of("model", model));
    }

    private <T extends @Nullable Object> T noted(String action, String subject, Supplier<T> work) {
        T result;
        try {
            result = work.get();
        } catch (ModelException e) {
            audit.refused(action, subject, e.message());
            throw e;
        }
        audit.done(action, subject);
        return result;
    }
}
