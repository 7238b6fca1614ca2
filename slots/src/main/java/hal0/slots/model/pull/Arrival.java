package hal0.slots.model.pull;

import hal0.slots.error.ModelException;
import hal0.slots.model.RegisteredModel;
import hal0.slots.model.SplitModel;
import hal0.slots.model.gguf.GgufModel;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What is registered of a model that has come.
///
/// **Shape** `note` is what there is to say of it, such as what could not be found out, null where
/// that is nothing.
record Arrival(RegisteredModel model, @Nullable String note) {

    /// The same, where nothing had to be fetched.
    Arrival complete() {
        return note == null
                ? new Arrival(model, "it was complete already, nothing was fetched")
                : this;
    }

    /// What its file is called without what says that it is one: the id where nobody chose one.
    static String usualId(String fileName) {
        Optional<SplitModel> parts = SplitModel.find(fileName);
        if (parts.isPresent()) {
            return parts.get().before();
        }
        return GgufModel.isNamed(Path.of(fileName))
                ? fileName.substring(0, fileName.length() - ".gguf".length())
                : fileName;
    }

    /// **Shape** `reference` is null where it holds a key; `sha256` where there are several files.
    ///
    /// **Errors** [ModelException] for a file that is no model, unless somebody had `promised` its
    /// very content: then it is one that this program cannot read yet.
    static Arrival of(
            String id,
            @Nullable String reference,
            List<Path> files,
            @Nullable String sha256,
            long size,
            boolean promised) {
        Path first = files.getFirst();
        GgufModel read = null;
        String note = null;
        if (GgufModel.isNamed(first)) {
            try {
                read = GgufModel.read(first);
            } catch (ModelException e) {
                if (!promised) {
                    throw e;
                }
                note = e.message();
            }
        }
        return new Arrival(
                new RegisteredModel(
                        id,
                        first.toString(),
                        reference,
                        null,
                        sha256,
                        size,
                        read == null ? 0 : read.header().contextLength(),
                        read == null ? List.of() : read.capabilities(),
                        null,
                        0),
                note);
    }
}
