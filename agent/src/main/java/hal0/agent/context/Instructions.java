package hal0.agent.context;

import hal0.agent.workspace.Workspace;
import hal0.home.IoReason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What people have written down for agents: `AGENTS.md`, or `CLAUDE.md` where there is none.
///
/// **Shape** from the hal0 home, the root of the repository and every folder from there to the
/// working folder, in this order, so that the nearest has the last word; without a repository from
/// the working folder alone. At most 32 KB of each. What they name, such as `@path`, is not read. A
/// link in a repository that leads out of it is not followed: a cloned one must not choose which of
/// the user's files are sent. `problems` are for the user. **Source** agents.md, read 2026-11.
public record Instructions(List<Piece> pieces, List<String> problems) {
    public static final Instructions NONE = new Instructions(List.of(), List.of());

    private static final List<String> NAMES = List.of("AGENTS.md", "CLAUDE.md");
    private static final int MOST_BYTES = 32 * 1024;

    /// What one file says; `cut` when it goes on after that.
    public record Piece(Path file, String text, boolean cut) {}

    public Instructions {
        pieces = List.copyOf(pieces);
        problems = List.copyOf(problems);
    }

    /// Reads those of a home's config folder and of the workspace.
    public static Instructions read(Path home, Workspace workspace) {
        Reading reading = new Reading();
        reading.folder(home, null);
        Path root = Repository.of(workspace.root()).map(Repository::root).orElse(workspace.root());
        for (Path folder : between(root, workspace.root())) {
            reading.folder(folder, root);
        }
        return new Instructions(reading.pieces, reading.problems);
    }

    private static List<Path> between(Path root, Path folder) {
        List<Path> folders = new ArrayList<>();
        for (Path at = folder; at != null && at.startsWith(root); at = at.getParent()) {
            folders.addFirst(at);
        }
        return folders;
    }

    /// What a model is told; empty when there is nothing.
    String text() {
        StringBuilder text = new StringBuilder();
        for (Piece piece : pieces) {
            text.append(text.isEmpty() ? "" : "\n\n");
            text.append("Instructions from ").append(piece.file()).append(":\n\n");
            text.append(piece.text().strip());
            if (piece.cut()) {
                text.append("\n(cut here after 32 KB; read the file for the rest)");
            }
        }
        return text.toString();
    }

    private static final class Reading {
        private final List<Piece> pieces = new ArrayList<>();
        private final List<String> problems = new ArrayList<>();
        private final Set<Path> seen = new HashSet<>();

        /// `within` is where links must stay, null for anywhere.
        void folder(Path folder, @Nullable Path within) {
            for (String name : NAMES) {
                Path file = folder.resolve(name);
                if (Files.isRegularFile(file)) {
                    file(file, within);
                    return;
                }
            }
        }

        private void file(Path file, @Nullable Path within) {
            try {
                Path real = file.toRealPath();
                if (within != null && !real.startsWith(within.toRealPath())) {
                    problems.add(
                            "%s is a link to %s, out of the repository, and is not read"
                                    .formatted(file, real));
                } else if (seen.add(real)) {
                    piece(file, BoundedText.read(real, MOST_BYTES)).ifPresent(pieces::add);
                }
            } catch (IOException e) {
                problems.add("%s cannot be read: %s".formatted(file, IoReason.of(e)));
            }
        }

        private Optional<Piece> piece(Path file, BoundedText read) {
            if (read.cut()) {
                problems.add("%s is longer than 32 KB; only its beginning is used".formatted(file));
            }
            if (read.damaged()) {
                problems.add("%s is not UTF-8 text throughout; save it as UTF-8".formatted(file));
            }
            return read.text().isBlank()
                    ? Optional.empty()
                    : Optional.of(new Piece(file, read.text(), read.cut()));
        }
    }
}
