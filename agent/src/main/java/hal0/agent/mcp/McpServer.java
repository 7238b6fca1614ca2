package hal0.agent.mcp;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import hal0.agent.mcp.wire.McpConnection;
import hal0.agent.mcp.wire.McpException;
import hal0.agent.mcp.wire.RemoteTool;
import hal0.agent.tool.AgentTool;
import hal0.providers.http.CancelToken;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// One server over the time that it is used: started when it is first wanted, and again after it
/// ended, not more often than [Backoff] says.
///
/// **Shape** while it is away its tools stay as they were last known, so that a conversation keeps
/// them; they go when it cannot be started again. **Threads** any; nothing is done under the lock
/// that can wait.
final class McpServer implements AutoCloseable {
    /// A call waits this long for a server that is about to be started again.
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    /// As long as the end of a program and its children may take.
    private static final Duration FOR_END = Duration.ofSeconds(4);

    private final ServerSpec spec;
    private final McpParts parts;
    private final Consumer<String> notices;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final CancelToken closing = new CancelToken();
    private final Backoff backoff = new Backoff();
    private State state = new State.Idle();
    private List<AgentTool> tools = List.of();
    private @Nullable Thread starting;

    /// What is known of it.
    sealed interface State {
        record Idle() implements State {}

        record Starting() implements State {}

        record Up(McpConnection connection) implements State {}

        /// `again` is when it may be started again, on the clock of [System#nanoTime].
        record Down(McpException why, long again) implements State {}

        record Closed() implements State {}
    }

    McpServer(ServerSpec spec, McpParts parts, Consumer<String> notices) {
        this.spec = spec;
        this.parts = parts;
        this.notices = notices;
    }

    String name() {
        return spec.name();
    }

    ServerSpec spec() {
        return spec;
    }

    McpServers.Standing standing() {
        lock.lock();
        try {
            String problem = state instanceof State.Down(var why, _) ? why.said() : "";
            McpServers.Health health =
                    switch (state) {
                        case State.Idle _, State.Closed _ -> McpServers.Health.IDLE;
                        case State.Starting _ -> McpServers.Health.STARTING;
                        case State.Up _ -> McpServers.Health.CONNECTED;
                        case State.Down _ -> McpServers.Health.FAILED;
                    };
            return new McpServers.Standing(spec.name(), health, problem, tools);
        } finally {
            lock.unlock();
        }
    }

    State state() {
        lock.lock();
        try {
            return state;
        } finally {
            lock.unlock();
        }
    }

    /// The tools as they are known, in a stable order; empty before it was started.
    List<AgentTool> tools() {
        lock.lock();
        try {
            return tools;
        } finally {
            lock.unlock();
        }
    }

    /// Starts it, unless it runs, is being started, or must not be yet.
    void start() {
        lock.lock();
        try {
            boolean due =
                    switch (state) {
                        case State.Idle _ -> true;
                        case State.Down(_, var again) -> System.nanoTime() - again >= 0;
                        case State.Starting _, State.Up _, State.Closed _ -> false;
                    };
            if (due) {
                become(new State.Starting());
                starting =
                        Thread.ofVirtual()
                                .name("mcp-" + spec.name() + "-start")
                                .start(this::connect);
            }
        } finally {
            lock.unlock();
        }
    }

    /// Waits until it is known whether it starts; false when that takes longer.
    boolean awaitStarted(long nanos) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            long left = nanos;
            while (state instanceof State.Starting && left > 0) {
                left = changed.awaitNanos(left);
            }
            return !(state instanceof State.Starting);
        } finally {
            lock.unlock();
        }
    }

    private void become(State next) {
        state = next;
        changed.signalAll();
    }

    private void connect() {
        Watch watch = new Watch();
        try {
            McpConnection connection =
                    McpConnection.open(
                            spec.name(), parts.channel(spec), spec.timeout(), watch, closing);
            watch.of = connection;
            boolean listed = false;
            try {
                up(connection, made(connection.tools(closing)), watch);
                listed = true;
            } finally {
                if (!listed) {
                    connection.close();
                }
            }
        } catch (McpException e) {
            failed(e);
        }
    }

    private void up(McpConnection connection, List<AgentTool> found, Watch watch) {
        boolean wanted;
        lock.lock();
        try {
            wanted = state instanceof State.Starting;
            if (wanted) {
                backoff.started();
                tools = found;
                become(new State.Up(connection));
            }
        } finally {
            lock.unlock();
        }
        if (!wanted) {
            connection.close();
        } else if (watch.early != null) {
            watch.lost(watch.early);
        }
    }

    private void failed(McpException why) {
        // Before anybody who waits goes on: it belongs to what they are told.
        if (isFirstFailure() && !closing.isCancelled()) {
            notices.accept(why.said() + "; its tools are missing");
        }
        lock.lock();
        try {
            if (!(state instanceof State.Closed)) {
                tools = List.of();
                become(new State.Down(why, System.nanoTime() + backoff.next().toNanos()));
            }
        } finally {
            lock.unlock();
        }
    }

    private boolean isFirstFailure() {
        lock.lock();
        try {
            return backoff.failures() == 0;
        } finally {
            lock.unlock();
        }
    }

    /// Sorted by name: what a provider caches of a request must not depend on the server's mood.
    private List<AgentTool> made(List<RemoteTool> remote) {
        Map<String, String> names =
                ToolNames.of(spec.name(), remote.stream().map(RemoteTool::name).toList());
        List<AgentTool> all = new ArrayList<>();
        for (RemoteTool tool : remote) {
            all.add(new McpTool(this, tool, names.getOrDefault(tool.name(), tool.name())));
        }
        all.sort(Comparator.comparing(AgentTool::name));
        return List.copyOf(all);
    }

    /// Calls a tool. A session that the server forgot is begun anew and the call repeated, as the
    /// server has not begun it.
    JsonNode call(
            String tool, ObjectNode arguments, CancelToken cancel, Consumer<String> progress) {
        McpConnection connection = connection(cancel);
        try {
            return connection.call(tool, arguments, cancel, progress);
        } catch (McpException e) {
            if (e.kind() != McpException.Kind.SESSION_LOST) {
                throw e;
            }
            return connection(cancel).call(tool, arguments, cancel, progress);
        }
    }

    /// The connection, begun where there is none.
    private McpConnection connection(CancelToken cancel) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        try (CancelToken.Registration _ = cancel.onCancel(this::wake)) {
            while (true) {
                start();
                lock.lockInterruptibly();
                try {
                    if (cancel.isCancelled()) {
                        throw new McpException(McpException.Kind.CANCELLED, "cancelled");
                    }
                    switch (state) {
                        case State.Up(var connection) -> {
                            return connection;
                        }
                        case State.Starting _, State.Idle _ -> changed.await();
                        case State.Down(var why, var again) -> {
                            var _ = changed.awaitNanos(untilTurn(why, again, deadline));
                        }
                        case State.Closed _ ->
                                throw new McpException(
                                        McpException.Kind.GONE,
                                        "the MCP server " + spec.name() + " is closed");
                    }
                } finally {
                    lock.unlock();
                }
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw new McpException(McpException.Kind.CANCELLED, "cancelled");
        }
    }

    /// On a thread of its own: whoever cancels must not wait for the lock.
    private void wake() {
        Thread.ofVirtual()
                .start(() -> {
                    lock.lock();
                    try {
                        changed.signalAll();
                    } finally {
                        lock.unlock();
                    }
                });
    }

    private static long untilTurn(McpException why, long again, long deadline) {
        long now = System.nanoTime();
        if (again - deadline > 0) {
            throw new McpException(
                    why.kind(),
                    "%s; it is started again in %d s"
                            .formatted(why.said(), TimeUnit.NANOSECONDS.toSeconds(again - now) + 1),
                    why);
        }
        return Math.max(1, again - now);
    }

    private final class Watch implements McpConnection.Events {
        private volatile @Nullable McpConnection of;
        private volatile @Nullable McpException early;

        @Override
        public void toolsChanged() {
            Thread.ofVirtual().name("mcp-" + spec.name() + "-tools").start(this::listAgain);
        }

        private void listAgain() {
            McpConnection connection = of;
            if (connection == null) {
                return; // they are about to be listed for the first time
            }
            try {
                List<AgentTool> now = made(connection.tools(closing));
                lock.lock();
                try {
                    if (state instanceof State.Up(var current) && current == connection) {
                        tools = now;
                    }
                } finally {
                    lock.unlock();
                }
            } catch (McpException e) {
                notices.accept(e.said() + "; its tools stay as they were");
            }
        }

        @Override
        public void lost(McpException why) {
            McpConnection gone = of;
            boolean ours = false;
            lock.lock();
            try {
                if (state instanceof State.Up(var current) && current == gone) {
                    ours = true;
                    // A session that was only forgotten is begun anew at once.
                    boolean forgotten = why.kind() == McpException.Kind.SESSION_LOST;
                    long pause = forgotten ? 0 : backoff.next().toNanos();
                    become(new State.Down(why, System.nanoTime() + pause));
                } else {
                    early = why;
                }
            } finally {
                lock.unlock();
            }
            if (ours && gone != null) {
                // The rest of its tree, and on a thread of its own: this one reads for it.
                Thread.ofVirtual().name("mcp-" + spec.name() + "-end").start(gone::close);
            }
        }
    }

    @Override
    public void close() {
        State last;
        Thread begun;
        lock.lock();
        try {
            last = state;
            begun = starting;
            become(new State.Closed());
            tools = List.of();
        } finally {
            lock.unlock();
        }
        closing.cancel("closed");
        if (last instanceof State.Up(var connection)) {
            connection.close();
        } else if (last instanceof State.Starting && begun != null) {
            awaitEnd(begun);
        }
    }

    /// A program that is ended in its start must be gone before hal0 is.
    private static void awaitEnd(Thread begun) {
        try {
            var _ = begun.join(FOR_END);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
