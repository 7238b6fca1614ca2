package hal0.agent.mcp;

import hal0.agent.mcp.wire.McpConnection;
import hal0.agent.mcp.wire.McpException;
import hal0.agent.mcp.wire.RemoteTool;
import hal0.agent.tool.AgentTool;
import hal0.agent.tool.Toolbox;
import hal0.providers.http.CancelToken;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/// The tools of all configured servers, which are started together when the tools are first asked
/// for.
///
/// **Shape** in the order of the file, and within a server by name. What is not there after
/// [#PATIENCE] is missing from this answer and in a later one; `notices` gets one sentence, once,
/// for each server that fails or is late. **Threads** any; the first call waits. Closing ends the
/// programs with all that they started.
public final class McpServers implements Toolbox, AutoCloseable {
    /// The first listing waits no longer.
    public static final Duration PATIENCE = Duration.ofSeconds(10);

    private final McpParts parts;
    private final Consumer<String> notices;
    private final Duration patience;
    private final AtomicBoolean waited = new AtomicBoolean();
    private volatile List<McpServer> servers;

    public McpServers(List<ServerSpec> specs, McpParts parts, Consumer<String> notices) {
        this(specs, parts, notices, PATIENCE);
    }

    McpServers(
            List<ServerSpec> specs, McpParts parts, Consumer<String> notices, Duration patience) {
        this.parts = parts;
        this.notices = notices;
        this.servers = specs.stream().filter(ServerSpec::enabled).map(this::made).toList();
        this.patience = patience;
    }

    private McpServer made(ServerSpec spec) {
        return new McpServer(spec, parts, notices);
    }

    /// How a server is. **Shape** `problem` says why it failed, empty else.
    public record Standing(String name, Health health, String problem, List<AgentTool> tools) {
        public Standing {
            tools = List.copyOf(tools);
        }
    }

    public enum Health {
        IDLE,
        STARTING,
        CONNECTED,
        FAILED
    }

    /// Those that are used, as they are now; nothing is started.
    public List<Standing> standings() {
        return servers.stream().map(McpServer::standing).toList();
    }

    /// Uses these from now on, and starts those that are new: what stayed as it was goes on, the
    /// others are ended.
    public void use(List<ServerSpec> specs) {
        List<ServerSpec> wanted = specs.stream().filter(ServerSpec::enabled).toList();
        List<McpServer> before;
        List<McpServer> after = new ArrayList<>();
        synchronized (this) {
            before = servers;
            for (ServerSpec spec : wanted) {
                after.add(
                        before.stream()
                                .filter(server -> server.spec().equals(spec))
                                .findFirst()
                                .orElseGet(() -> made(spec)));
            }
            servers = List.copyOf(after);
        }
        after.forEach(McpServer::start);
        before.stream().filter(server -> !after.contains(server)).forEach(McpServer::close);
    }

    /// Ends a server and starts it anew; whether it was ready in the time that is waited for it.
    ///
    /// **Errors** [McpException] when it does not.
    public boolean reconnect(String name) throws InterruptedException {
        McpServer fresh = null;
        McpServer old = null;
        synchronized (this) {
            List<McpServer> all = new ArrayList<>(servers);
            for (int i = 0; i < all.size(); i++) {
                if (all.get(i).name().equals(name)) {
                    old = all.get(i);
                    fresh = made(old.spec());
                    all.set(i, fresh);
                }
            }
            servers = List.copyOf(all);
        }
        if (old == null || fresh == null) {
            throw new McpException(
                    McpException.Kind.GONE, "there is no MCP server " + name + " that is on");
        }
        old.close();
        fresh.start();
        boolean known = fresh.awaitStarted(patience.toNanos());
        if (fresh.state() instanceof McpServer.State.Down(var why, _)) {
            throw why;
        }
        return known;
    }

    @Override
    public List<AgentTool> tools() {
        servers.forEach(McpServer::start);
        if (waited.compareAndSet(false, true)) {
            awaitAll();
        }
        List<AgentTool> all = new ArrayList<>();
        servers.forEach(server -> all.addAll(server.tools()));
        return List.copyOf(all);
    }

    private void awaitAll() {
        long deadline = System.nanoTime() + patience.toNanos();
        try {
            for (McpServer server : servers) {
                if (!server.awaitStarted(deadline - System.nanoTime())) {
                    notices.accept(
                            "the MCP server %s is not ready yet; its tools come when it is"
                                    .formatted(server.name()));
                }
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    /// A server that was tried out.
    ///
    /// **Shape** `called` is what it calls itself, `version` that of the protocol; `startMillis` is
    /// until it was agreed how to talk, `listMillis` the round trip of the listing after that.
    public record Tried(
            String called,
            String version,
            List<RemoteTool> tools,
            long startMillis,
            long listMillis) {
        public Tried {
            tools = List.copyOf(tools);
        }
    }

    /// Starts a server, lists its tools and ends it again.
    ///
    /// **Errors** [McpException] when it does not do that.
    public static Tried tryOut(ServerSpec spec, McpParts parts, CancelToken cancel) {
        long began = System.nanoTime();
        McpConnection.Events nobody =
                new McpConnection.Events() {
                    @Override
                    public void toolsChanged() {
                        // They are listed once.
                    }

                    @Override
                    public void lost(McpException why) {
                        // Whoever waits for an answer is told.
                    }
                };
        try (McpConnection connection =
                McpConnection.open(
                        spec.name(), parts.channel(spec), spec.timeout(), nobody, cancel)) {
            long agreed = System.nanoTime();
            List<RemoteTool> tools = connection.tools(cancel);
            return new Tried(
                    connection.called(),
                    connection.version(),
                    tools,
                    (agreed - began) / 1_000_000,
                    (System.nanoTime() - agreed) / 1_000_000);
        }
    }

    @Override
    public void close() {
        // Beside each other, as each may take its time; closing the executor waits for all.
        try (ExecutorService threads =
                Executors.newThreadPerTaskExecutor(
                        Thread.ofVirtual().name("mcp-close-", 0).factory())) {
            servers.forEach(server -> threads.execute(server::close));
        }
    }
}
