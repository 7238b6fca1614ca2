package hal0.agent.checkpoint;

/// What is about to be changed could not be kept; says what and why.
public final class CheckpointException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public CheckpointException(String message, Throwable cause) {
        super(message, cause);
    }
}
