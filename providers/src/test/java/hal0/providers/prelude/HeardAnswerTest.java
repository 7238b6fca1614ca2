package hal0.providers.prelude;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import hal0.home.error.ErrorKind;
import hal0.providers.error.Setback;
import hal0.providers.http.Headers;
import hal0.providers.http.UpstreamResponse;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HeardAnswerTest {
    private static final List<Setback> SETBACKS =
            List.of(
                    new Setback(
                            ErrorKind.RATE_LIMITED,
                            429,
                            "wörks",
                            new Setback.Next.Again(Duration.ofMillis(1500), 2, 3)),
                    new Setback(ErrorKind.UNREACHABLE, 0, "b", new Setback.Next.Other("c/d")),
                    new Setback(ErrorKind.UNAUTHENTICATED, 401, "e", new Setback.Next.OtherKey()));

    private final List<Setback> heard = new ArrayList<>();

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 7, 100_000})
    void whatIsWrittenIsHeardHoweverItsBytesAreSplit(int piece) {
        ByteArrayOutputStream sent = new ByteArrayOutputStream();
        sent.writeBytes(": hal0: the model is loading (10 %)\n\n".getBytes(UTF_8));
        SETBACKS.forEach(setback -> sent.writeBytes(Prelude.setback(setback)));
        sent.writeBytes(Prelude.head(200, Headers.builder().add("X-Name", "value").build()));
        sent.writeBytes("data: one\n\ndata: two\n\n".getBytes(UTF_8));

        UpstreamResponse answer = HeardAnswer.of(new Sent(sent.toByteArray(), piece), heard::add);

        assertThat(heard).isEqualTo(SETBACKS);
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.headers().find("x-name")).contains("value");
        assertThat(answer.headers().find("content-type")).contains("text/event-stream");
        assertThat(answer.readAll(1000)).asString(UTF_8).isEqualTo("data: one\n\ndata: two\n\n");
    }

    @Test
    void theBodyOfAFailureIsWhatItsEventSays() {
        ByteArrayOutputStream sent = new ByteArrayOutputStream();
        sent.writeBytes(Prelude.head(429, Headers.builder().add("Retry-After", "7").build()));
        sent.writeBytes("event: error\ndata: {\"a\":\ndata: 1}\n\n".getBytes(UTF_8));

        UpstreamResponse answer = HeardAnswer.of(new Sent(sent.toByteArray(), 3), heard::add);

        assertThat(answer.status()).isEqualTo(429);
        assertThat(answer.headers().find("retry-after")).contains("7");
        assertThat(answer.readAll(1000)).asString(UTF_8).isEqualTo("{\"a\":\n1}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                ": hal0 setback {\"kind\":",
                ": hal0 setback []\n\n: hal0 head {\"status\":\"x\"}\n",
                ": hal0 head 7\n\n",
                ": hal0 head {\"status\":99999999999}\n",
                ""
            })
    void whatCannotBeReadIsAnAnswerThatWasCutOff(String sent) {
        UpstreamResponse answer = HeardAnswer.of(new Sent(sent.getBytes(UTF_8), 5), heard::add);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.readAll(1000)).asString(UTF_8).doesNotContain("data:");
    }

    private static final class Sent implements UpstreamResponse {
        private final byte[] bytes;
        private final int piece;
        private int at;

        Sent(byte[] bytes, int piece) {
            this.bytes = bytes;
            this.piece = piece;
        }

        @Override
        public int status() {
            return 200;
        }

        @Override
        public Headers headers() {
            return Headers.builder()
                    .add(Prelude.HEADER, "1")
                    .add("Content-Type", "text/event-stream")
                    .build();
        }

        @Override
        public int read(byte[] buffer, int offset, int length) {
            int n = Math.min(Math.min(piece, length), bytes.length - at);
            System.arraycopy(bytes, at, buffer, offset, n);
            at += n;
            return n == 0 ? -1 : n;
        }

        @Override
        public byte[] readAll(long limit) {
            throw new AssertionError("it is read as it comes");
        }

        @Override
        public void close() {}
    }
}
