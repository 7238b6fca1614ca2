package hal0.tui;

import static java.nio.charset.StandardCharsets.UTF_8;

import hal0.home.AtomicFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// The models that were chosen last, a `provider/model` a line, the last first.
///
/// **Threads** any.
record RecentModels(Path file) {
    private static final System.Logger LOG = System.getLogger(RecentModels.class.getName());
    private static final int MOST = 8;

    /// In the folder of another file.
    static RecentModels beside(Path other) {
        return new RecentModels(other.resolveSibling("recent-models"));
    }

    /// Empty where the file is missing or cannot be read: nothing depends on it.
    List<String> names() {
        try {
            return Files.exists(file)
                    ? Files.readAllLines(file, UTF_8).stream()
                            .filter(line -> !line.isBlank())
                            .limit(MOST)
                            .toList()
                    : List.of();
        } catch (IOException e) {
            LOG.log(System.Logger.Level.DEBUG, "recent models not known", e);
            return List.of();
        }
    }

    void add(String name) {
        List<String> names = new ArrayList<>(List.of(name));
        names().stream().filter(each -> !each.equals(name)).limit(MOST - 1L).forEach(names::add);
        try {
            Path folder = file.toAbsolutePath().getParent();
            if (folder != null) {
                Files.createDirectories(folder);
            }
            AtomicFile.writePrivate(file, (String.join("\n", names) + "\n").getBytes(UTF_8));
        } catch (IOException e) {
            LOG.log(System.Logger.Level.WARNING, "recent models not kept", e);
        }
    }
}
