package hal0.cli.wiring;

import hal0.agent.file.FileTools;
import hal0.agent.file.SeenFiles;
import hal0.agent.mcp.McpServers;
import hal0.agent.memory.MemoryTools;
import hal0.agent.process.ChildEnvironment;
import hal0.agent.process.Starter;
import hal0.agent.search.GlobTool;
import hal0.agent.search.GrepTool;
import hal0.agent.shell.Bubblewrap;
import hal0.agent.shell.Sandbox;
import hal0.agent.shell.Shell;
import hal0.agent.tool.AgentTool;
import hal0.agent.tool.TodoTool;
import hal0.agent.web.FetchTool;
import hal0.agent.workspace.Workspace;
import hal0.home.Home;
import hal0.home.Version;
import hal0.home.memory.Memory;
import hal0.providers.http.Transport;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What an agent runs and reaches, which ends with it: commands, MCP servers, pages.
///
/// **Threads** any.
public record AgentPrograms(Starter starter, McpServers servers, Shell shell, Transport pages)
        implements AutoCloseable {

    /// Nothing is started before it is used.
    static AgentPrograms of(
            Configuration configuration, Transport transport, AgentGround ground, AgentWish wish) {
        Starter starter =
                new Starter(ChildEnvironment.of(System.getenv(), McpSetup.keyNames(configuration)));
        McpServers servers =
                new McpServers(
                        McpSetup.servers(configuration),
                        McpSetup.parts(configuration, transport, ground.workspace().root()),
                        wish.tell());
        return new AgentPrograms(
                starter,
                servers,
                new Shell(
                        ground.workspace(),
                        starter,
                        sandbox(ground, starter),
                        outputs(ground.home())),
                FetchTool.transport(Version.current(), AgentPrograms::variable));
    }

    private static Sandbox sandbox(AgentGround ground, Starter starter) {
        Home home = ground.home();
        return ground.settings().sandbox()
                ? new Bubblewrap(
                        ground.workspace(),
                        starter,
                        List.of(home.config(), home.data(), home.state()))
                : Sandbox.NONE;
    }

    /// Where output of commands is kept that is too long for the model.
    static Path outputs(Home home) {
        return home.state().resolve("outputs");
    }

    private static Optional<String> variable(String name) {
        return Optional.ofNullable(System.getenv(name));
    }

    /// The tools of hal0 but for `task`, with nothing seen yet.
    List<AgentTool> tools(AgentGround ground, Memory memory) {
        Workspace workspace = ground.workspace();
        List<AgentTool> tools = new ArrayList<>(FileTools.of(workspace, new SeenFiles()));
        tools.add(new GlobTool(workspace));
        tools.add(new GrepTool(workspace, System.getenv("PATH")));
        tools.addAll(shell.tools());
        tools.add(new FetchTool(pages));
        tools.add(new TodoTool());
        Map<String, String> about = Map.of("folder", workspace.root().toString());
        tools.addAll(MemoryTools.of(memory, AgentParts.BANK, "agent", about));
        return tools;
    }

    @Override
    public void close() {
        try (starter;
                servers) {
            pages.close();
        }
    }
}
