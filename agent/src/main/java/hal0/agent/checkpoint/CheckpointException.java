package hal0.agent.checkpoint;

import org.jspecify.annotations.Nullable;

/// What is about to be changed could not be kept, or what was kept could not be brought back; says
/// what and why.
public final class CheckpointException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public CheckpointException(String message) {
        this(message, null);
    }

    public CheckpointException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
