package hal0.agent.workspace;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// The folder that a conversation works in.
///
/// **Shape** `root` is absolute and real; relative paths start there. `kept` are the real folders
/// and files that hal0 itself works with, wherever they lie. **Threads** any.
public record Workspace(Path root, List<Path> kept) {
    private static final int MAX_LINKS = 40;

    public Workspace {
        kept = List.copyOf(kept);
    }

    /// **Errors** [IOException] when `folder` is not there.
    public static Workspace of(Path folder) throws IOException {
        return new Workspace(folder.toRealPath(), List.of());
    }

    /// With what hal0 itself works with: a home may be named that lies in the workspace.
    public Workspace keeping(List<Path> own) {
        return new Workspace(root, own.stream().map(path -> resolve(path.toString())).toList());
    }

    /// Whether a real path is one of those that hal0 itself works with, or below.
    public boolean keeps(Path real) {
        return kept.stream().anyMatch(real::startsWith);
    }

    /// The place that `name` means, with links followed as far as it exists and without `.` and
    /// `..`, so that it tells where a write would end. As for the system `..` is the folder above
    /// what a link leads to, not the one that the link stands in.
    public Path resolve(String name) {
        return new Links().follow(root.resolve(expanded(name)));
    }

    /// Whether a real path is in the workspace.
    public boolean contains(Path real) {
        return real.startsWith(root);
    }

    /// A path as people and models name it: relative in the workspace, absolute elsewhere.
    public String name(Path real) {
        if (!contains(real)) {
            return real.toString();
        }
        String relative = root.relativize(real).toString();
        return relative.isEmpty() ? "." : relative;
    }

    private static String expanded(String name) {
        return name.equals("~") || name.startsWith("~/")
                ? System.getProperty("user.home") + name.substring(1)
                : name;
    }

    /// Follows links, but no more than [#MAX_LINKS] of them: those that lead in a circle end at one
    /// of them, and the access itself will say so.
    private static final class Links {
        private int left = MAX_LINKS;

        Path follow(Path given) {
            Path at = given.getRoot();
            for (Path each : given) {
                if (!each.toString().equals("..")) {
                    at = at.resolve(each);
                    continue;
                }
                Path parent = real(at.normalize()).getParent();
                at = parent == null ? at.getRoot() : parent;
            }
            return real(at.normalize());
        }

        /// Of a path without `..`.
        private Path real(Path wanted) {
            Path rest = Path.of("");
            for (Path at = wanted; at != null; at = at.getParent()) {
                if (Files.exists(at)) {
                    return existing(at).resolve(rest).normalize();
                }
                if (left > 0 && Files.isSymbolicLink(at)) {
                    // It points to what is not there; a write would make that.
                    return target(at).resolve(rest).normalize();
                }
                Path last = at.getFileName();
                rest = last == null ? rest : last.resolve(rest);
            }
            return wanted;
        }

        private Path target(Path link) {
            left--;
            try {
                Path parent = link.getParent();
                Path folder = parent == null ? link : existing(parent);
                return follow(folder.resolve(Files.readSymbolicLink(link)));
            } catch (IOException _) {
                return link; // gone meanwhile: the access itself will say so
            }
        }

        private static Path existing(Path path) {
            try {
                return path.toRealPath();
            } catch (IOException _) {
                return path; // not readable: the access itself will say so
            }
        }
    }
}
