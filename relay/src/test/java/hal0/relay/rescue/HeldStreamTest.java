package hal0.relay.rescue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hal0.providers.ChatStream;
import hal0.providers.error.ProviderException;
import hal0.providers.event.StopReason;
import hal0.providers.event.StreamEvent;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class HeldStreamTest {
    private static final StreamEvent STARTED = new StreamEvent.Started("1", "m");
    private static final StreamEvent TEXT = new StreamEvent.TextDelta("a");
    private static final StreamEvent DONE = new StreamEvent.Done(StopReason.END);

    private final BlockingQueue<Object> upstream = new LinkedBlockingQueue<>();
    private final HeldStream stream = new HeldStream(new Waiting());

    @Test
    void itIsHeldUntilItSaysSomethingAndNothingIsLost() {
        upstream.add(STARTED);
        upstream.add(TEXT);

        stream.hold(Duration.ofSeconds(20));
        upstream.add(DONE);

        assertThat(stream.next()).isEqualTo(STARTED);
        assertThat(stream.next()).isEqualTo(TEXT);
        assertThat(stream.next()).isEqualTo(DONE);
    }

    @Test
    void aLongSilenceEndsTheHoldingAndNotTheAnswer() {
        upstream.add(STARTED);

        stream.hold(Duration.ofMillis(50));
        upstream.add(TEXT);
        upstream.add(DONE);

        assertThat(stream.next()).isEqualTo(STARTED);
        assertThat(stream.next()).isEqualTo(TEXT);
        assertThat(stream.next()).isEqualTo(DONE);
    }

    @Test
    void aFailureBeforeTheFirstWordIsTheHoldings() {
        ProviderException cut = Failures.badStream();
        upstream.add(STARTED);
        upstream.add(cut);

        assertThatThrownBy(() -> stream.hold(Duration.ofSeconds(20))).isSameAs(cut);
    }

    @Test
    void aFailureAfterTheHoldingIsTheReaders() {
        ProviderException cut = Failures.badStream();

        stream.hold(Duration.ofMillis(50));
        upstream.add(cut);

        assertThatThrownBy(stream::next).isSameAs(cut);
    }

    /// Gives what the test puts in, once it is there.
    private final class Waiting implements ChatStream {
        @Override
        public @Nullable StreamEvent next() {
            try {
                return switch (upstream.take()) {
                    case ProviderException failure -> throw failure;
                    case StreamEvent event -> event;
                    case Object other -> throw new AssertionError(other);
                };
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new AssertionError(e);
            }
        }

        @Override
        public void close() {
            // Holds nothing.
        }
    }
}
