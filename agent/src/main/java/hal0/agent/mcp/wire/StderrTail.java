package hal0.agent.mcp.wire;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayDeque;
import java.util.Deque;

/// What a program last said on standard error; all of it goes to the log, up to a limit.
///
/// **Threads** any.
final class StderrTail {
    private static final System.Logger LOG = System.getLogger(StderrTail.class.getName());
    private static final int LINES = 8;
    private static final int LONGEST = 300;
    private static final int LONGEST_LINE = 1 << 20;
    private static final long MOST_LOGGED = 1 << 20;

    private final String server;
    private final Deque<String> last = new ArrayDeque<>();
    private long logged;

    StderrTail(String server) {
        this.server = server;
    }

    /// Reads to the end: a program whose standard error nobody reads comes to a halt.
    void read(InputStream err) {
        try (err) {
            lines(new LineReader(err, LONGEST_LINE), err);
        } catch (IOException e) {
            // The program is gone, and nothing more can be said.
            LOG.log(System.Logger.Level.DEBUG, "MCP server {0}: {1}", server, e.getMessage());
        }
    }

    private void lines(LineReader lines, InputStream err) throws IOException {
        try {
            byte[] line;
            while ((line = lines.next()) != null) {
                add(new String(line, 0, Math.min(line.length, LONGEST), UTF_8));
            }
        } catch (LineReader.TooLong _) {
            // No text for anybody; the rest is only kept from filling the pipe.
            add("(a line of more than 1 MB)");
            var _ = err.transferTo(OutputStream.nullOutputStream());
        }
    }

    synchronized void add(String line) {
        String text = line.strip();
        if (text.isEmpty()) {
            return;
        }
        if (last.size() == LINES) {
            last.removeFirst();
        }
        last.addLast(text);
        if (logged < MOST_LOGGED) {
            logged += text.length();
            LOG.log(System.Logger.Level.DEBUG, "MCP server {0} said: {1}", server, text);
        }
    }

    /// The last lines, the oldest first, as one.
    synchronized String text() {
        return String.join(" | ", last);
    }
}
