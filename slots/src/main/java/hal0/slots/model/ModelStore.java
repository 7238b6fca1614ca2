package hal0.slots.model;

import hal0.home.Home;
import hal0.home.IoReason;
import hal0.slots.error.ModelException;
import hal0.slots.error.ModelProblem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The folder that pulled models are kept in.
///
/// **Shape** `hf/ORG/REPO/…` for those of Hugging Face, with `@REVISION` behind the repository
/// where it is not the main one, and `url/HOST/…` for others; a file that is not whole yet ends in
/// `.part`. The folder need not exist.
public record ModelStore(Path folder) {
    /// What a file is called as long as it is not whole.
    public static final String PART = ".part";

    private static final String USER = "~/";
    private static final int DEEPEST = 16;

    /// `[models] store`: a path of any kind, of which `~/` is the user's and a relative one is that
    /// of the configuration; null is `models` among the home's data.
    public static ModelStore of(@Nullable String written, Home home) {
        if (written == null) {
            return new ModelStore(home.modelsFolder());
        }
        Path folder = written.startsWith(USER) ? ofUser(written) : home.config().resolve(written);
        return new ModelStore(folder.toAbsolutePath().normalize());
    }

    private static Path ofUser(String written) {
        return Path.of(System.getProperty("user.home"), written.substring(USER.length()));
    }

    /// The place of that name, such as `hf/org/repo/file.gguf`.
    ///
    /// **Errors** [ModelException] `INVALID` for one that leads out of the store.
    public Path place(String name) {
        Path place = folder.resolve(name).normalize();
        if (!place.startsWith(folder) || place.equals(folder)) {
            throw ModelException.of(
                    ModelProblem.INVALID, "\"%s\" is no name of a file".formatted(name));
        }
        return place;
    }

    /// The file that the registry or a slot names: `~/` is the user's home, and a path that is not
    /// absolute is looked for in the store, then in the folder of the configuration.
    public Path file(String written, Path config) {
        if (written.startsWith(USER)) {
            return ofUser(written);
        }
        Path inStore = folder.resolve(written).normalize();
        return Files.exists(inStore) ? inStore : config.resolve(written).normalize();
    }

    /// Whether a file is one of the store's, links looked through.
    public boolean holds(Path file) {
        try {
            return file.toRealPath().startsWith(folder.toRealPath());
        } catch (IOException e) {
            // What is not there is in no folder.
            return false;
        }
    }

    /// Every file in it whose name ends so, in order.
    public List<Path> files(String suffix) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> walk = Files.walk(folder, DEEPEST, FileVisitOption.FOLLOW_LINKS)) {
            return walk.filter(file -> String.valueOf(file.getFileName()).endsWith(suffix))
                    .filter(Files::isRegularFile)
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw unreadable(e);
        } catch (UncheckedIOException e) {
            throw unreadable(new IOException(e.getMessage(), e));
        }
    }

    private ModelException unreadable(IOException e) {
        return ModelException.of(
                ModelProblem.STORE,
                "the folder of models %s cannot be read: %s".formatted(folder, IoReason.of(e)),
                e);
    }
}
