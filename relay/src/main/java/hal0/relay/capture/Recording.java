package hal0.relay.capture;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/// What is written of one request.
///
/// **Threads** the request's own.
public final class Recording implements AutoCloseable {
    /// That of the request which this thread answers.
    public static final ScopedValue<Recording> CURRENT = ScopedValue.newInstance();

    private final Capture capture;
    private final Path folder;
    private final Redactor redactor;
    private final Map<String, Side> sides = new LinkedHashMap<>();
    private int calls;

    Recording(Capture capture, Path folder, Redactor redactor) {
        this.capture = capture;
        this.folder = folder;
        this.redactor = redactor;
    }

    /// One message, in one file: a head, then a body that may come in pieces.
    public final class Side {
        private final Path file;
        private final Redactor.Pieces pieces = redactor.new Pieces();

        private Side(String name) {
            file = folder.resolve(name + ".http");
        }

        /// **Shape** `headers` gives each field to who asks.
        public Side head(String first, Consumer<BiConsumer<String, String>> headers) {
            StringBuilder head = new StringBuilder(redactor.target(first)).append('\n');
            headers.accept((name, value) ->
                    head.append(name)
                            .append(": ")
                            .append(redactor.header(name, value))
                            .append('\n'));
            capture.append(file, head.append('\n').toString().getBytes(ISO_8859_1));
            return this;
        }

        public void body(byte[] bytes, int offset, int length) {
            capture.append(file, pieces.shown(bytes, offset, length));
        }

        /// No more comes.
        public void end() {
            capture.append(file, pieces.rest());
        }
    }

    /// That of the name, which is the same each time.
    public Side side(String name) {
        return sides.computeIfAbsent(name, Side::new);
    }

    /// The number of the next call upstream.
    int call() {
        return ++calls;
    }

    @Override
    public void close() {
        sides.values().forEach(Side::end);
    }
}
