package hal0.cli.wiring;

import hal0.agent.Agent;
import hal0.agent.SubAgents;
import hal0.agent.context.AgentDefinition;
import hal0.agent.context.AgentFile;
import hal0.agent.context.Agents;
import hal0.agent.tool.ToolException;
import hal0.home.config.ConfigException;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The user's agents, as those that a conversation may give tasks to. `made` makes one for a task;
/// null is the usual one.
record HomeAgents(Agents agents, Function<@Nullable AgentDefinition, SubAgent> made)
        implements SubAgents {

    @Override
    public Optional<String> described() {
        List<AgentDefinition> usable = usable();
        return usable.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        usable.stream()
                                .map(HomeAgents::line)
                                .collect(Collectors.joining("; ", "", ".")));
    }

    @Override
    public SubAgent find(@Nullable String name) {
        if (name == null) {
            return made.apply(null);
        }
        try {
            return made.apply(agents.require(name));
        } catch (ConfigException e) {
            throw new ToolException(
                    "there is no agent \"%s\"; leave \"agent\" out, or take one of: %s"
                            .formatted(
                                    name,
                                    usable().stream()
                                            .map(AgentDefinition::name)
                                            .collect(Collectors.joining(", "))),
                    e);
        }
    }

    /// Who is asked when an agent is to answer: its own model, else the chosen one.
    static Agent.Choice choice(@Nullable AgentDefinition agent, Agent.Choice otherwise) {
        return agent == null || (agent.provider().isEmpty() && agent.model().isEmpty())
                ? otherwise
                : new Agent.Choice(agent.provider(), agent.model());
    }

    private List<AgentDefinition> usable() {
        return agents.all().stream().filter(AgentFile::usable).map(AgentFile::agent).toList();
    }

    private static String line(AgentDefinition agent) {
        return agent.description().isEmpty()
                ? agent.name()
                : agent.name() + " (" + agent.description() + ")";
    }
}
