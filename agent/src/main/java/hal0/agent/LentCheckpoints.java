package hal0.agent;

import hal0.agent.checkpoint.Checkpoints;
import hal0.agent.checkpoint.Direction;
import hal0.agent.checkpoint.FileChange;
import hal0.agent.checkpoint.FileStep;
import hal0.agent.checkpoint.Kept;
import hal0.agent.session.SessionEntry;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// Checkpoints for a sub-agent: what it changes is recorded in the turn that it works for too, and
/// goes with that one when it is undone.
record LentCheckpoints(Checkpoints checkpoints, TurnParts parts) implements Checkpoints {

    @Override
    public Watch watch(List<Path> files, boolean all) {
        Watch watch = checkpoints.watch(files, all);
        if (watch.kept().isEmpty()) {
            return watch;
        }
        parts.recorder().happened(new SessionEntry.FilesKept(parts.now(), watch.kept()));
        parts.recorder().log().sync();
        return new Recorded(watch);
    }

    @Override
    public List<FileChange> finish(Kept kept) {
        return checkpoints.finish(kept);
    }

    @Override
    public List<FileStep> preview(List<FileChange> changes, Direction direction) {
        return checkpoints.preview(changes, direction);
    }

    @Override
    public List<FileStep> go(List<FileChange> changes, Direction direction) {
        return checkpoints.go(changes, direction);
    }

    private final class Recorded implements Watch {
        private final Watch watch;

        Recorded(Watch watch) {
            this.watch = watch;
        }

        @Override
        public Kept kept() {
            return watch.kept();
        }

        @Override
        public Optional<String> limits() {
            return watch.limits();
        }

        @Override
        public List<FileChange> changes() {
            List<FileChange> changes = watch.changes();
            parts.recorder().happened(new SessionEntry.FilesChanged(parts.now(), changes));
            return changes;
        }

        @Override
        public void close() {
            watch.close();
        }
    }
}
