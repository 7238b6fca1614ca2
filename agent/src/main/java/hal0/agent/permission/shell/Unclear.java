package hal0.agent.permission.shell;

/// Ends the reading of a line whose meaning is not plain from its text.
final class Unclear extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final String reason;

    Unclear(String reason) {
        // Expected, and made for every odd line: no stack trace is worth its price.
        super(reason, null, false, false);
        this.reason = reason;
    }

    String reason() {
        return reason;
    }
}
