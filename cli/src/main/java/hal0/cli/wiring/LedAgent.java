package hal0.cli.wiring;

import hal0.agent.Agent;
import hal0.agent.ModelFacts;
import hal0.agent.context.Agents;
import hal0.agent.context.Attachments;
import hal0.agent.context.SystemPrompt;
import hal0.agent.permission.RuleGate;
import hal0.agent.tool.AgentTool;
import hal0.agent.tool.Toolbox;
import hal0.agent.workspace.Workspace;
import hal0.home.memory.Memory;
import hal0.providers.http.CancelToken;
import java.util.List;

/// An agent and what it works with, which ends with it.
///
/// **Shape** `gate` has its mode; `attachments` reads the files that the user names; `notes` is
/// what the user should know before it begins, such as a file of instructions that was cut.
public record LedAgent(
        Agent agent,
        RuleGate gate,
        Attachments attachments,
        List<String> notes,
        AgentPrograms programs,
        Inside inside)
        implements AutoCloseable {

    /// What it was made of, to be looked at; `own` are the tools of hal0 in every mode.
    public record Inside(
            Workspace workspace,
            SystemPrompt prompt,
            Toolbox tools,
            List<AgentTool> own,
            ModelFacts facts,
            Agents agents,
            Memory memory) {
        public Inside {
            own = List.copyOf(own);
        }
    }

    public LedAgent {
        notes = List.copyOf(notes);
    }

    /// What the user says, with the files that it names.
    public Attachments.Attached attached(String text, CancelToken cancel) {
        return attachments.to(text, cancel);
    }

    /// The same with text from elsewhere behind it, which names no files.
    public Attachments.Attached attached(String typed, String elsewhere, CancelToken cancel) {
        return attachments.to(typed, elsewhere, cancel);
    }

    /// The programs first: what they still write belongs to the session.
    @Override
    public void close() {
        try (agent) {
            programs.close();
        }
    }
}
