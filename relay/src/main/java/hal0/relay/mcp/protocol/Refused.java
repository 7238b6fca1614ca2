package hal0.relay.mcp.protocol;

import org.jspecify.annotations.Nullable;

/// A request that is not let into a conversation: an answer in HTTP with an error of JSON-RPC.
final class Refused extends RuntimeException {
    private final int status;
    private final int code;
    private final @Nullable Object id;

    Refused(int status, int code, String message) {
        this(status, code, message, null);
    }

    /// `id` is that of the request, null where it is not known.
    Refused(int status, int code, String message, @Nullable Object id) {
        super(message);
        this.status = status;
        this.code = code;
        this.id = id;
    }

    int status() {
        return status;
    }

    int code() {
        return code;
    }

    @Nullable Object id() {
        return id;
    }

    String message() {
        return String.valueOf(getMessage());
    }
}
