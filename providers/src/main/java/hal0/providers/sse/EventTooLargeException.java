package hal0.providers.sse;

/// An event outgrew the limit of its reader.
public final class EventTooLargeException extends RuntimeException {
    EventTooLargeException(int limit) {
        super("an event of the stream is larger than " + limit + " bytes");
    }
}
