package hal0.cli.wiring;

import hal0.agent.Agent;
import hal0.agent.AgentSettings;
import hal0.agent.Equipment;
import hal0.agent.ModelFacts;
import hal0.agent.SubAgents.SubAgent;
import hal0.agent.TaskTool;
import hal0.agent.checkpoint.Checkpoints;
import hal0.agent.checkpoint.WorkspaceCheckpoints;
import hal0.agent.context.AgentDefinition;
import hal0.agent.context.Agents;
import hal0.agent.context.Attachments;
import hal0.agent.context.Instructions;
import hal0.agent.context.Skills;
import hal0.agent.context.Surroundings;
import hal0.agent.context.SystemPrompt;
import hal0.agent.file.FileTools;
import hal0.agent.file.SeenFiles;
import hal0.agent.hook.CommandHooks;
import hal0.agent.hook.HooksSection;
import hal0.agent.mcp.McpParts;
import hal0.agent.mcp.McpSection;
import hal0.agent.mcp.McpServers;
import hal0.agent.mcp.ServerSpec;
import hal0.agent.mcp.wire.Bearer;
import hal0.agent.memory.MemoryTools;
import hal0.agent.permission.Mode;
import hal0.agent.permission.ProjectRules;
import hal0.agent.permission.RuleGate;
import hal0.agent.process.ChildEnvironment;
import hal0.agent.process.Starter;
import hal0.agent.search.GitIgnores;
import hal0.agent.search.GlobTool;
import hal0.agent.search.GrepTool;
import hal0.agent.session.Sessions;
import hal0.agent.shell.Bubblewrap;
import hal0.agent.shell.Sandbox;
import hal0.agent.shell.Shell;
import hal0.agent.tool.AgentTool;
import hal0.agent.tool.TodoTool;
import hal0.agent.workspace.Workspace;
import hal0.home.Home;
import hal0.home.memory.Memory;
import hal0.providers.ModelClient;
import hal0.providers.Provider;
import hal0.providers.ProviderRegistry;
import hal0.providers.http.Transport;
import java.io.IOException;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// Builds the agents of a home, each with tools, permissions and programs of its own.
///
/// **Threads** any.
final class AgentParts {
    /// What its notes are found under, and those of everything else that has no bank of its own.
    private static final String BANK = "default";
    private static final Agent.Choice NOBODY = new Agent.Choice("", "");

    private final Configuration configuration;
    private final Transport transport;
    private final Sessions sessions;
    private final Memory memory;
    private final ModelFacts facts;

    AgentParts(
            Configuration configuration,
            Transport transport,
            Sessions sessions,
            Memory memory,
            ModelFacts facts) {
        this.configuration = configuration;
        this.transport = transport;
        this.sessions = sessions;
        this.memory = memory;
        this.facts = facts;
    }

    /// **Errors** [IOException] when the folder is not there, [hal0.home.config.ConfigException]
    /// for an agent that is not, or a rule that cannot be read.
    LedAgent lead(AgentWish wish, ModelClient client, UnaryOperator<Agent.Choice> named)
            throws IOException {
        Home home = configuration.home();
        Workspace workspace = Workspace.of(wish.folder());
        ProjectRules project = ProjectRules.read(workspace.root());
        AgentSettings settings = settings(project);
        Agents agents = new Agents(home.agentsFolder());
        AgentDefinition led = wish.agent() == null ? null : agents.require(wish.agent());
        Instructions instructions = Instructions.read(home.config(), workspace);
        Skills skills = Skills.read(home.skillsFolder());
        AgentGates gates = new AgentGates(configuration, workspace, project, wish);
        Mode first = wish.mode() == null ? settings.mode() : wish.mode();
        RuleGate gate = gates.main(first, skills, led);
        Prompts prompts =
                new Prompts(
                        Surroundings.of(workspace, LocalDate.now(ZoneId.systemDefault())),
                        instructions,
                        skills,
                        first,
                        wish.system());
        Starter starter = new Starter(ChildEnvironment.of(System.getenv(), McpSetup.keyNames(configuration)));
        McpServers servers = servers(workspace, wish);
        Shell shell = shell(workspace, starter, settings);
        AgentTools tools = new AgentTools(own(workspace, shell), servers, gate::mode, led);
        Equipment base =
                new Equipment(
                        tools,
                        gate,
                        checkpoints(workspace),
                        new CommandHooks(
                                configuration.settings().get(HooksSection.SECTION),
                                starter,
                                workspace.root(),
                                wish.tell()),
                        facts,
                        settings.compaction(),
                        wish.limits(settings.maxTurns()));
        HomeAgents helpers =
                new HomeAgents(
                        agents,
                        agent ->
                                new SubAgent(
                                        HomeAgents.choice(agent, NOBODY),
                                        prompts.of(agent),
                                        base.with(tools.with(own(workspace, shell), agent))
                                                .with(gates.within(gate, agent)),
                                        false));
        List<AgentTool> all = new ArrayList<>(tools.own());
        all.add(new TaskTool(helpers, sessions));
        Agent agent =
                new Agent(
                        client,
                        sessions,
                        new Agent.Origin(
                                wish.client(),
                                workspace.root().toString(),
                                prompts.of(led),
                                wish.agent()),
                        named.apply(HomeAgents.choice(led, wish.choice())),
                        wish.options(),
                        base.with(tools.with(all, led)));
        List<String> notes = new ArrayList<>(instructions.problems());
        notes.addAll(skills.problems());
        project.problems().forEach(problem -> notes.add(problem.toString()));
        return new LedAgent(
                agent, gate, new Attachments(workspace, all), notes, servers, starter);
    }

    /// What models are told before everything: the same for a conversation and for its tasks, but
    /// for what the agent is told of its own.
    private record Prompts(
            Surroundings surroundings,
            Instructions instructions,
            Skills skills,
            Mode mode,
            @Nullable String said) {

        String of(@Nullable AgentDefinition agent) {
            String own = agent == null || agent.prompt().isEmpty() ? null : agent.prompt();
            String told = said == null ? own : own == null ? said : own + "\n\n" + said;
            return new SystemPrompt(surroundings, instructions, told, skills, mode).text();
        }
    }

    /// A project may only make them stricter.
    private AgentSettings settings(ProjectRules project) {
        AgentSettings own = configuration.settings().get(AgentSettings.SECTION);
        Long turns = project.maxTurns();
        return new AgentSettings(
                project.stricter(own.mode()),
                turns == null ? own.maxTurns() : Math.toIntExact(turns),
                project.compactAt() == null ? own.compactAt() : project.compactAt(),
                project.compact() == null ? own.compact() : project.compact(),
                own.sandbox() || project.sandbox());
    }

    private McpServers servers(Workspace workspace, AgentWish wish) {
        return new McpServers(
                McpSetup.servers(configuration),
                McpSetup.parts(configuration, transport, workspace.root()),
                wish.tell());
    }

    private Shell shell(Workspace workspace, Starter starter, AgentSettings settings) {
        Home home = configuration.home();
        Sandbox sandbox =
                settings.sandbox()
                        ? new Bubblewrap(
                                workspace,
                                starter,
                                List.of(home.config(), home.data(), home.state()))
                        : Sandbox.NONE;
        return new Shell(workspace, starter, sandbox, home.state().resolve("outputs"));
    }

    private Checkpoints checkpoints(Workspace workspace) {
        Home home = configuration.home();
        return new WorkspaceCheckpoints(
                home.data().resolve("checkpoints"),
                workspace,
                Set.of(home.config(), home.data(), home.state()),
                new GitIgnores(),
                InstantSource.system());
    }

    /// Those of hal0 but for `task`, with nothing seen yet.
    private List<AgentTool> own(Workspace workspace, Shell shell) {
        List<AgentTool> tools = new ArrayList<>(FileTools.of(workspace, new SeenFiles()));
        tools.add(new GlobTool(workspace));
        tools.add(new GrepTool(workspace, System.getenv("PATH")));
        tools.addAll(shell.tools());
        tools.add(new TodoTool());
        tools.addAll(
                MemoryTools.of(
                        memory, BANK, "agent", Map.of("folder", workspace.root().toString())));
        return tools;
    }
}
