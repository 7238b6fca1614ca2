package hal0.tui;

/// A fault of the program ended the screen. The terminal is restored; the message says where and
/// what it was, the cause is it.
public final class BrokenScreenException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /// The conversation, to go on with; empty where nothing was said.
    private final String session;

    private final String thread;

    BrokenScreenException(String thread, Throwable cause, String session) {
        super("%s in %s".formatted(said(cause), thread), cause);
        this.thread = thread;
        this.session = session;
    }

    BrokenScreenException of(String other) {
        Throwable cause = getCause();
        return new BrokenScreenException(thread, cause == null ? this : cause, other);
    }

    public String session() {
        return session;
    }

    private static String said(Throwable fault) {
        String message = fault.getMessage();
        String name = fault.getClass().getSimpleName();
        return message == null || message.isBlank() ? name : name + ": " + message;
    }
}
