package hal0.relay;

/// The relay's address cannot be had: taken, not this machine's, or not allowed.
public final class CannotListenException extends RuntimeException {
    CannotListenException(String host, int port, String why) {
        super("the relay cannot listen on %s:%d: %s".formatted(host, port, why));
    }
}
