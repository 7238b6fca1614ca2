package hal0.agent.shell;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// What a command in the sandbox sees of the file system, as arguments of `bwrap`.
///
/// **Shape** later mounts cover earlier ones. Of a repository in the workspace, hooks and settings
/// stay as they are, because git runs what they say when the user calls it outside; `.git` itself
/// is a mount, so that it cannot be moved away and replaced.
final class Mounts {
    private static final int DEPTH = 6;

    /// Where NixOS keeps what is on PATH.
    private static final List<String> NEEDED_OF_RUN =
            List.of("/run/current-system", "/run/wrappers");

    private final List<String> arguments = new ArrayList<>();

    private Mounts() {}

    /// `workspace` is real.
    static List<String> of(Path workspace, List<Path> hidden) {
        Mounts mounts = new Mounts();
        mounts.add("--ro-bind", "/", "/");
        mounts.add("--dev", "/dev");
        mounts.add("--proc", "/proc");
        mounts.empty(Path.of("/tmp"));
        mounts.empty(Path.of("/var/tmp"));
        mounts.empty(Path.of("/run"));
        NEEDED_OF_RUN.forEach(path -> mounts.add("--ro-bind-try", path, path));
        List<Path> real = hidden.stream().flatMap(Mounts::real).toList();
        real.stream().filter(path -> !inside(workspace, path)).forEach(mounts::hide);
        mounts.add("--bind", workspace.toString(), workspace.toString());
        mounts.repository(workspace.resolve(".git"));
        real.stream().filter(path -> inside(workspace, path)).forEach(mounts::hide);
        return List.copyOf(mounts.arguments);
    }

    /// A workspace that is itself to be hidden is used all the same; what is in it is not.
    private static boolean inside(Path workspace, Path path) {
        return path.startsWith(workspace) && !path.equals(workspace);
    }

    private static Stream<Path> real(Path path) {
        try {
            return Stream.of(path.toRealPath());
        } catch (IOException _) {
            return Stream.empty(); // what is not there need not be hidden
        }
    }

    private void hide(Path path) {
        if (Files.isDirectory(path)) {
            add("--tmpfs", path.toString());
            return;
        }
        add("--ro-bind", "/dev/null", path.toString());
    }

    private void empty(Path folder) {
        if (Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
            add("--tmpfs", folder.toString());
        }
    }

    private void repository(Path git) {
        if (Files.isRegularFile(git, LinkOption.NOFOLLOW_LINKS)) {
            readOnly(git); // it says where the repository is
            return;
        }
        if (!Files.isDirectory(git, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        if (!Files.exists(git.resolve("config"))) {
            readOnly(git);
            return;
        }
        add("--bind", git.toString(), git.toString());
        Path hooks = git.resolve("hooks");
        if (!Files.exists(hooks, LinkOption.NOFOLLOW_LINKS)) {
            add("--tmpfs", hooks.toString());
            add("--remount-ro", hooks.toString());
        }
        settings(git).forEach(this::readOnly);
    }

    /// Those of the repository and of its submodules.
    private static List<Path> settings(Path git) {
        List<Path> found = new ArrayList<>();
        for (String name : List.of("hooks", "config", "config.worktree")) {
            found.add(git.resolve(name));
        }
        try (Stream<Path> all = Files.find(git.resolve("modules"), DEPTH, (_, _) -> true)) {
            all.filter(path -> path.endsWith("hooks") || path.endsWith("config"))
                    .forEach(found::add);
        } catch (IOException | UncheckedIOException _) {
            // No submodules, or none that can be looked at, and so none that can be changed.
        }
        return found.stream().filter(Files::exists).toList();
    }

    private void readOnly(Path path) {
        add("--ro-bind", path.toString(), path.toString());
    }

    private void add(String... words) {
        arguments.addAll(List.of(words));
    }
}
