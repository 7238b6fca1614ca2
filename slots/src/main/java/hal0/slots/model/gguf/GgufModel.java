package hal0.slots.model.gguf;

import hal0.slots.error.ModelException;
import hal0.slots.error.ModelProblem;
import hal0.slots.model.SplitModel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// A model in one GGUF file or in several that are one.
///
/// **Shape** `header` is that of the first file; `weights`, `parameters` and `sizeBytes` are sums.
public record GgufModel(
        GgufHeader header, List<Path> files, Weights weights, long parameters, long sizeBytes) {
    private static final String SUFFIX = ".gguf";

    /// What `pooling` says of a model that ranks.
    private static final long RANKS = 4;

    public GgufModel {
        files = List.copyOf(files);
    }

    /// Whether a file's name says that it is one.
    public static boolean isNamed(Path file) {
        return String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT).endsWith(SUFFIX);
    }

    /// Reads the heads of all files of the model that `file` is one of; some milliseconds.
    ///
    /// **Errors** [ModelException] `UNREADABLE` that names the file and the place in it.
    public static GgufModel read(Path file) {
        List<Path> files = SplitModel.parts(file);
        List<GgufHeader> headers = new ArrayList<>();
        for (Path part : files) {
            if (!Files.exists(part)) {
                throw ModelException.of(
                        ModelProblem.UNREADABLE, missing(part, headers.size() + 1, files.size()));
            }
            headers.add(GgufReader.read(part));
        }
        GgufHeader first = headers.getFirst();
        if (first.parts() != files.size()) {
            throw ModelException.of(
                    ModelProblem.UNREADABLE,
                    "the model file %s is one of %d parts, which its name does not say (%s)"
                            .formatted(
                                    files.getFirst(),
                                    first.parts(),
                                    "NAME-00001-of-%05d.gguf".formatted(first.parts())));
        }
        Weights weights = Weights.NONE;
        long parameters = 0;
        long size = 0;
        for (GgufHeader header : headers) {
            weights = weights.plus(header.weights());
            parameters += header.parameters();
            size += header.fileBytes();
        }
        return new GgufModel(first, files, weights, parameters, size);
    }

    private static String missing(Path part, int number, int count) {
        return count == 1
                ? "there is no model file %s".formatted(part)
                : "part %d of %d of a model is missing: there is no file %s"
                        .formatted(number, count, part);
    }

    /// What it can be asked for, as far as its head tells: `chat`, `tools`, `embed`, `rerank`.
    public List<String> capabilities() {
        if (header.pooling() != null) {
            return List.of(header.pooling() == RANKS ? "rerank" : "embed");
        }
        String template = header.chatTemplate();
        if (template == null) {
            return List.of();
        }
        return template.contains("tools") ? List.of("chat", "tools") : List.of("chat");
    }
}
