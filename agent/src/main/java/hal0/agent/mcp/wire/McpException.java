package hal0.agent.mcp.wire;

import org.jspecify.annotations.Nullable;

/// A server that does not do what it was asked; the message names it, says why, and holds no
/// secret.
public final class McpException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /// What kind of failure it is, as far as somebody acts on it.
    public enum Kind {
        /// The server answered with an error.
        REFUSED,
        /// It cannot be reached, or is gone.
        GONE,
        /// It no longer knows the session; a new one can be begun and the request repeated.
        SESSION_LOST,
        /// It wants to know who calls.
        LOGIN_NEEDED,
        /// The clock ran out.
        TIMED_OUT,
        /// Somebody asked for it to stop.
        CANCELLED,
        /// What it says is not the protocol.
        GARBLED
    }

    private final Kind kind;

    public McpException(Kind kind, String message) {
        this(kind, message, null);
    }

    public McpException(Kind kind, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.kind = kind;
    }

    public Kind kind() {
        return kind;
    }

    /// The message.
    public String said() {
        return String.valueOf(getMessage());
    }
}
