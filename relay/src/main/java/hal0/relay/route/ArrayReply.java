package hal0.relay.route;

import hal0.providers.sse.SseFrame;
import hal0.providers.sse.SseParser;
import hal0.relay.answer.Reply;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// A client that wants a stream of events as one JSON array, whose elements come as they are made.
///
/// **Shape** how Google's `streamGenerateContent` answers who does not ask for `alt=sse`; an answer
/// that is no stream of events stays as it is. An error in the middle is the last element.
/// **Source** ai.google.dev/api/generate-content#method:-models.streamgeneratecontent; the form of
/// the array: `JSONResponse` in google/generative-ai-js and rest_streaming_async.py in
/// googleapis/python-api-core, which read it; read 2026-11-21. **Threads** the request's own.
final class ArrayReply implements Reply {
    private static final String TYPE = "Content-Type";

    private final Reply client;
    private boolean events;
    private @Nullable ArrayStream array;

    ArrayReply(Reply client) {
        this.client = client;
    }

    @Override
    public Reply status(int status) {
        client.status(status);
        return this;
    }

    @Override
    public Reply set(String name, String value) {
        if (changes(name, value)) {
            client.set(name, "application/json; charset=UTF-8");
        } else if (!(events && name.equalsIgnoreCase("Content-Length"))) {
            client.set(name, value);
        }
        return this;
    }

    @Override
    public Reply add(String name, String value) {
        return changes(name, value) ? set(name, value) : added(name, value);
    }

    private Reply added(String name, String value) {
        client.add(name, value);
        return this;
    }

    private boolean changes(String name, String value) {
        boolean sse =
                name.equalsIgnoreCase(TYPE)
                        && value.toLowerCase(Locale.ROOT).startsWith("text/event-stream");
        events |= sse;
        return sse;
    }

    @Override
    public void send(byte[] body) throws IOException {
        if (!events) {
            client.send(body);
            return;
        }
        try (OutputStream out = stream()) {
            out.write(body);
        }
    }

    @Override
    public OutputStream stream() {
        if (!events) {
            return client.stream();
        }
        ArrayStream known = array;
        if (known == null) {
            known = new ArrayStream(client.stream());
            array = known;
        }
        return known;
    }

    @Override
    public RuntimeException abort(String why) {
        return client.abort(why);
    }

    private static final class ArrayStream extends OutputStream {
        private final OutputStream out;
        private final SseParser parser = new SseParser();
        private boolean begun;
        private boolean closed;

        ArrayStream(OutputStream out) {
            this.out = out;
        }

        @Override
        public void write(int b) throws IOException {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            parser.feed(bytes, offset, length);
            elements();
        }

        private void elements() throws IOException {
            for (SseFrame frame = parser.poll(); frame != null; frame = parser.poll()) {
                out.write(begun ? ',' : '[');
                begun = true;
                out.write(frame.bytes(), frame.offset(), frame.length());
                out.write('\n');
            }
        }

        @Override
        public void flush() throws IOException {
            out.flush();
        }

        @Override
        public void close() throws IOException {
            if (closed) {
                return;
            }
            closed = true;
            parser.finish();
            elements();
            if (!begun) {
                out.write('[');
            }
            out.write(']');
            out.close();
        }
    }
}
