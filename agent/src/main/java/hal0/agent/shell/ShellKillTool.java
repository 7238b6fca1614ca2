package hal0.agent.shell;

import com.fasterxml.jackson.databind.node.ObjectNode;
import hal0.agent.permission.Deed;
import hal0.agent.tool.AgentTool;
import hal0.agent.tool.Arguments;
import hal0.agent.tool.PlannedCall;
import hal0.agent.tool.ToolException;
import hal0.agent.tool.ToolOutcome;
import hal0.agent.tool.ToolRun;
import hal0.agent.tool.ToolText;
import hal0.providers.message.Tool;
import java.util.List;

/// `shell_kill`: ends a job.
final class ShellKillTool implements AgentTool {
    private final Tool definition = ToolText.of(ShellKillTool.class, "shell_kill");
    private final Jobs jobs;

    ShellKillTool(Jobs jobs) {
        this.jobs = jobs;
    }

    @Override
    public Tool definition() {
        return definition;
    }

    /// It touches only what a call of `shell` made.
    @Override
    public boolean writes() {
        return false;
    }

    @Override
    public PlannedCall plan(ObjectNode arguments) {
        Job job = jobs.get(Arguments.of(arguments, "job").number("job", 0, 0, Integer.MAX_VALUE));
        return new PlannedCall() {
            @Override
            public String title() {
                return "shell_kill " + job.number();
            }

            @Override
            public List<Deed> deeds() {
                return List.of();
            }

            @Override
            public ToolOutcome run(ToolRun run) {
                try {
                    if (!job.end()) {
                        return ToolOutcome.failed(
                                "some processes of job %d could not be ended"
                                        .formatted(job.number()));
                    }
                    return Report.now(job);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    throw new ToolException("interrupted", e);
                }
            }
        };
    }
}
