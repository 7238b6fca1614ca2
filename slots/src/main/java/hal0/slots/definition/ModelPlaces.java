package hal0.slots.definition;

import hal0.home.config.Nearest;
import hal0.slots.definition.Argument.Source;
import hal0.slots.error.SlotException;
import hal0.slots.error.SlotProblem;
import hal0.slots.model.ModelStore;
import hal0.slots.model.RegisteredModel;
import hal0.slots.model.SplitModel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Finds what a slot means by a model: one of the registry, a file, or a name that the image knows.
///
/// **Shape** a path that is not absolute is looked for in the store of models, then in the folder
/// of the configuration; `~/` is the user's home.
record ModelPlaces(List<RegisteredModel> models, Path store, Path config) {
    ModelPlaces {
        models = List.copyOf(models);
    }

    /// **Shape** `file` is null for a name that the image knows, and has every part of a model in
    /// several files; `source` and `place` are who says so.
    record Found(
            String id,
            @Nullable Path file,
            @Nullable RegisteredModel registered,
            Source source,
            String place) {}

    Optional<RegisteredModel> registered(String id) {
        return models.stream().filter(model -> model.id().equals(id)).findFirst();
    }

    /// **Shape** `place` is where the slot names the model, empty where a request does. **Errors**
    /// [SlotException] `CONFIG_ERROR` when its file is not there.
    Found find(String id, String place) {
        Optional<RegisteredModel> registered = registered(id);
        if (registered.isPresent()) {
            return ofRegistry(registered.get());
        }
        if (id.startsWith("-")) {
            throw config(
                    "\"%s\" cannot name a model: its server would take it for an option"
                            .formatted(id));
        }
        if (!looksLikeFile(id)) {
            return new Found(id, null, null, Source.SLOT, place);
        }
        Path file = path(id);
        requireThere(file, place.isEmpty() ? "" : place + ": model.default: ", hint(id));
        return new Found(id, file, null, Source.SLOT, place);
    }

    private Found ofRegistry(RegisteredModel model) {
        String place = model.place();
        String subject = "%s: model %s: ".formatted(place, model.id());
        if (model.path() != null) {
            Path file = path(model.path());
            requireThere(file, subject, "correct `path`, or pull the model again");
            return new Found(model.id(), file, model, Source.MODEL, place);
        }
        if (model.ref() != null) {
            Path file =
                    pulled(model.ref())
                            .orElseThrow(() ->
                                    config(
                                            "%sit was not pulled yet: `hal0 models pull %s`"
                                                    .formatted(subject, model.ref())));
            requireThere(file, subject, "pull the model again");
            return new Found(model.id(), file, model, Source.MODEL, place);
        }
        return new Found(model.id(), null, model, Source.MODEL, place);
    }

    /// What is meant as a path even where nothing is there.
    private static boolean looksLikeFile(String id) {
        return id.startsWith("/")
                || id.startsWith("~/")
                || id.startsWith("./")
                || id.startsWith("../")
                || id.endsWith(".gguf");
    }

    private Path path(String written) {
        return new ModelStore(store).file(written, config);
    }

    /// The file of the store that a reference was pulled into, where it names one.
    private Optional<Path> pulled(String reference) {
        String name =
                reference.startsWith("hf:")
                        ? "hf/" + reference.substring("hf:".length())
                        : "url/" + reference.replaceFirst("https?://", "").replaceAll("[?#].*", "");
        Path file = store.resolve(name).normalize();
        return file.startsWith(store) && Files.isRegularFile(file)
                ? Optional.of(file)
                : Optional.empty();
    }

    private static void requireThere(Path file, String subject, String fix) {
        for (Path part : SplitModel.parts(file)) {
            if (!Files.exists(part)) {
                throw config("%sthere is no file %s (%s)".formatted(subject, part, fix));
            }
        }
    }

    String hint(String id) {
        String nearest = Nearest.to(id, models.stream().map(RegisteredModel::id).toList());
        return nearest == null
                ? "write the path of a file, or register it: `hal0 models register ID --path FILE`"
                : "did you mean \"%s\"?".formatted(nearest);
    }

    private static SlotException config(String message) {
        return SlotException.of(SlotProblem.CONFIG_ERROR, message);
    }
}
