package hal0.relay.mcp.protocol;

/// Why a call came to nothing, in words for the model that made it.
public final class ToolException extends RuntimeException {
    public ToolException(String message) {
        super(message);
    }

    public ToolException(String message, Throwable cause) {
        super(message, cause);
    }

    public String message() {
        return String.valueOf(getMessage());
    }
}
