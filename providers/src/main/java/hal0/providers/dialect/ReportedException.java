package hal0.providers.dialect;

/// An answer says of itself that it failed. Has no stack: it never leaves the decoder.
public final class ReportedException extends Exception {
    private final transient ErrorBody error;

    public ReportedException(ErrorBody error) {
        super(error.message(), null, false, false);
        this.error = error;
    }

    ErrorBody error() {
        return error;
    }
}
