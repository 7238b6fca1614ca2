package hal0.agent.checkpoint;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// For conversations that change nothing.
final class NoCheckpoints implements Checkpoints {

    @Override
    public Watch watch(List<Path> files, boolean all) {
        return new Watch() {
            @Override
            public Kept kept() {
                return new Kept(List.of(), "");
            }

            @Override
            public Optional<String> limits() {
                return Optional.empty();
            }

            @Override
            public List<FileChange> changes() {
                return List.of();
            }

            @Override
            public void close() {}
        };
    }

    @Override
    public List<FileChange> finish(Kept kept) {
        return List.of();
    }

    @Override
    public Optional<String> text(FileState state) {
        return Optional.empty();
    }

    @Override
    public List<FileStep> preview(List<FileChange> changes, Direction direction) {
        return changes.stream()
                .map(change ->
                        FileStep.because(
                                change.path(),
                                FileStep.Kind.LEFT,
                                "this conversation keeps no files"))
                .toList();
    }

    @Override
    public List<FileStep> go(List<FileChange> changes, Direction direction) {
        return preview(changes, direction);
    }
}
