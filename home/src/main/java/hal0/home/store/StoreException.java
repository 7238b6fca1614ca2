package hal0.home.store;

import hal0.home.error.ErrorKind;

/// The database cannot be opened, read or written; the message names the file, the reason and what
/// to do.
public final class StoreException extends RuntimeException {
    public StoreException(String message) {
        super(message);
    }

    public StoreException(String message, Throwable cause) {
        super(message, cause);
    }

    public ErrorKind kind() {
        return ErrorKind.INTERNAL;
    }
}
