package hal0.agent.workspace;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// The folder that a conversation works in.
///
/// **Shape** `root` is absolute and real; relative paths start there. **Threads** any.
public record Workspace(Path root) {
    private static final int MAX_LINKS = 40;

    /// **Errors** [IOException] when `folder` is not there.
    public static Workspace of(Path folder) throws IOException {
        return new Workspace(folder.toRealPath());
    }

    /// The place that `name` means, with links followed as far as it exists and without `.` and
    /// `..`, so that it tells where a write would end.
    public Path resolve(String name) {
        return resolve(root.resolve(expanded(name)).normalize(), MAX_LINKS);
    }

    /// Links that lead in a circle end at one of them, and the access itself will say so.
    private static Path resolve(Path wanted, int links) {
        Path rest = Path.of("");
        for (Path at = wanted; at != null; at = at.getParent()) {
            if (Files.exists(at)) {
                return real(at).resolve(rest).normalize();
            }
            if (links > 0 && Files.isSymbolicLink(at)) {
                // It points to what is not there; a write would make that.
                return target(at, links).resolve(rest).normalize();
            }
            Path name1 = at.getFileName();
            rest = name1 == null ? rest : name1.resolve(rest);
        }
        return wanted;
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

    private static Path real(Path path) {
        try {
            return path.toRealPath();
        } catch (IOException _) {
            return path; // not readable: the access itself will say so
        }
    }

    private static Path target(Path link, int links) {
        try {
            Path parent = link.getParent();
            Path folder = parent == null ? link : real(parent);
            return resolve(folder.resolve(Files.readSymbolicLink(link)).normalize(), links - 1);
        } catch (IOException _) {
            return link; // gone meanwhile: the access itself will say so
        }
    }
}
