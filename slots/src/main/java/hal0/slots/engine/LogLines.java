package hal0.slots.engine;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.github.dockerjava.api.model.Frame;
import com.github.dockerjava.api.model.StreamType;
import hal0.slots.runtime.LogLine;
import java.io.ByteArrayOutputStream;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Makes lines of the pieces in which a container's output arrives.
///
/// **Shape** a piece may hold parts of lines or several, each line beginning with the time at which
/// it was written; a terminal's lines end in CR LF. A line is cut where it grows beyond 64 KiB.
/// **Threads** one.
public final class LogLines {
    private static final int LONGEST = 64 * 1024;

    private final Consumer<LogLine> sink;
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    public LogLines(Consumer<LogLine> sink) {
        this.sink = sink;
    }

    public void add(Frame frame) {
        boolean error = frame.getStreamType() == StreamType.STDERR;
        ByteArrayOutputStream line = error ? err : out;
        for (byte piece : frame.getPayload()) {
            if (piece == '\n') {
                end(line, error);
            } else if (line.size() < LONGEST) {
                line.write(piece);
            }
        }
    }

    /// Gives what has no line end yet.
    public void end() {
        if (out.size() > 0) {
            end(out, false);
        }
        if (err.size() > 0) {
            end(err, true);
        }
    }

    private void end(ByteArrayOutputStream line, boolean error) {
        String text = line.toString(UTF_8);
        line.reset();
        if (text.endsWith("\r")) {
            text = text.substring(0, text.length() - 1);
        }
        int space = text.indexOf(' ');
        Instant at = time(space < 0 ? text : text.substring(0, space));
        String rest = space < 0 ? "" : text.substring(space + 1);
        sink.accept(new LogLine(at, error, at == null ? text : rest));
    }

    private static @Nullable Instant time(String text) {
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException e) {
            // A line that was written without its time is a line all the same.
            return null;
        }
    }
}
