package hal0.agent.checkpoint;

import hal0.agent.workspace.Workspace;
import hal0.home.IoReason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// Checkpoints of the files of a workspace, in a folder of hal0's own.
///
/// **Shape** nothing is made, read or loaded before the first change. **Threads** any; one object
/// per folder and process.
public final class WorkspaceCheckpoints implements Checkpoints {
    private static final long STORE_BYTES = 500L << 20;

    private final ObjectStore store;
    private final Capture capture;
    private final Looks looks;
    private final Restoration restoration;

    /// **Shape** `folder` is for the contents; `own` are the folders of hal0, which are left out
    /// where they lie in the workspace.
    public WorkspaceCheckpoints(
            Path folder, Workspace workspace, Set<Path> own, LeftOut leftOut, InstantSource clock) {
        this(folder, workspace, own, leftOut, clock, LookLimits.USUAL, STORE_BYTES);
    }

    WorkspaceCheckpoints(
            Path folder,
            Workspace workspace,
            Set<Path> own,
            LeftOut leftOut,
            InstantSource clock,
            LookLimits limits,
            long storeBytes) {
        this.store = new ObjectStore(folder, storeBytes, clock);
        this.capture = new Capture(store);
        Set<Path> left = own.stream().map(workspace.root()::resolve).collect(Collectors.toSet());
        left.add(folder);
        this.looks =
                new Looks(
                        folder,
                        workspace.root(),
                        left,
                        leftOut,
                        new Looker.Kit(store, limits, clock));
        this.restoration = new Restoration(store, capture);
    }

    @Override
    public Watch watch(List<Path> files, boolean all) {
        List<Kept.Before> before = new ArrayList<>();
        for (Path file : withMissingFolders(files)) {
            before.add(new Kept.Before(file.toString(), capture.keep(file)));
        }
        try {
            if (!all) {
                store.settle();
                return new Open(new Kept(before, ""), Look.NOTHING);
            }
            Look look = looks.now();
            return new Open(new Kept(before, looks.pend(look)), look);
        } catch (IOException e) {
            throw new CheckpointException(
                    "the workspace cannot be kept for undo: " + IoReason.of(e), e);
        }
    }

    @Override
    public Optional<String> text(FileState state) {
        return Optional.ofNullable(new LineCount(store).text(state));
    }

    @Override
    public List<FileChange> finish(Kept kept) {
        if (kept.look().isEmpty()) {
            return changes(kept, Look.NOTHING);
        }
        try {
            List<FileChange> changes = changes(kept, looks.pending(kept.look()));
            looks.drop(kept.look());
            return changes;
        } catch (IOException e) {
            throw new CheckpointException(
                    "what a call changed before hal0 was ended cannot be told: " + IoReason.of(e),
                    e);
        }
    }

    @Override
    public List<FileStep> preview(List<FileChange> changes, Direction direction) {
        return restoration.preview(net(changes, direction));
    }

    @Override
    public List<FileStep> go(List<FileChange> changes, Direction direction) {
        return restoration.run(net(changes, direction));
    }

    private static NetChanges net(List<FileChange> changes, Direction direction) {
        NetChanges net = NetChanges.of(changes);
        return switch (direction) {
            case UNDO -> net.reversed();
            case REDO -> net;
        };
    }

    /// A tool makes the folders that its file needs.
    private static Set<Path> withMissingFolders(List<Path> files) {
        Set<Path> all = new LinkedHashSet<>();
        for (Path file : files) {
            all.add(file);
            for (Path at = file.getParent(); at != null && !Files.exists(at); at = at.getParent()) {
                all.add(at);
            }
        }
        return all;
    }

    private List<FileChange> changes(Kept kept, Look before) {
        List<FileChange> changes = new ArrayList<>();
        Set<String> told = new LinkedHashSet<>();
        for (Kept.Before each : kept.files()) {
            told.add(each.path());
            FileChange change = new FileChange(each.path(), each.state(), now(each.path()));
            if (!change.idle()) {
                changes.add(change);
            }
        }
        try {
            if (!kept.look().isEmpty()) {
                for (FileChange change : looks.since(before)) {
                    if (told.add(change.path())) {
                        changes.add(change);
                    }
                }
            }
            store.settle();
        } catch (IOException e) {
            throw new CheckpointException(
                    "what the call changed cannot be kept: " + IoReason.of(e), e);
        }
        return changes;
    }

    private FileState now(String path) {
        try {
            return capture.keep(Path.of(path));
        } catch (CheckpointException e) {
            return new FileState.Unsaved(String.valueOf(e.getMessage()));
        }
    }

    private final class Open implements Watch {
        private final Kept kept;
        private final Look before;

        Open(Kept kept, Look before) {
            this.kept = kept;
            this.before = before;
        }

        @Override
        public Kept kept() {
            return kept;
        }

        @Override
        public Optional<String> limits() {
            return Optional.ofNullable(before.beyond());
        }

        @Override
        public List<FileChange> changes() {
            return WorkspaceCheckpoints.this.changes(kept, before);
        }

        @Override
        public void close() {
            if (!kept.look().isEmpty()) {
                looks.drop(kept.look());
            }
        }
    }
}
