package hal0.slots.swarm;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.github.dockerjava.api.model.Frame;
import com.github.dockerjava.api.model.StreamType;
import hal0.slots.runtime.LogLine;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Makes lines of the pieces in which a service's log comes, each stream by itself. Each line
/// begins with the moment that the engine noted.
final class ServiceLog {
    private final Consumer<LogLine> sink;
    private final Map<StreamType, StringBuilder> open = new EnumMap<>(StreamType.class);

    ServiceLog(Consumer<LogLine> sink) {
        this.sink = sink;
    }

    void add(Frame frame) {
        StreamType type = frame.getStreamType();
        StringBuilder text = open.computeIfAbsent(type, _ -> new StringBuilder());
        text.append(new String(frame.getPayload(), UTF_8));
        for (int end = text.indexOf("\n"); end >= 0; end = text.indexOf("\n")) {
            give(type, text.substring(0, end));
            text.delete(0, end + 1);
        }
    }

    void finish() {
        open.forEach((type, text) -> {
            if (!text.isEmpty()) {
                give(type, text.toString());
            }
        });
        open.clear();
    }

    private void give(StreamType type, String line) {
        int space = line.indexOf(' ');
        Instant at = space < 0 ? null : moment(line.substring(0, space));
        String text = at == null ? line : line.substring(space + 1);
        String stripped = text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
        sink.accept(new LogLine(at, type == StreamType.STDERR, stripped));
    }

    private static @Nullable Instant moment(String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeParseException _) {
            return null; // then it is part of what was said
        }
    }
}
