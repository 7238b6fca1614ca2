package hal0.agent.mcp;

import com.fasterxml.jackson.databind.node.ObjectNode;
import hal0.agent.mcp.wire.McpException;
import hal0.agent.mcp.wire.RemoteTool;
import hal0.agent.permission.Deed;
import hal0.agent.tool.AgentTool;
import hal0.agent.tool.PlannedCall;
import hal0.agent.tool.ToolException;
import hal0.agent.tool.ToolOutcome;
import hal0.agent.tool.ToolRun;
import hal0.providers.message.Tool;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One tool of one server.
///
/// **Threads** any.
final class McpTool implements AgentTool {
    /// What OpenAI takes of a description.
    private static final int LONGEST_DESCRIPTION = 1024;

    private static final int LONGEST_TITLE = 120;

    private final McpServer server;
    private final RemoteTool remote;
    private final Tool definition;

    McpTool(McpServer server, RemoteTool remote, String name) {
        this.server = server;
        this.remote = remote;
        this.definition = new Tool(name, description(remote), schema(remote));
    }

    private static String description(RemoteTool remote) {
        String text = remote.description().isEmpty() ? remote.name() : remote.description();
        return text.length() <= LONGEST_DESCRIPTION
                ? text
                : text.substring(0, LONGEST_DESCRIPTION - 1) + "…";
    }

    /// As the server wrote it, but for what providers refuse: a dialect they do not know, and an
    /// object without properties.
    private static String schema(RemoteTool remote) {
        ObjectNode schema = remote.schema().deepCopy();
        schema.remove("$schema");
        schema.put("type", "object");
        if (!schema.path("properties").isObject()) {
            schema.putObject("properties");
        }
        return schema.toString();
    }

    @Override
    public Tool definition() {
        return definition;
    }

    @Override
    public boolean writes() {
        return !remote.readOnly();
    }

    @Override
    public PlannedCall plan(ObjectNode arguments) {
        String shown = arguments.isEmpty() ? "" : " " + arguments;
        String title = server.name() + " " + remote.name() + shown;
        return new Call(
                title.length() <= LONGEST_TITLE
                        ? title
                        : title.substring(0, LONGEST_TITLE - 1) + "…",
                arguments);
    }

    private final class Call implements PlannedCall {
        private final String title;
        private final ObjectNode arguments;

        Call(String title, ObjectNode arguments) {
            this.title = title;
            this.arguments = arguments;
        }

        @Override
        public String title() {
            return title;
        }

        @Override
        public @Nullable String preview() {
            return title.endsWith("…") ? arguments.toPrettyString() : null;
        }

        @Override
        public List<Deed> deeds() {
            return List.of(new Deed.Mcp(server.name(), remote.name(), remote.readOnly()));
        }

        @Override
        public boolean parallel() {
            return remote.readOnly();
        }

        @Override
        public ToolOutcome run(ToolRun run) {
            try {
                return ResultContent.of(
                        server.call(remote.name(), arguments, run.cancel(), run.output()));
            } catch (McpException e) {
                throw new ToolException(e.said(), e);
            }
        }
    }
}
