package hal0.agent.checkpoint;

import hal0.agent.workspace.Workspace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;

/// A workspace and a store beside it, as a test needs them.
final class Place {
    static final long STORE_BYTES = 64 << 20;

    final Path root;
    final Path store;
    LookLimits limits = LookLimits.USUAL;
    LeftOut leftOut = LeftOut.NOTHING;
    long storeBytes = STORE_BYTES;

    Place(Path folder) throws IOException {
        root = Files.createDirectories(folder.resolve("work")).toRealPath();
        store = Files.createDirectories(folder.resolve("store")).toRealPath();
    }

    WorkspaceCheckpoints checkpoints() throws IOException {
        return new WorkspaceCheckpoints(
                store,
                Workspace.of(root),
                Set.of(),
                leftOut,
                InstantSource.system(),
                limits,
                storeBytes);
    }

    Path file(String name) {
        return root.resolve(name);
    }

    Path write(String name, String text) throws IOException {
        Files.createDirectories(file(name).getParent());
        return Files.writeString(file(name), text);
    }

    String read(String name) throws IOException {
        return Files.readString(file(name));
    }

    /// What a tool does that says which file it will write.
    List<FileChange> edit(Checkpoints checkpoints, String name, Change change) throws IOException {
        try (Checkpoints.Watch watch = checkpoints.watch(List.of(file(name)), false)) {
            change.run();
            return watch.changes();
        }
    }

    /// What a command does, which may change anything.
    List<FileChange> shell(Checkpoints checkpoints, String script) throws IOException {
        try (Checkpoints.Watch watch = checkpoints.watch(List.of(), true)) {
            bash(script);
            return watch.changes();
        }
    }

    void bash(String script) throws IOException {
        Process process =
                new ProcessBuilder("bash", "-c", script)
                        .directory(root.toFile())
                        .redirectErrorStream(true)
                        .start();
        String output = new String(process.getInputStream().readAllBytes());
        try {
            if (process.waitFor() != 0) {
                throw new AssertionError(script + "\n" + output);
            }
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @FunctionalInterface
    interface Change {
        void run() throws IOException;
    }
}
