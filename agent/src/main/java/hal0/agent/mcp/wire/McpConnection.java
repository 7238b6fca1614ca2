package hal0.agent.mcp.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import hal0.home.Version;
import hal0.providers.http.CancelToken;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/// A conversation with one server, opened and agreed upon.
///
/// **Errors** every method throws [McpException]. **Threads** any; requests block. **Source**
/// modelcontextprotocol.io/specification 2025-11-25, read 2026-11-21.
public final class McpConnection implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(McpConnection.class.getName());
    private static final String NEWEST = "2025-11-25";
    private static final Set<String> KNOWN =
            Set.of(NEWEST, "2025-06-18", "2025-03-26", "2024-11-05");
    private static final int MOST_PAGES = 100;
    private static final int MOST_TOOLS = 1000;

    private final String server;
    private final Channel channel;
    private final Peer peer;
    private final Duration timeout;
    private JsonNode agreed = JsonNodeFactory.instance.objectNode();

    /// Who is told what happens between requests. **Threads** must not block.
    public interface Events {
        /// The server has other tools now.
        void toolsChanged();

        /// The server is gone, or forgot this conversation.
        void lost(McpException why);
    }

    private McpConnection(String server, Channel channel, Duration timeout, Events events) {
        this.server = server;
        this.channel = channel;
        this.timeout = timeout;
        this.peer = new Peer(server, channel, told(server, events));
    }

    private static Peer.Told told(String server, Events events) {
        return new Peer.Told() {
            @Override
            public void notified(String method, JsonNode params) {
                if (method.equals("notifications/tools/list_changed")) {
                    events.toolsChanged();
                } else if (method.equals("notifications/message")) {
                    LOG.log(
                            System.Logger.Level.DEBUG,
                            "MCP server {0} said: {1}",
                            server,
                            Excerpt.of(params.path("data").toString()));
                }
            }

            @Override
            public void lost(McpException why) {
                events.lost(why);
            }
        };
    }

    /// Opens a channel and agrees with the server on how to talk; the channel is closed with this,
    /// and when that fails.
    public static McpConnection open(
            String server, Channel channel, Duration timeout, Events events, CancelToken cancel) {
        McpConnection connection = new McpConnection(server, channel, timeout, events);
        boolean agreed = false;
        try {
            channel.open(connection.peer);
            connection.agree(cancel);
            agreed = true;
            return connection;
        } finally {
            if (!agreed) {
                channel.close();
            }
        }
    }

    private void agree(CancelToken cancel) {
        ObjectNode params = JsonNodeFactory.instance.objectNode().put("protocolVersion", NEWEST);
        params.putObject("capabilities");
        params.putObject("clientInfo").put("name", "hal0").put("version", Version.current());
        agreed =
                peer.request(
                        new Peer.Request("initialize", params, timeout.toMillis(), false, _ -> {}),
                        cancel);
        if (!KNOWN.contains(version())) {
            throw new McpException(
                    McpException.Kind.GARBLED,
                    "the MCP server %s speaks version \"%s\" of the protocol; hal0 speaks %s and older"
                            .formatted(server, Excerpt.of(version()), NEWEST));
        }
        peer.notify("notifications/initialized", null);
        channel.established(version());
    }

    /// The version of the protocol that both speak.
    public String version() {
        return agreed.path("protocolVersion").asText("");
    }

    /// What the server calls itself, with its version.
    public String called() {
        JsonNode info = agreed.path("serverInfo");
        return (info.path("name").asText("") + " " + info.path("version").asText("")).strip();
    }

    /// All tools, in the server's order; of several with one name the first.
    public List<RemoteTool> tools(CancelToken cancel) {
        if (!agreed.path("capabilities").has("tools")) {
            return List.of();
        }
        List<RemoteTool> tools = new ArrayList<>();
        ObjectNode params = JsonNodeFactory.instance.objectNode();
        for (int page = 0; page < MOST_PAGES && tools.size() < MOST_TOOLS; page++) {
            JsonNode result = request("tools/list", params, cancel, _ -> {});
            for (JsonNode tool : result.path("tools")) {
                String name = tool.path("name").asText("");
                boolean known = tools.stream().anyMatch(other -> other.name().equals(name));
                if (!name.isEmpty() && !known && tools.size() < MOST_TOOLS) {
                    tools.add(RemoteTool.of(tool));
                }
            }
            String next = result.path("nextCursor").asText("");
            if (next.isEmpty()) {
                return List.copyOf(tools);
            }
            params = JsonNodeFactory.instance.objectNode().put("cursor", next);
        }
        LOG.log(System.Logger.Level.WARNING, "MCP server {0} has too many tools", server);
        return List.copyOf(tools);
    }

    /// Calls a tool; `progress` is told what the server says meanwhile. What is given back is the
    /// server's `CallToolResult`.
    public JsonNode call(
            String tool, ObjectNode arguments, CancelToken cancel, Consumer<String> progress) {
        ObjectNode params = JsonNodeFactory.instance.objectNode().put("name", tool);
        params.set("arguments", arguments);
        return request("tools/call", params, cancel, progress);
    }

    private JsonNode request(
            String method, ObjectNode params, CancelToken cancel, Consumer<String> progress) {
        return peer.request(
                new Peer.Request(method, params, timeout.toMillis(), true, progress), cancel);
    }

    @Override
    public void close() {
        channel.close();
    }
}
