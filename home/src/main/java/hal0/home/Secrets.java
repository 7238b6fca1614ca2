package hal0.home;

import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.locks.ReentrantLock;

/// The keys and passwords that this process may use, by the name of their variable.
///
/// **Shape** at start the process environment wins over `api.env`; what is set or removed since,
/// through here or in the file, takes effect at once, whatever the environment holds. An empty
/// value counts as unset. **Threads** any; a reader sees one consistent snapshot.
public final class Secrets {
    private final Map<String, String> environment;
    private final EnvFile file;
    // Edits follow each other; nobody who only reads waits for it.
    private final ReentrantLock editing = new ReentrantLock();
    private volatile Snapshot snapshot;

    /// **Shape** `written` are the names that were set or removed through this object: for them the
    /// file counts.
    private record Snapshot(EnvFile.Contents contents, Set<String> written) {
        Snapshot {
            written = Set.copyOf(written);
        }
    }

    private Secrets(Map<String, String> environment, EnvFile file) {
        this.environment = Map.copyOf(environment);
        this.file = file;
        this.snapshot = new Snapshot(file.read(), Set.of());
    }

    public static Secrets open(EnvFile file, Map<String, String> environment) {
        return new Secrets(environment, file);
    }

    public Optional<String> find(String name) {
        Snapshot now = snapshot;
        String inherited = now.written.contains(name) ? "" : environment.getOrDefault(name, "");
        String value =
                inherited.isEmpty() ? now.contents.values().getOrDefault(name, "") : inherited;
        return value.isEmpty() ? Optional.empty() : Optional.of(value);
    }

    /// Writes a value to `api.env` and uses it from now on.
    ///
    /// **Errors** [IllegalArgumentException] for a name or value that the file cannot hold,
    /// [IOException] when it cannot be written; then nothing has changed.
    public void set(String name, String value) throws IOException {
        edit(name, () -> file.set(name, value));
    }

    /// Removes a value; it is unset from now on, also if the environment has one.
    public void remove(String name) throws IOException {
        edit(name, () -> file.remove(name));
    }

    @FunctionalInterface
    private interface FileEdit {
        void run() throws IOException;
    }

    private void edit(String name, FileEdit edit) throws IOException {
        editing.lock();
        try {
            edit.run();
            Set<String> written = new HashSet<>(snapshot.written);
            written.add(name);
            snapshot = new Snapshot(file.read(), written);
        } finally {
            editing.unlock();
        }
    }

    /// Reads the file again. What was changed there meanwhile, by another hal0 or by hand, was
    /// meant for this process too: for it the file counts.
    public void reload() {
        editing.lock();
        try {
            EnvFile.Contents before = snapshot.contents;
            EnvFile.Contents now = file.read();
            Set<String> written = new HashSet<>(snapshot.written);
            Set<String> names = new HashSet<>(before.values().keySet());
            names.addAll(now.values().keySet());
            for (String name : names) {
                if (!Objects.equals(before.values().get(name), now.values().get(name))) {
                    written.add(name);
                }
            }
            snapshot = new Snapshot(now, written);
        } finally {
            editing.unlock();
        }
    }

    /// The names that the file has a value for, in order.
    public List<String> namesInFile() {
        return List.copyOf(new TreeSet<>(snapshot.contents.values().keySet()));
    }

    /// The names whose value in the environment differs from that in the file, in order.
    public List<String> differing() {
        TreeSet<String> names = new TreeSet<>();
        snapshot.contents
                .values()
                .forEach((name, value) -> {
                    String inherited = environment.getOrDefault(name, "");
                    if (!inherited.isEmpty() && !inherited.equals(value)) {
                        names.add(name);
                    }
                });
        return List.copyOf(names);
    }

    /// What is wrong with the file, as it was last read.
    public List<EnvFile.Problem> problems() {
        return snapshot.contents.problems();
    }

    @Override
    public String toString() {
        return "Secrets[***REDACTED***]";
    }
}
