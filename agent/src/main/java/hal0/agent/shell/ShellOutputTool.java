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
import java.time.Duration;
import java.util.List;

/// `shell_output`: what a job has written since the last look, and whether it still runs.
final class ShellOutputTool implements AgentTool {
    private static final int MOST_S = 600;

    private final Tool definition = ToolText.of(ShellOutputTool.class, "shell_output");
    private final Jobs jobs;

    ShellOutputTool(Jobs jobs) {
        this.jobs = jobs;
    }

    @Override
    public Tool definition() {
        return definition;
    }

    @Override
    public boolean writes() {
        return false;
    }

    @Override
    public PlannedCall plan(ObjectNode arguments) {
        Arguments given = Arguments.of(arguments, "job", "wait_seconds");
        Job job = jobs.get(given.number("job", 0, 0, Integer.MAX_VALUE));
        Duration patience = Duration.ofSeconds(given.number("wait_seconds", 0, 0, MOST_S));
        return new PlannedCall() {
            @Override
            public String title() {
                return "shell_output " + job.number();
            }

            @Override
            public List<Deed> deeds() {
                return List.of();
            }

            @Override
            public ToolOutcome run(ToolRun run) {
                try {
                    var _ = job.await(patience, run.cancel(), run.output());
                    return Report.now(job);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    throw new ToolException("interrupted", e);
                }
            }
        };
    }
}
