package hal0.providers.dialect;

import hal0.providers.error.ProviderException;
import hal0.providers.event.StreamEvent;
import hal0.providers.event.Usage;
import hal0.providers.sse.EventTooLargeException;
import hal0.providers.sse.SseFrame;
import hal0.providers.sse.SseParser;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Watches an answer that passes by unchanged, and knows what the ledger wants to know.
///
/// **Shape** fed bytes as they come, or events; between the first content and the last events it
/// only looks for the few keys that matter, and parses nothing. What it cannot read is no error of
/// the answer: then it knows less. **Threads** one.
public final class AnswerObserver {
    private static final int LARGEST_BODY = 32 * 1024 * 1024;

    private final AnswerDecoder decoder;
    private final byte[][] telling;
    private final @Nullable SseParser events;
    private final ByteArrayOutputStream body = new ByteArrayOutputStream(0);
    private boolean tooLarge;
    private Usage usage = Usage.NONE;
    private boolean counted;
    private boolean contentSeen;
    private @Nullable String model;
    private @Nullable ProviderException error;

    /// **Shape** `streamed` when the answer is a stream of events, else one JSON body; either of
    /// status 200 and not encoded.
    public AnswerObserver(Dialect dialect, AnswerErrors errors, boolean streamed) {
        decoder = dialect.decoder(errors);
        List<String> keys = dialect.tellingKeys();
        telling = new byte[keys.size()][];
        for (int i = 0; i < telling.length; i++) {
            telling[i] = keys.get(i).getBytes(StandardCharsets.US_ASCII);
        }
        events = streamed ? new SseParser() : null;
    }

    /// The next bytes of the answer.
    public void bytes(byte[] bytes, int offset, int length) {
        if (tooLarge || error != null) {
            return;
        }
        if (events == null) {
            tooLarge = body.size() + (long) length > LARGEST_BODY;
            if (!tooLarge) {
                body.write(bytes, offset, length);
            }
            return;
        }
        try {
            events.feed(bytes, offset, length);
            drain(events);
        } catch (EventTooLargeException e) {
            // It passes by all the same; only its usage stays unknown.
            tooLarge = true;
        }
    }

    /// The answer is over, whole or not.
    public void end() {
        if (tooLarge || error != null) {
            return;
        }
        if (events == null) {
            guarded(() -> decoder.whole(body.toByteArray(), this::note));
        } else {
            events.finish();
            drain(events);
            guarded(() -> decoder.end(this::note));
        }
    }

    private void drain(SseParser parser) {
        for (SseFrame frame = parser.poll(); frame != null; frame = parser.poll()) {
            frame(frame);
        }
    }

    /// The next event of the answer.
    public void frame(SseFrame frame) {
        if (error == null && (!contentSeen || tells(frame))) {
            guarded(() -> decoder.frame(frame, this::note));
        }
    }

    private void guarded(Runnable reading) {
        try {
            reading.run();
        } catch (ProviderException e) {
            error = e;
        }
    }

    private void note(StreamEvent event) {
        switch (event) {
            case StreamEvent.Started(_, var name) -> model = name;
            case StreamEvent.TextDelta _,
                    StreamEvent.ThinkingDelta _,
                    StreamEvent.ThinkingSignature _,
                    StreamEvent.RedactedThinking _,
                    StreamEvent.ToolCallDelta _ ->
                    contentSeen = true;
            case StreamEvent.UsageReport(var report) -> {
                usage = report;
                counted = true;
            }
            case StreamEvent.Done _ -> {}
        }
    }

    /// Whether a telling key stands in the event with a value other than null.
    private boolean tells(SseFrame frame) {
        if (frame.dataIs("[DONE]")) {
            return true;
        }
        byte[] bytes = frame.bytes();
        int end = frame.offset() + frame.length();
        for (int i = frame.offset(); i < end; i++) {
            if (bytes[i] == '"') {
                for (byte[] key : telling) {
                    if (startsWith(bytes, i, end, key) && !isNull(bytes, i + key.length, end)) {
                        return true;
                    }
                }
            }
        }
        return false;
    }

    private static boolean startsWith(byte[] bytes, int at, int end, byte[] key) {
        if (end - at < key.length || bytes[at + 1] != key[1]) {
            return false;
        }
        for (int i = 2; i < key.length; i++) {
            if (bytes[at + i] != key[i]) {
                return false;
            }
        }
        return true;
    }

    private static boolean isNull(byte[] bytes, int from, int end) {
        int i = from;
        while (i < end && (bytes[i] == ' ' || bytes[i] == ':')) {
            i++;
        }
        return i < end && bytes[i] == 'n';
    }

    /// What the provider counted; none when it did not.
    public Usage usage() {
        return usage;
    }

    public boolean counted() {
        return counted;
    }

    /// The model that the answer names.
    public @Nullable String model() {
        return model;
    }

    /// Whether text, a thought or a tool call has passed.
    public boolean contentSeen() {
        return contentSeen;
    }

    /// Whether the answer is whole: its finish reason or its end marker has passed.
    public boolean finished() {
        return decoder.state() != AnswerDecoder.State.OPEN;
    }

    /// What the answer reports as its own failure, or how it broke the protocol.
    public @Nullable ProviderException error() {
        return error;
    }
}
