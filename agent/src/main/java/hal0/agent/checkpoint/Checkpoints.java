package hal0.agent.checkpoint;

import java.nio.file.Path;
import java.util.List;

/// Keeps what tools are about to change.
public interface Checkpoints {

    /// Keeps nothing: for conversations without tools that write.
    Checkpoints NONE =
            () ->
                    new Turn() {
                        @Override
                        public void before(Path file) {}

                        @Override
                        public Watch watch() {
                            return () -> {};
                        }

                        @Override
                        public List<FileChange> end() {
                            return List.of();
                        }
                    };

    /// Begins the account of one turn.
    Turn begin();

    /// The account of one turn. **Threads** one at a time.
    interface Turn {

        /// Keeps a file as it is now, before a tool writes it; the first time counts.
        ///
        /// **Errors** [CheckpointException] when it cannot be kept; then it must not be written.
        void before(Path file);

        /// Looks at the workspace before a command runs, which may change anything in it; closing
        /// the watch looks again.
        Watch watch();

        /// What the turn changed, in the order of the paths; files that are as they were are left
        /// out.
        List<FileChange> end();
    }

    /// Open while something runs that may change files of the workspace.
    interface Watch extends AutoCloseable {
        @Override
        void close();
    }
}
