package hal0.agent.checkpoint;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// Keeps what calls are about to change, tells what they changed, and takes it back.
///
/// **Threads** any; a [Watch] belongs to the thread that opened it.
public interface Checkpoints {

    /// Keeps nothing: for conversations without tools that write.
    Checkpoints NONE = new NoCheckpoints();

    /// Keeps `files` as they are now and, when `all`, every file of the workspace, because a
    /// command may change any.
    ///
    /// **Errors** [CheckpointException] when one of `files` cannot be kept; then it must not be
    /// written. Files of the workspace that cannot be kept are named once they changed.
    Watch watch(List<Path> files, boolean all);

    /// What a call changed that did not come to its end; from now on its changes are kept.
    List<FileChange> finish(Kept kept);

    /// What going through `changes` would do; changes nothing. They are in the order in which they
    /// happened.
    List<FileStep> preview(List<FileChange> changes, Direction direction);

    /// Goes through `changes`: all of them or none.
    ///
    /// **Errors** [CheckpointException] when there is a conflict or a file cannot be written; then
    /// everything is as it was.
    List<FileStep> go(List<FileChange> changes, Direction direction);

    /// The text that a file had, empty where there was none; nothing for what is no text, is long,
    /// or was not kept.
    Optional<String> text(FileState state);

    /// Open while a call runs.
    interface Watch extends AutoCloseable {

        /// What to record before the call runs.
        Kept kept();

        /// Why not everything that the call may change can be brought back; empty when it can.
        Optional<String> limits();

        /// What changed since the watch was opened, in the order of the paths, kept as it is now.
        List<FileChange> changes();

        /// Ends it, once what changed is recorded.
        @Override
        void close();
    }
}
