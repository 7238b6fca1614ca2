package hal0.slots.definition;

import hal0.home.IoReason;
import hal0.home.config.ConfigProblem;
import hal0.home.config.ConfigProblem.Severity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The slots that a folder defines, and everything that is wrong with its files.
///
/// **Shape** `specs` in the order of their names. A file with an error gives no slot and does not
/// keep others from theirs; of two files that claim one port or name, the first has it. Only
/// `*.toml` counts, and no hidden file. **Errors** none are thrown: see `problems`, whose files are
/// named with their folder.
public record SlotFiles(List<SlotSpec> specs, List<ConfigProblem> problems) {

    public SlotFiles {
        specs = List.copyOf(specs);
        problems = List.copyOf(problems);
    }

    /// A folder that is missing holds no slots.
    public static SlotFiles read(Path folder) {
        Found found = find(folder, null);
        List<SlotFile> files = Claims.checked(found.files());
        List<ConfigProblem> problems = new ArrayList<>(found.problems());
        files.forEach(file -> problems.addAll(file.problems()));
        return new SlotFiles(
                files.stream().filter(SlotFile::usable).map(SlotFile::spec).toList(), problems);
    }

    /// Every file, each for itself, and what keeps the folder from being read.
    record Found(List<SlotFile> files, List<ConfigProblem> problems) {}

    /// One file as it would be; a null `text` is that it is gone.
    record Draft(Path file, @Nullable String text) {}

    /// **Shape** with `draft` as that file would be, whether it is there or not, and last: what it
    /// claims of others is its own fault.
    static Found find(Path folder, @Nullable Draft draft) {
        List<ConfigProblem> problems = new ArrayList<>();
        List<SlotFile> files = new ArrayList<>();
        for (Path path : files(folder, problems)) {
            if (draft == null || !path.equals(draft.file())) {
                files.add(SlotFile.read(path));
            }
        }
        if (draft != null && draft.text() != null) {
            files.add(SlotFile.of(draft.file(), draft.text()));
        }
        return new Found(files, problems);
    }

    private static List<Path> files(Path folder, List<ConfigProblem> problems) {
        try (Stream<Path> list = Files.list(folder)) {
            return list.filter(SlotFiles::counts)
                    .sorted(Comparator.comparing(Path::toString))
                    .toList();
        } catch (NoSuchFileException _) {
            return List.of();
        } catch (IOException e) {
            problems.add(
                    new ConfigProblem(
                            Severity.ERROR,
                            folder + "/",
                            0,
                            0,
                            "",
                            "cannot be read: " + IoReason.of(e),
                            ""));
            return List.of();
        }
    }

    private static boolean counts(Path file) {
        String name = String.valueOf(file.getFileName());
        return name.endsWith(SlotFile.SUFFIX) && !name.startsWith(".");
    }
}
