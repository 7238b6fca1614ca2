package hal0.providers.script;

/// A script that cannot be used, or a hook that failed.
///
/// **Shape** the message names script, hook and, where known, the line; it is fit to be shown.
public final class ScriptException extends RuntimeException {
    ScriptException(String message) {
        super(message);
    }

    ScriptException(String message, Throwable cause) {
        super(message, cause);
    }

    @Override
    public String getMessage() {
        return String.valueOf(super.getMessage());
    }
}
