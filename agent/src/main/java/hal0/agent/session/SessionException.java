package hal0.agent.session;

import hal0.home.error.ErrorKind;
import org.jspecify.annotations.Nullable;

/// A session that cannot be read or written; the message is fit to be shown.
///
/// **Shape** CONFIGURATION when the file is not usable as it is, INTERNAL when the disk refused.
public final class SessionException extends RuntimeException {
    private final ErrorKind kind;

    SessionException(ErrorKind kind, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.kind = kind;
    }

    public ErrorKind kind() {
        return kind;
    }
}
