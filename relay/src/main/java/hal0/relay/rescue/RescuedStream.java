package hal0.relay.rescue;

import hal0.home.error.ErrorKind;
import hal0.providers.ChatStream;
import hal0.providers.error.Failure;
import hal0.providers.error.ProviderException;
import hal0.providers.event.StreamEvent;
import org.jspecify.annotations.Nullable;

/// One answer without a break, though several targets give it.
///
/// **Shape** where one breaks off, another goes on, and no word comes twice; usage is that of the
/// one that speaks. **Errors** the first failure, when nobody goes on. **Threads** as [ChatStream].
public final class RescuedStream implements ChatStream {
    private final Continuation continuation;
    private final Shown shown;
    private volatile ChatStream current;
    private volatile boolean closed;
    private @Nullable ProviderException first;

    public RescuedStream(ChatStream stream, Continuation continuation) {
        this(stream, continuation, new Shown());
    }

    /// What follows an answer that broke off for that reason after something was shown of it.
    public static RescuedStream brokenOff(
            ProviderException failure, Continuation continuation, Shown shown) {
        return new RescuedStream(new BrokenOff(failure), continuation, shown);
    }

    private record BrokenOff(ProviderException failure) implements ChatStream {
        @Override
        public StreamEvent next() {
            throw failure;
        }

        @Override
        public void close() {
            // Holds nothing.
        }
    }

    private RescuedStream(ChatStream stream, Continuation continuation, Shown shown) {
        this.current = stream;
        this.continuation = continuation;
        this.shown = shown;
    }

    @Override
    public @Nullable StreamEvent next() {
        while (true) {
            try {
                StreamEvent event = current.next();
                if (event != null && continuation.isAllowed()) {
                    shown.add(event);
                }
                return event;
            } catch (ProviderException e) {
                goOn(e);
            }
        }
    }

    private void goOn(ProviderException failure) {
        if (first == null) {
            first = failure;
        }
        if (failure.kind() == ErrorKind.CANCELLED || closed) {
            throw failure;
        }
        current.close();
        ChatStream rest = continuation.after(failure, shown);
        if (rest == null) {
            throw first;
        }
        current = rest;
        if (closed) {
            rest.close();
            throw new ProviderException.Cancelled(
                    "cancelled: the answer was closed", Failure.unanswered("", ""));
        }
    }

    @Override
    public boolean isReady() {
        return current.isReady();
    }

    @Override
    public void close() {
        closed = true;
        current.close();
    }
}
