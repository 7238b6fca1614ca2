package hal0.cli.wiring;

import hal0.agent.checkpoint.Checkpoints;
import hal0.agent.checkpoint.WorkspaceCheckpoints;
import hal0.agent.search.GitIgnores;
import hal0.agent.workspace.Workspace;
import hal0.home.Home;
import java.time.InstantSource;
import java.util.Set;

/// What a home keeps of the files of a workspace.
public final class HomeCheckpoints {
    private HomeCheckpoints() {}

    public static Checkpoints of(Home home, Workspace workspace) {
        return new WorkspaceCheckpoints(
                home.checkpointsFolder(),
                workspace,
                Set.of(home.config(), home.data(), home.state()),
                new GitIgnores(),
                InstantSource.system());
    }
}
