package hal0.cli.wiring;

import hal0.agent.Agent;
import hal0.agent.AgentSettings;
import hal0.agent.Equipment;
import hal0.agent.ModelFacts;
import hal0.agent.SubAgents.SubAgent;
import hal0.agent.TaskTool;
import hal0.agent.checkpoint.Checkpoints;
import hal0.agent.context.AgentDefinition;
import hal0.agent.context.Agents;
import hal0.agent.context.Instructions;
import hal0.agent.context.Skills;
import hal0.agent.context.Surroundings;
import hal0.agent.context.SystemPrompt;
import hal0.agent.hook.CommandHooks;
import hal0.agent.hook.HooksSection;
import hal0.agent.mcp.McpServers;
import hal0.agent.permission.Gate;
import hal0.agent.process.ChildEnvironment;
import hal0.agent.process.Starter;
import hal0.agent.session.Sessions;
import hal0.agent.tool.AgentTool;
import hal0.agent.workspace.Workspace;
import hal0.home.Home;
import hal0.home.memory.Memory;
import hal0.providers.ModelClient;
import hal0.providers.ProviderRegistry;
import hal0.providers.http.Transport;
import java.io.IOException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Builds the agents of a home, each with tools, permissions and programs of its own.
///
/// **Threads** any.
final class AgentParts {
    /// What its notes are found under, and those of everything else that has no bank of its own.
    private static final String BANK = "default";

    private final Configuration configuration;
    private final ProviderRegistry registry;
    private final Transport transport;
    private final Sessions sessions;
    private final Memory memory;
    private final ModelFacts facts;
    private final Map<String, String> environment;

    AgentParts(
            Configuration configuration,
            ProviderRegistry registry,
            Transport transport,
            Sessions sessions,
            Memory memory,
            ModelFacts facts,
            Map<String, String> environment) {
        this.configuration = configuration;
        this.registry = registry;
        this.transport = transport;
        this.sessions = sessions;
        this.memory = memory;
        this.facts = facts;
        this.environment = environment;
    }

    /// Who answers for an agent that was made; `named` finds the model of a provider.
    interface Answering {
        Agent.Choice named(Agent.Choice choice);

        ModelClient client();
    }

    /// **Errors** [IOException] when the folder is not there, [hal0.home.config.ConfigException]
    /// for an agent that is not.
    LedAgent lead(AgentWish wish, Answering answering) throws IOException {
        Home home = configuration.home();
        Workspace workspace = Workspace.of(wish.folder());
        AgentSettings settings = configuration.settings().get(AgentSettings.SECTION);
        Agents agents = new Agents(home.agentsFolder());
        AgentDefinition led = wish.agent() == null ? null : agents.require(wish.agent());
        AgentMode mode = new AgentMode(wish.mode() == null ? settings.mode() : wish.mode());
        Instructions instructions = Instructions.read(home.config(), workspace);
        Skills skills = Skills.read(home.skillsFolder());
        Surroundings surroundings = Surroundings.of(workspace, LocalDate.now());
        Function<@Nullable AgentDefinition, String> prompts =
                agent ->
                        new SystemPrompt(
                                        surroundings,
                                        instructions,
                                        prompt(agent, wish),
                                        skills,
                                        mode.now())
                                .text();
        Starter starter = new Starter(ChildEnvironment.of(environment, secrets()));
        McpServers servers = servers(workspace, starter, wish);
        AgentTools plain = new AgentTools(tools(workspace, starter, settings), servers, mode, led);
        Gate gate = gate(workspace, wish, mode);
        Equipment base =
                new Equipment(
                        plain,
                        gate,
                        Checkpoints.NONE,
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
                                        HomeAgents.choice(agent, new Agent.Choice("", "")),
                                        prompts.apply(agent),
                                        base.with(plain.with(fresh(workspace, plain), agent)),
                                        false));
        List<AgentTool> own = new ArrayList<>(plain.own());
        own.add(new TaskTool(helpers, sessions));
        Agent.Choice choice = answering.named(HomeAgents.choice(led, wish.choice()));
        Agent agent =
                new Agent(
                        answering.client(),
                        sessions,
                        new Agent.Origin(
                                wish.client(),
                                workspace.root().toString(),
                                prompts.apply(led),
                                wish.agent()),
                        choice,
                        wish.options(),
                        base.with(plain.with(own, led)));
        List<String> notes = new ArrayList<>(instructions.problems());
        notes.addAll(skills.problems());
        return new LedAgent(agent, mode, notes, servers, starter);
    }
}
