package hal0.agent.mcp.wire;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.regex.Pattern;

/// What a program said on standard error: its first lines and its last ones; all of it goes to the
/// log, up to a limit.
///
/// **Threads** any.
final class StderrTail {
    private static final System.Logger LOG = System.getLogger(StderrTail.class.getName());
    private static final int FIRST = 6;
    private static final int LAST = 6;
    private static final int MOST_TOLD = 700;
    private static final Pattern REASON =
            Pattern.compile(
                    "(?i)error|exception|fatal|panic|denied|not found|no such|cannot|usage");
    private static final int LONGEST = 300;
    private static final int LONGEST_LINE = 1 << 20;
    private static final long MOST_LOGGED = 1 << 20;

    private final String server;
    private final List<String> first = new ArrayList<>();
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
        if (first.size() < FIRST) {
            first.add(text);
        } else {
            last.addLast(text);
        }
        if (last.size() > LAST) {
            last.removeFirst();
        }
        if (logged < MOST_LOGGED) {
            logged += text.length();
            LOG.log(System.Logger.Level.DEBUG, "MCP server {0} said: {1}", server, text);
        }
    }

    /// What tells most of why it ended, as one line: a trace of calls has its reason above it, and
    /// what a server greets with matters less.
    synchronized String text() {
        List<String> all = new ArrayList<>(first);
        all.addAll(last);
        int from = 0;
        while (from < all.size() && !REASON.matcher(all.get(from)).find()) {
            from++;
        }
        List<String> told = from == all.size() ? all : all.subList(from, all.size());
        String text = String.join(" | ", told);
        return text.length() <= MOST_TOLD ? text : text.substring(0, MOST_TOLD) + "…";
    }
}
