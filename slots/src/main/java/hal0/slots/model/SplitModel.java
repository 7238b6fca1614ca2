package hal0.slots.model;

import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/// A model in several files of one folder: `NAME-00001-of-00003.gguf` and so on.
///
/// **Source** the names are made by `llama_split_path` in src/llama.cpp of
/// github.com/ggml-org/llama.cpp (read 2026-11-21); a server is given the first and finds the
/// others beside it.
public final class SplitModel {
    private static final Pattern PART = Pattern.compile("(.+-)(\\d{5})-of-(\\d{5})(\\.gguf)");
    private static final int MOST = 9999;

    private SplitModel() {}

    /// Every file of a model, of which one is given; that one alone when it is no part.
    public static List<Path> parts(Path file) {
        Matcher part = PART.matcher(String.valueOf(file.getFileName()));
        if (!part.matches()) {
            return List.of(file);
        }
        int count = Integer.parseInt(part.group(3));
        if (count < 1 || count > MOST) {
            return List.of(file);
        }
        return IntStream.rangeClosed(1, count)
                .mapToObj(i ->
                        file.resolveSibling(
                                "%s%05d-of-%05d%s"
                                        .formatted(part.group(1), i, count, part.group(4))))
                .toList();
    }
}
