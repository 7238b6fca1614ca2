package hal0.relay.answer;

/// A request body that cannot be used, with the place of the fault (0 when unknown).
public final class BadBodyException extends RuntimeException {
    public BadBodyException(String what, int line, int column) {
        super(line > 0 ? what + " (line " + line + ", column " + column + ")" : what);
    }
}
