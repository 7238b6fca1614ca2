package hal0.cli.wiring;

import hal0.agent.Agent;
import hal0.agent.Equipment;
import hal0.agent.ModelFacts;
import hal0.agent.SubAgents.SubAgent;
import hal0.agent.TaskTool;
import hal0.agent.context.AgentDefinition;
import hal0.agent.context.Attachments;
import hal0.agent.context.SystemPrompt;
import hal0.agent.hook.CommandHooks;
import hal0.agent.hook.HooksSection;
import hal0.agent.permission.RuleGate;
import hal0.agent.session.Sessions;
import hal0.agent.tool.AgentTool;
import hal0.home.memory.Memory;
import hal0.providers.ModelClient;
import hal0.providers.http.Transport;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// Builds the agents of a home, each with tools, permissions and programs of its own.
///
/// **Threads** any.
final class AgentParts {
    /// What its notes are found under, and those of everything else that has no bank of its own.
    static final String BANK = "default";

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
        return new Building(AgentGround.read(configuration, wish), wish).led(client, named);
    }

    /// One agent, from the ground up.
    private final class Building {
        private final AgentGround ground;
        private final AgentWish wish;
        private final AgentGates gates;
        private final RuleGate gate;
        private final AgentPrograms programs;
        private final AgentTools tools;
        private final Equipment base;

        Building(AgentGround ground, AgentWish wish) {
            this.ground = ground;
            this.wish = wish;
            this.gates = new AgentGates(configuration, ground.workspace(), ground.project(), wish);
            this.gate = gates.main(ground.mode(wish), ground.skills(), ground.led());
            this.programs = AgentPrograms.of(configuration, transport, ground, wish);
            this.tools =
                    new AgentTools(
                            programs.tools(ground, memory),
                            programs.servers(),
                            gate::mode,
                            ground.led());
            this.base = equipment();
        }

        LedAgent led(ModelClient client, UnaryOperator<Agent.Choice> named) {
            List<AgentTool> all = new ArrayList<>(tools.own());
            all.add(new TaskTool(new HomeAgents(ground.agents(), this::helper), sessions));
            AgentTools whole = tools.with(all, ground.led());
            SystemPrompt prompt = ground.prompt(ground.led(), wish);
            String folder = ground.workspace().root().toString();
            Agent agent =
                    new Agent(
                            client,
                            sessions,
                            new Agent.Origin(wish.client(), folder, prompt.text(), wish.agent()),
                            named.apply(HomeAgents.choice(ground.led(), wish.choice())),
                            wish.options(),
                            base.with(whole));
            return new LedAgent(
                    agent,
                    gate,
                    new Attachments(ground.workspace(), all),
                    ground.notes(),
                    programs,
                    new LedAgent.Inside(
                            ground.workspace(),
                            prompt,
                            whole,
                            all,
                            facts,
                            ground.agents(),
                            memory));
        }

        private Equipment equipment() {
            return new Equipment(
                    tools,
                    gate,
                    HomeCheckpoints.of(ground.home(), ground.workspace()),
                    new CommandHooks(
                            configuration.settings().get(HooksSection.SECTION),
                            programs.starter(),
                            ground.workspace().root(),
                            wish.tell()),
                    facts,
                    ground.settings().compaction(),
                    wish.limits(ground.settings().maxTurns()));
        }

        /// Who does a task. One without a name is no way round the tools of who gives it.
        private SubAgent helper(@Nullable AgentDefinition agent) {
            AgentTools own =
                    tools.with(
                            programs.tools(ground, memory), agent == null ? ground.led() : agent);
            return new SubAgent(
                    HomeAgents.choice(agent, NOBODY),
                    ground.prompt(agent, wish).text(),
                    base.with(own).with(gates.within(gate, agent)),
                    false);
        }
    }
}
