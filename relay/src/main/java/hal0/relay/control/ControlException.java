package hal0.relay.control;

import hal0.home.error.ErrorKind;
import org.jspecify.annotations.Nullable;

/// An operation that was refused or failed; the message is fit to be shown.
public final class ControlException extends RuntimeException {
    private final ErrorKind kind;

    public ControlException(ErrorKind kind, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.kind = kind;
    }

    static ControlException noProvider(String id) {
        return new ControlException(
                ErrorKind.CONFIGURATION,
                "there is no provider \"%s\"; declare [providers.%s] in config.toml"
                        .formatted(id, id),
                null);
    }

    public ErrorKind kind() {
        return kind;
    }
}
