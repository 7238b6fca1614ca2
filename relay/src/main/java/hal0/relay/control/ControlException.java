package hal0.relay.control;

import hal0.home.error.ErrorKind;
import org.jspecify.annotations.Nullable;

/// An operation that was refused or failed; the message is fit to be shown.
public final class ControlException extends RuntimeException {
    private final ErrorKind kind;
    private final @Nullable Refusal refusal;

    public ControlException(ErrorKind kind, String message, @Nullable Throwable cause) {
        this(kind, null, message, cause);
    }

    private ControlException(
            ErrorKind kind, @Nullable Refusal refusal, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.kind = kind;
        this.refusal = refusal;
    }

    /// An operation on an upstream that cannot be done as things stand.
    public static ControlException refused(Refusal refusal, String message) {
        return new ControlException(ErrorKind.CONFIGURATION, refusal, message, null);
    }

    static ControlException refused(Refusal refusal, String message, Throwable cause) {
        return new ControlException(ErrorKind.CONFIGURATION, refusal, message, cause);
    }

    static ControlException noProvider(String id) {
        return new ControlException(
                ErrorKind.CONFIGURATION,
                "there is no provider \"%s\"; declare [providers.%s] in config.toml"
                        .formatted(id, id),
                null);
    }

    /// Why, where it is one of the cases that programs tell apart; else null.
    public @Nullable Refusal refusal() {
        return refusal;
    }

    public ErrorKind kind() {
        return kind;
    }
}
