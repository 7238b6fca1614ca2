package hal0.agent.shell;

import hal0.agent.process.Starter;
import hal0.agent.tool.AgentTool;
import hal0.agent.workspace.Workspace;
import java.nio.file.Path;
import java.util.List;

/// The shell of one conversation: its tools and the commands that they run.
///
/// **Shape** commands run in the root of the workspace, by bash or by sh where there is none.
/// **Threads** any. The [Starter] stays the caller's; closing that ends what still runs.
public final class Shell {
    private final Jobs jobs;
    private final List<AgentTool> tools;

    /// `outputs` is the folder for output that is too long for the model; it is made when needed.
    public Shell(Workspace workspace, Starter starter, Sandbox sandbox, Path outputs) {
        this.jobs =
                new Jobs(
                        starter,
                        sandbox,
                        workspace.root(),
                        new KeptOutputs(outputs, KeptOutputs.MOST));
        this.tools =
                List.of(
                        new ShellTool(jobs, sandbox.told()),
                        new ShellOutputTool(jobs),
                        new ShellKillTool(jobs));
    }

    /// `shell`, `shell_output` and `shell_kill`.
    public List<AgentTool> tools() {
        return tools;
    }

    /// How many commands run now.
    public int running() {
        return jobs.running().size();
    }
}
