package hal0.slots.model;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A name of one of several files that are one model: `NAME-00001-of-00003.gguf`.
///
/// **Shape** `number` counts from 1. **Source** "Shard" in the naming convention of docs/gguf.md in
/// ggml-org/ggml, read 2026-11-21.
public record SplitModel(String before, int number, int count) {
    private static final Pattern NAME = Pattern.compile("(.+)-(\\d{5})-of-(\\d{5})\\.gguf");

    /// Models have some hundred parts at most.
    private static final int MOST = 999;

    /// Empty for the name of a model in one file.
    public static Optional<SplitModel> find(String name) {
        Matcher matcher = NAME.matcher(name);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        int number = Integer.parseInt(matcher.group(2));
        int count = Integer.parseInt(matcher.group(3));
        return number >= 1 && number <= count && count <= MOST
                ? Optional.of(new SplitModel(matcher.group(1), number, count))
                : Optional.empty();
    }

    /// The name of the part of that number.
    public String name(int part) {
        return "%s-%05d-of-%05d.gguf".formatted(before, part, count);
    }

    /// All files of the model that `file` belongs to, whether or not they are there; the first is
    /// what servers are told, and find the others by. That one alone when it is no part.
    public static List<Path> parts(Path file) {
        Optional<SplitModel> parts = find(String.valueOf(file.getFileName()));
        if (parts.isEmpty()) {
            return List.of(file);
        }
        List<Path> files = new ArrayList<>();
        for (int i = 1; i <= parts.get().count(); i++) {
            files.add(file.resolveSibling(parts.get().name(i)));
        }
        return files;
    }
}
