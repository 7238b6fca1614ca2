package hal0.agent.tool;

import org.jspecify.annotations.Nullable;

/// A call that cannot be done as it is; the message tells the model what to do instead.
public final class ToolException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public ToolException(String message) {
        super(message);
    }

    public ToolException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
