package hal0.relay.forward;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import hal0.providers.Provider;
import hal0.providers.client.Dialects;
import hal0.providers.dialect.AnswerErrors;
import hal0.providers.dialect.DecodingObserver;
import hal0.providers.http.Headers;
import hal0.providers.http.UpstreamResponse;
import hal0.providers.message.Protocol;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;

class HeldResponseTest {
    private static final byte[] END = {};
    private static final String WORD =
            "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"a\"}}]}\n\n";

    private final BlockingQueue<byte[]> upstream = new LinkedBlockingQueue<>();
    private final Waiting response = new Waiting();
    private final HeldResponse held = new HeldResponse(response);
    private final AnswerErrors errors =
            new AnswerErrors(
                    Provider.builder("p", Protocol.OPENAI, URI.create("http://127.0.0.1:1"))
                            .build(),
                    "m",
                    List.of(),
                    InstantSource.system());
    private final AnswerTap tap =
            new AnswerTap(new DecodingObserver(Dialects.of(Protocol.OPENAI), errors), "", true);

    @Test
    void itIsHeldUntilAWordAndReadAgainFromItsBeginning() {
        add(": hello\n\n");
        add(WORD);

        held.untilContent(tap, errors, Duration.ofSeconds(20));
        add("data: [DONE]\n\n");
        upstream.add(END);

        assertThat(response.began).isTrue();
        assertThat(all()).isEqualTo(": hello\n\n" + WORD + "data: [DONE]\n\n");
    }

    @Test
    void aReadThatOutlastsTheHoldingIsNotLost() {
        add(": hello\n\n");

        held.untilContent(tap, errors, Duration.ofMillis(50));
        add(WORD);
        upstream.add(END);

        assertThat(response.began).as("its first-token clock is over").isTrue();
        assertThat(all()).isEqualTo(": hello\n\n" + WORD);
    }

    private void add(String bytes) {
        upstream.add(bytes.getBytes(UTF_8));
    }

    /// Read in pieces that are smaller than those that came.
    private String all() {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        byte[] piece = new byte[7];
        for (int n = held.read(piece, 0, 7); n >= 0; n = held.read(piece, 0, 7)) {
            all.write(piece, 0, n);
        }
        return all.toString(UTF_8);
    }

    /// Gives what the test puts in, once it is there.
    private final class Waiting implements UpstreamResponse {
        private volatile boolean began;
        private byte[] left = END;

        @Override
        public int read(byte[] buffer, int offset, int length) {
            try {
                byte[] next = left.length > 0 ? left : upstream.take();
                int taken = Math.min(length, next.length);
                System.arraycopy(next, 0, buffer, offset, taken);
                left = java.util.Arrays.copyOfRange(next, taken, next.length);
                return next.length == 0 ? -1 : taken;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new AssertionError(e);
            }
        }

        @Override
        public void contentBegan() {
            began = true;
        }

        @Override
        public int status() {
            return 200;
        }

        @Override
        public Headers headers() {
            return Headers.builder().build();
        }

        @Override
        public byte[] readAll(long limit) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void close() {
            // Holds nothing.
        }
    }
}
