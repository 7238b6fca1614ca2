package hal0.agent.mcp.wire;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import hal0.agent.process.ProcessTree;
import hal0.home.IoReason;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// A program that reads messages from its standard input and writes them to its standard output,
/// one a line; what it writes to standard error goes to the log.
///
/// **Shape** lines of output that are no JSON are what careless servers print, and are skipped.
/// **Errors** [McpException] with the last lines of standard error where the program ended.
public final class StdioChannel implements Channel {
    private static final System.Logger LOG = System.getLogger(StdioChannel.class.getName());
    private static final ObjectMapper JSON = new ObjectMapper();

    /// What the program and all that it starts are known by when they are to be ended.
    private static final String MARK = "HAL0_MCP";

    private static final Duration FOR_END_OF_INPUT = Duration.ofSeconds(1);
    private static final Duration FOR_TERM = Duration.ofSeconds(1);
    private static final Duration FOR_REASON = Duration.ofSeconds(2);
    private static final int LONGEST_LINE = 32 << 20;

    private final String server;
    private final List<String> command;
    private final Map<String, String> environment;
    private final Path folder;
    private final StderrTail tail;
    private final ReentrantLock writing = new ReentrantLock();
    private final AtomicBoolean closed = new AtomicBoolean();
    private final String mark = UUID.randomUUID().toString();
    private final CountDownLatch over = new CountDownLatch(1);
    private volatile @Nullable McpException end;
    private volatile @Nullable Process process;
    private volatile @Nullable ProcessTree tree;

    /// **Shape** `environment` is all that the program has of one.
    public StdioChannel(
            String server, List<String> command, Map<String, String> environment, Path folder) {
        this.server = server;
        this.command = List.copyOf(command);
        this.environment = Map.copyOf(environment);
        this.folder = folder;
        this.tail = new StderrTail(server);
    }

    @Override
    public void open(Inbox inbox) {
        Process started = started();
        process = started;
        tree = ProcessTree.of(started.toHandle(), MARK + "=" + mark, false);
        Thread errors =
                Thread.ofPlatform()
                        .daemon()
                        .name("mcp-" + server + "-err")
                        .start(() -> tail.read(started.getErrorStream()));
        Thread.ofPlatform()
                .daemon()
                .name("mcp-" + server + "-out")
                .start(() -> {
                    String why = read(started.getInputStream(), inbox);
                    inbox.lost(ended(started, errors, why));
                });
    }

    private Process started() {
        ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
        builder.environment().clear();
        builder.environment().putAll(environment);
        builder.environment().put(MARK, mark);
        try {
            return builder.start();
        } catch (IOException e) {
            throw new McpException(
                    McpException.Kind.GONE,
                    "the MCP server %s cannot be started: %s (mcp.servers.%s.command)"
                            .formatted(server, IoReason.of(e), server),
                    e);
        }
    }

    /// Reads until the end; gives back why it ended early, or nothing.
    private String read(InputStream out, Inbox inbox) {
        try (out) {
            LineReader lines = new LineReader(out, LONGEST_LINE);
            byte[] line;
            while ((line = lines.next()) != null) {
                JsonNode message = parsed(line);
                if (message != null) {
                    inbox.received(message);
                }
            }
            return "";
        } catch (LineReader.TooLong _) {
            return "it wrote a line of more than 32 MB";
        } catch (IOException e) {
            // Closing a program's stream while it is read ends here; so does the program's death.
            return closed.get() ? "" : IoReason.of(e);
        }
    }

    private @Nullable JsonNode parsed(byte[] line) {
        try {
            JsonNode message = line.length == 0 ? null : JSON.readTree(line);
            if (message != null && message.isContainerNode()) {
                return message;
            }
        } catch (IOException e) {
            LOG.log(System.Logger.Level.DEBUG, "MCP server {0}: {1}", server, e.getMessage());
        }
        tail.add("stdout: " + new String(line, 0, Math.min(line.length, 300), UTF_8));
        return null;
    }

    private McpException ended(Process started, Thread errors, String why) {
        String how = why;
        try {
            // Its output may end a moment before itself, and before what it has to say of it.
            if (started.waitFor(Duration.ofSeconds(1))) {
                if (errors.threadId() != Thread.currentThread().threadId()) {
                    var _ = errors.join(Duration.ofMillis(500));
                }
                how = why.isEmpty() ? "exit code " + started.exitValue() : why;
            } else if (why.isEmpty()) {
                how = "it closed its output";
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        String said = tail.text();
        return new McpException(
                McpException.Kind.GONE,
                "the MCP server %s ended: %s%s"
                        .formatted(server, how, said.isEmpty() ? "" : "; it said: " + said));
    }

    @Override
    public void send(ObjectNode message) {
        Process to = process;
        if (to == null) {
            throw new IllegalStateException("not open");
        }
        byte[] bytes = bytes(message);
        writing.lock();
        try {
            OutputStream in = to.getOutputStream();
            in.write(bytes);
            in.flush();
        } catch (IOException e) {
            throw gone(to, e);
        } finally {
            writing.unlock();
        }
    }

    /// A program that has ended takes nothing; its reader, which may be a moment behind, knows why.
    private McpException gone(Process to, IOException e) {
        try {
            boolean known = over.await(FOR_REASON.toMillis(), TimeUnit.MILLISECONDS);
            if (!known && !to.isAlive()) {
                return ended(to, Thread.currentThread(), "exit code " + to.exitValue());
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        McpException why = end;
        return why != null
                ? why
                : new McpException(
                        McpException.Kind.GONE,
                        "the MCP server %s takes nothing any more: %s"
                                .formatted(server, IoReason.of(e)),
                        e);
    }

    private static byte[] bytes(ObjectNode message) {
        try {
            return (JSON.writeValueAsString(message) + "\n").getBytes(UTF_8);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void abandon(long id) {
        // Its answer, if it comes, finds nobody.
    }

    @Override
    public void established(String protocolVersion) {
        // Nothing depends on it here.
    }

    /// **Source** modelcontextprotocol.io/specification 2025-11-25, basic/lifecycle: by the end of
    /// its input, then by TERM, then by KILL.
    @Override
    public void close() {
        Process running = process;
        ProcessTree all = tree;
        if (running == null || all == null || !closed.compareAndSet(false, true)) {
            return;
        }
        try {
            running.getOutputStream().close();
        } catch (IOException e) {
            // It is gone already, or has closed its input.
            LOG.log(System.Logger.Level.DEBUG, "MCP server {0}: {1}", server, e.getMessage());
        }
        if (!all.endsWithin(FOR_END_OF_INPUT) && !all.end(FOR_TERM)) {
            LOG.log(System.Logger.Level.WARNING, "MCP server {0} cannot be ended", server);
        }
    }
}
