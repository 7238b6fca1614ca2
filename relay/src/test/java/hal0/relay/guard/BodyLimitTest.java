package hal0.relay.guard;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BodyLimitTest {
    private static final int MB = 1024 * 1024;
    private final BodyLimit limit = new BodyLimit(MB);

    @Test
    void aBodyOfExactlyTheLimitPasses() throws IOException {
        byte[] body = new byte[MB];
        assertThat(limit.read(new ByteArrayInputStream(body), null, MB)).hasSize(MB);
        assertThat(limit.read(new ByteArrayInputStream(body), null, -1)).hasSize(MB);
    }

    @Test
    void oneByteMoreDoesNotWhetherAnnouncedOrNot() {
        byte[] body = new byte[MB + 1];
        assertThatThrownBy(() -> limit.read(new ByteArrayInputStream(body), null, MB + 1))
                .isInstanceOf(BodyLimit.TooLarge.class)
                .hasMessageContaining("1 MB")
                .hasMessageContaining("max_body_mb");
        assertThatThrownBy(() -> limit.read(new ByteArrayInputStream(body), null, -1))
                .isInstanceOf(BodyLimit.TooLarge.class);
    }

    @Test
    void aSmallGzipThatBecomesLargeIsCountedAfterDecompression() throws IOException {
        byte[] bomb = gzip(new byte[64 * MB]);
        assertThat(bomb.length).isLessThan(MB);
        assertThatThrownBy(() -> limit.read(new ByteArrayInputStream(bomb), "gzip", bomb.length))
                .isInstanceOf(BodyLimit.TooLarge.class);
    }

    @Test
    void gzipIsDecoded() throws IOException {
        byte[] body = gzip("{\"model\":\"x\"}".getBytes(UTF_8));
        assertThat(limit.read(new ByteArrayInputStream(body), "GZip", body.length))
                .asString(UTF_8)
                .isEqualTo("{\"model\":\"x\"}");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whatDecodesIsClosedWhetherTheBodyPassesOrNot(boolean passes) throws IOException {
        AtomicBoolean closed = new AtomicBoolean();
        byte[] body = gzip(new byte[passes ? 10 : MB + 1]);
        InputStream in =
                new ByteArrayInputStream(body) {
                    @Override
                    public void close() {
                        closed.set(true);
                    }
                };

        if (passes) {
            limit.read(in, "gzip", body.length);
        } else {
            assertThatThrownBy(() -> limit.read(in, "gzip", body.length))
                    .isInstanceOf(BodyLimit.TooLarge.class);
        }

        assertThat(closed).isTrue();
    }

    @Test
    void brokenGzipAndUnknownEncodingsAreNamed() {
        assertThatThrownBy(() -> limit.read(new ByteArrayInputStream(new byte[] {1, 2}), "gzip", 2))
                .isInstanceOf(BodyLimit.Unreadable.class)
                .hasMessageContaining("gzip");
        assertThatThrownBy(() -> limit.read(new ByteArrayInputStream(new byte[1]), "br", 1))
                .isInstanceOf(BodyLimit.UnknownEncoding.class)
                .hasMessageContaining("\"br\" is not supported");
    }

    private static byte[] gzip(byte[] bytes) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(bytes);
        }
        return out.toByteArray();
    }
}
