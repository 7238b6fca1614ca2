package hal0.slots.process;

import hal0.slots.error.SlotException;
import hal0.slots.error.SlotProblem;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/// Finds programs as a shell would, without one.
final class Programs {
    private Programs() {}

    static Optional<Path> find(String name, String path) {
        return Arrays.stream(path.split(File.pathSeparator, -1))
                .filter(folder -> folder.startsWith("/"))
                .map(folder -> Path.of(folder, name))
                .filter(file -> Files.isRegularFile(file) && Files.isExecutable(file))
                .findFirst();
    }

    /// The program that a slot's command begins with.
    ///
    /// **Errors** `CONFIG_ERROR` that names what was looked for and where.
    static Path of(String slot, String word, String path) {
        if (!word.contains("/")) {
            return find(word, path).orElseThrow(() -> missing(slot, word, path));
        }
        Path file = Path.of(word);
        if (!file.isAbsolute()) {
            throw refused(
                    slot,
                    "\"%s\" is relative: write an absolute path or a name on PATH".formatted(word));
        }
        if (!Files.exists(file)) {
            throw refused(slot, "there is no program %s: install it or correct it".formatted(file));
        }
        if (!Files.isRegularFile(file) || !Files.isExecutable(file)) {
            throw refused(slot, "%s is not a program that may be started".formatted(file));
        }
        return file;
    }

    private static SlotException missing(String slot, String word, String path) {
        String where = path.isEmpty() ? "PATH is empty" : "looked in " + path;
        return refused(
                slot,
                "no program \"%s\" (%s): install it or write its absolute path"
                        .formatted(word, where));
    }

    private static SlotException refused(String slot, String why) {
        return SlotException.of(
                SlotProblem.CONFIG_ERROR, "slot %s: [slot] command: %s".formatted(slot, why));
    }
}
