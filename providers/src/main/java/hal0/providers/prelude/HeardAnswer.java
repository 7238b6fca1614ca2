package hal0.providers.prelude;

import static java.nio.charset.StandardCharsets.UTF_8;

import hal0.providers.error.Setback;
import hal0.providers.http.Headers;
import hal0.providers.http.ResponseAround;
import hal0.providers.http.UpstreamResponse;
import hal0.providers.sse.SseFrame;
import hal0.providers.sse.SseReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The answer behind a [Prelude], with the status, the headers and the body that it would have had
/// without.
///
/// **Threads** as [UpstreamResponse].
public final class HeardAnswer implements ResponseAround {
    private static final int BUFFER = 8 * 1024;
    private static final int LONGEST_LINE = 256 * 1024;

    private final UpstreamResponse response;
    private byte[] bytes = new byte[BUFFER];
    private int from;
    private int to;
    private boolean over;
    private PreludeLine.@Nullable Head head;

    private HeardAnswer(UpstreamResponse response) {
        this.response = response;
    }

    /// Reads as far as the answer's own head where `response` has a prelude; else it is given back
    /// as it is.
    ///
    /// **Errors** as [UpstreamResponse#read]. **Threads** `setbacks` is told on this one.
    public static UpstreamResponse of(UpstreamResponse response, Consumer<Setback> setbacks) {
        if (response.status() != 200
                || !Prelude.isHeard(response.headers().find(Prelude.HEADER).orElse(null))) {
            return response;
        }
        // The relay lives: that is no word of the model's yet.
        response.awaitContent();
        HeardAnswer heard = new HeardAnswer(response);
        heard.listen(setbacks);
        return heard;
    }

    private void listen(Consumer<Setback> setbacks) {
        String line = line();
        while (line != null) {
            switch (PreludeLine.of(line)) {
                case PreludeLine.Told(var setback) -> setbacks.accept(setback);
                case PreludeLine.Head found -> head = found;
                case PreludeLine.Other() -> {}
            }
            line = head == null ? line() : null;
        }
        if (head != null && !isSuccess()) {
            explain();
        }
    }

    /// The body of a failure stands in an event.
    private void explain() {
        SseFrame told = new SseReader(this::read).next();
        bytes =
                told == null
                        ? new byte[0]
                        : Arrays.copyOfRange(
                                told.bytes(), told.offset(), told.offset() + told.length());
        from = 0;
        to = bytes.length;
        over = true;
    }

    private @Nullable String line() {
        int seen = from;
        while (true) {
            for (; seen < to; seen++) {
                if (bytes[seen] == '\n') {
                    String line = new String(bytes, from, seen - from, UTF_8);
                    from = seen + 1;
                    return line;
                }
            }
            int known = seen - from;
            if (known > LONGEST_LINE || !more()) {
                return null;
            }
            seen = from + known;
        }
    }

    private boolean more() {
        if (to == bytes.length) {
            int kept = to - from;
            bytes = Arrays.copyOfRange(bytes, from, from + Math.max(BUFFER, 2 * kept));
            from = 0;
            to = kept;
        }
        int read = response.read(bytes, to, bytes.length - to);
        over = read < 0;
        to += Math.max(read, 0);
        return !over;
    }

    private boolean isSuccess() {
        return status() / 100 == 2;
    }

    @Override
    public UpstreamResponse response() {
        return response;
    }

    @Override
    public int status() {
        return head == null ? response.status() : head.status();
    }

    /// Those that came first, under those of the answer's own head.
    @Override
    public Headers headers() {
        if (head == null) {
            return response.headers();
        }
        Headers.Builder all = Headers.builder();
        head.headers().forEach(all::add);
        response.headers().forEach(all::add);
        return all.build();
    }

    @Override
    public int read(byte[] buffer, int offset, int length) {
        if (from < to) {
            int known = Math.min(length, to - from);
            System.arraycopy(bytes, from, buffer, offset, known);
            from += known;
            return known;
        }
        return over ? -1 : response.read(buffer, offset, length);
    }

    @Override
    public byte[] readAll(long limit) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        byte[] piece = new byte[BUFFER];
        for (int n = read(piece, 0, piece.length); n >= 0; n = read(piece, 0, piece.length)) {
            all.write(piece, 0, n);
            if (all.size() > limit) {
                throw undecodable(
                        "identity", new IOException("it is larger than " + limit + " bytes"));
            }
        }
        return all.toByteArray();
    }
}
