package hal0.cli.wiring;

import hal0.agent.Agent;
import hal0.agent.mcp.McpServers;
import hal0.agent.process.Starter;
import java.util.List;

/// An agent and what it works with, which ends with it.
///
/// **Shape** `notes` is what the user should know before it begins, such as a file of instructions
/// that was cut.
public record LedAgent(
        Agent agent, AgentMode mode, List<String> notes, McpServers servers, Starter programs)
        implements AutoCloseable {

    public LedAgent {
        notes = List.copyOf(notes);
    }

    /// The programs first: what they still write belongs to the session.
    @Override
    public void close() {
        try (agent;
                servers) {
            programs.close();
        }
    }
}
