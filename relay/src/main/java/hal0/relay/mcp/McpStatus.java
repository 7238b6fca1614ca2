package hal0.relay.mcp;

import com.fasterxml.jackson.core.JsonGenerator;
import hal0.relay.mcp.protocol.CallLog;
import hal0.relay.mcp.protocol.McpEndpoint;
import hal0.relay.mcp.protocol.OfferedTool;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The MCP servers at one moment, as `/api/mcp` shows them.
///
/// **Shape** `recent` are the last calls of all servers, the newest first.
public record McpStatus(List<Server> servers, List<Call> recent) {
    private static final int RECENT = 50;

    public McpStatus {
        servers = List.copyOf(servers);
        recent = List.copyOf(recent);
    }

    /// One server; the versions of the protocol newest first.
    public record Server(
            String name, String path, List<String> versions, int sessions, List<Tool> tools) {
        public Server {
            versions = List.copyOf(versions);
            tools = List.copyOf(tools);
        }
    }

    /// One tool, and how often it was called since the start; `lastError` is null where nothing
    /// went wrong.
    public record Tool(
            String name,
            String tier,
            String description,
            long calls,
            @Nullable Instant lastCallAt,
            @Nullable String lastError) {}

    /// One call. **Units** `ms` of the whole of it.
    public record Call(
            Instant at, String server, String tool, String asker, String outcome, long ms) {}

    record Named(String name, String path, McpEndpoint endpoint) {}

    static McpStatus of(List<Named> endpoints) {
        List<Server> servers = new ArrayList<>();
        List<Call> calls = new ArrayList<>();
        for (Named named : endpoints) {
            McpEndpoint endpoint = named.endpoint();
            servers.add(
                    new Server(
                            named.name(),
                            named.path(),
                            McpEndpoint.VERSIONS,
                            endpoint.sessions(),
                            tools(endpoint)));
            for (CallLog.Called called : endpoint.log().recent()) {
                calls.add(
                        new Call(
                                called.at(),
                                named.name(),
                                called.tool(),
                                called.asker(),
                                called.outcome(),
                                called.ms()));
            }
        }
        calls.sort(Comparator.comparing(Call::at).reversed());
        return new McpStatus(servers, calls.subList(0, Math.min(RECENT, calls.size())));
    }

    private static List<Tool> tools(McpEndpoint endpoint) {
        var tallies = endpoint.log().tallies();
        List<Tool> tools = new ArrayList<>();
        for (OfferedTool tool : endpoint.offer().tools().get()) {
            CallLog.@Nullable Tally tally = tallies.get(tool.name());
            tools.add(
                    new Tool(
                            tool.name(),
                            tool.tier().word(),
                            tool.description().description(),
                            tally == null ? 0 : tally.calls(),
                            tally == null ? null : tally.lastAt(),
                            tally == null ? null : tally.lastError()));
        }
        return tools;
    }

    void write(JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeArrayFieldStart("servers");
        for (Server server : servers) {
            write(json, server);
        }
        json.writeEndArray();
        json.writeArrayFieldStart("recent");
        for (Call call : recent) {
            json.writeStartObject();
            json.writeStringField("ts", call.at().toString());
            json.writeStringField("server", call.server());
            json.writeStringField("tool", call.tool());
            json.writeStringField("asker", call.asker());
            json.writeStringField("outcome", call.outcome());
            json.writeNumberField("ms", call.ms());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private static void write(JsonGenerator json, Server server) throws IOException {
        json.writeStartObject();
        json.writeStringField("name", server.name());
        json.writeStringField("path", server.path());
        json.writeArrayFieldStart("protocol_versions");
        for (String version : server.versions()) {
            json.writeString(version);
        }
        json.writeEndArray();
        json.writeNumberField("sessions", server.sessions());
        json.writeArrayFieldStart("tools");
        for (Tool tool : server.tools()) {
            json.writeStartObject();
            json.writeStringField("name", tool.name());
            json.writeStringField("tier", tool.tier());
            json.writeStringField("description", tool.description());
            json.writeNumberField("calls", tool.calls());
            Instant at = tool.lastCallAt();
            json.writeStringField("last_call_at", at == null ? null : at.toString());
            json.writeStringField("last_error", tool.lastError());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
    }
}
