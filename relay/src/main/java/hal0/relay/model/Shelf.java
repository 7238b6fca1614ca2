package hal0.relay.model;

import hal0.home.Home;
import hal0.home.IoReason;
import hal0.relay.model.ModelEntry.Facts;
import hal0.relay.model.ModelEntry.State;
import hal0.slots.definition.SlotFiles;
import hal0.slots.definition.SlotSpec;
import hal0.slots.error.ModelException;
import hal0.slots.error.ModelProblem;
import hal0.slots.model.ModelStore;
import hal0.slots.model.RegisteredModel;
import hal0.slots.model.RegistryEdits;
import hal0.slots.model.SplitModel;
import hal0.slots.model.gguf.GgufModel;
import hal0.slots.model.gguf.MemoryEstimate;
import hal0.slots.model.pull.PartNote;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// What is there: the registry held against the files.
///
/// **Threads** any; reads the disk.
final class Shelf {
    private final Home home;
    private final Supplier<ModelStore> store;
    private final RegistryEdits registry;

    Shelf(Home home, Supplier<ModelStore> store, RegistryEdits registry) {
        this.home = home;
        this.store = store;
        this.registry = registry;
    }

    List<ModelEntry> all() {
        ModelStore folder = store.get();
        List<SlotSpec> slots = SlotFiles.read(home.slotsFolder()).specs();
        List<ModelEntry> entries = new ArrayList<>();
        Set<Path> known = new HashSet<>();
        for (RegisteredModel model : registry.all()) {
            if (model.path() != null) {
                known.addAll(SplitModel.parts(folder.file(model.path(), home.config())));
            }
            entries.add(entry(model, folder, slots, ModelControl.USUAL_CONTEXT));
        }
        for (Path file : folder.files(".gguf")) {
            if (!known.contains(file) && SplitModel.parts(file).getFirst().equals(file)) {
                entries.add(unregistered(file, folder));
            }
        }
        folder.files(ModelStore.PART).forEach(part -> entries.add(partial(part, folder)));
        return entries;
    }

    /// **Errors** [ModelException] `NOT_FOUND`.
    ModelEntry one(String id, long context) {
        ModelStore folder = store.get();
        for (RegisteredModel model : registry.all()) {
            if (model.id().equals(id) || id.equals(model.ref())) {
                return entry(model, folder, SlotFiles.read(home.slotsFolder()).specs(), context);
            }
        }
        return all().stream()
                .filter(entry -> entry.id().equals(id) || id.equals(entry.ref()))
                .findFirst()
                .orElseThrow(() -> RegistryEdits.notFound(id));
    }

    private ModelEntry entry(
            RegisteredModel model, ModelStore folder, List<SlotSpec> slots, long context) {
        List<String> users =
                slots.stream()
                        .filter(slot -> model.id().equals(slot.model().id()))
                        .map(SlotSpec::name)
                        .toList();
        if (model.path() == null) {
            boolean pullable = model.ref() != null && model.upstream() == null;
            return of(
                    model,
                    pullable ? State.NOT_PULLED : State.ELSEWHERE,
                    null,
                    users,
                    null,
                    pullable
                            ? "hal0 models pull %s --id %s".formatted(model.ref(), model.id())
                            : "");
        }
        Path file = folder.file(model.path(), home.config());
        for (Path part : SplitModel.parts(file)) {
            if (!Files.exists(part)) {
                return of(
                        model,
                        State.MISSING,
                        file,
                        users,
                        null,
                        "there is no file %s".formatted(part));
            }
        }
        return readable(model, file, users, context);
    }

    private static ModelEntry readable(
            RegisteredModel model, Path file, List<String> users, long context) {
        if (!GgufModel.isNamed(file)) {
            return of(model, State.READY, file, users, null, "");
        }
        try {
            GgufModel read = GgufModel.read(file);
            return of(model, State.READY, file, users, facts(read, context), "");
        } catch (ModelException e) {
            return of(model, State.READY, file, users, null, e.message());
        }
    }

    private static ModelEntry of(
            RegisteredModel model,
            State state,
            @Nullable Path file,
            List<String> slots,
            @Nullable Facts facts,
            String message) {
        return new ModelEntry(
                model.id(),
                state,
                file == null ? null : file.toString(),
                model.ref(),
                model.upstream(),
                model.sha256(),
                model.sizeBytes() == 0 && file != null ? size(file) : model.sizeBytes(),
                model.contextLength(),
                model.capabilities(),
                model.profile(),
                slots,
                facts,
                message);
    }

    private static ModelEntry unregistered(Path file, ModelStore folder) {
        String name = folder.folder().relativize(file).toString();
        String message = "hal0 models register ID --path %s".formatted(file);
        long context = 0;
        List<String> capabilities = List.of();
        Facts facts = null;
        try {
            GgufModel read = GgufModel.read(file);
            context = read.header().contextLength();
            capabilities = read.capabilities();
            facts = facts(read, ModelControl.USUAL_CONTEXT);
        } catch (ModelException e) {
            message = e.message();
        }
        return new ModelEntry(
                name,
                State.UNREGISTERED,
                file.toString(),
                null,
                null,
                null,
                size(file),
                context,
                capabilities,
                null,
                List.of(),
                facts,
                message);
    }

    private static ModelEntry partial(Path part, ModelStore folder) {
        PartNote note = PartNote.read(part);
        long size = size(part);
        return new ModelEntry(
                folder.folder().relativize(part).toString(),
                State.PARTIAL,
                part.toString(),
                note == null ? null : note.reference(),
                null,
                note == null ? null : note.sha256(),
                size,
                0,
                List.of(),
                null,
                List.of(),
                null,
                note == null
                        ? "nobody knows what it is of"
                        : "hal0 models pull %s goes on%s"
                                .formatted(
                                        note.reference(),
                                        note.size() > 0
                                                ? " from %d %%".formatted(size * 100 / note.size())
                                                : ""));
    }

    static Facts facts(GgufModel model, long context) {
        MemoryEstimate gpu = MemoryEstimate.of(model, context, -1);
        return new Facts(
                model.header().architecture(),
                model.header().name(),
                model.header().quantization(),
                model.parameters(),
                model.header().layers(),
                model.header().heads(),
                model.header().keyHeads().stream().mapToLong(Long::longValue).max().orElse(0),
                model.header().embeddingLength(),
                model.files().size(),
                context,
                gpu.gpuMb(),
                gpu.hostMb(),
                MemoryEstimate.of(model, context, 0).hostMb());
    }

    /// Of all parts of a model; 0 for a folder.
    static long size(Path file) {
        long size = 0;
        try {
            for (Path part : SplitModel.parts(file)) {
                size += Files.isRegularFile(part) ? Files.size(part) : 0;
            }
        } catch (IOException e) {
            throw ModelException.of(
                    ModelProblem.STORE, "%s cannot be read: %s".formatted(file, IoReason.of(e)), e);
        }
        return size;
    }
}
