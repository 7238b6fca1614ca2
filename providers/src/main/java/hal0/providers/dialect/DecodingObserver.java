package hal0.providers.dialect;

import hal0.providers.error.ProviderException;
import hal0.providers.event.AnswerObserver;
import hal0.providers.event.StreamEvent;
import hal0.providers.event.Usage;
import hal0.providers.sse.SseFrame;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// An observer that decodes as little as it can.
///
/// **Shape** between the first content and the last events it only looks for the few keys that
/// matter, and parses nothing.
public final class DecodingObserver implements AnswerObserver {
    private final AnswerDecoder decoder;
    private final byte[][] telling;
    private @Nullable Usage usage;
    private boolean contentSeen;
    private @Nullable String model;
    private @Nullable ProviderException failure;

    public DecodingObserver(Dialect dialect, AnswerErrors errors) {
        decoder = dialect.decoder(errors);
        List<String> keys = dialect.tellingKeys();
        telling = new byte[keys.size()][];
        for (int i = 0; i < telling.length; i++) {
            telling[i] = keys.get(i).getBytes(StandardCharsets.US_ASCII);
        }
    }

    @Override
    public void whole(byte[] body) {
        guarded(() -> decoder.whole(body, this::note));
    }

    @Override
    public void frame(SseFrame frame) {
        if (failure == null && (!contentSeen || tells(frame))) {
            guarded(() -> decoder.frame(frame, this::note));
        }
    }

    private void guarded(Runnable reading) {
        try {
            reading.run();
        } catch (ProviderException e) {
            failure = e;
        }
    }

    private void note(StreamEvent event) {
        contentSeen |= event.isContent();
        if (event instanceof StreamEvent.Started(_, var name)) {
            model = name;
        } else if (event instanceof StreamEvent.UsageReport(var report)) {
            usage = report;
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

    @Override
    public @Nullable Usage usage() {
        return usage;
    }

    @Override
    public @Nullable String model() {
        return model;
    }

    @Override
    public boolean hasContent() {
        return contentSeen;
    }

    @Override
    public boolean isComplete() {
        return decoder.state() != AnswerDecoder.State.OPEN;
    }

    @Override
    public boolean isEnded() {
        return decoder.state() == AnswerDecoder.State.DONE;
    }

    @Override
    public @Nullable ProviderException failure() {
        return failure;
    }
}
