package hal0.cli.agents;

import hal0.agent.context.AgentDefinition;
import hal0.agent.context.AgentFile;
import hal0.cli.console.Listing;
import hal0.home.config.ConfigProblem;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Agents as rows of a listing.
final class AgentRows {
    private AgentRows() {}

    static Listing forPrograms(List<AgentFile> files) {
        Listing listing =
                new Listing(
                        "name",
                        "description",
                        "provider",
                        "model",
                        "tools",
                        "prompt",
                        "allow",
                        "ask",
                        "deny",
                        "file",
                        "problems");
        for (AgentFile file : files) {
            AgentDefinition agent = file.agent();
            listing.row(
                    agent.name(),
                    named(agent.description()),
                    named(agent.provider()),
                    named(agent.model()),
                    agent.tools(),
                    named(agent.prompt()),
                    agent.permissions().allow(),
                    agent.permissions().ask(),
                    agent.permissions().deny(),
                    file.file().toString(),
                    file.problems().stream().map(ConfigProblem::toString).toList());
        }
        return listing;
    }

    private static @Nullable String named(String text) {
        return text.isEmpty() ? null : text;
    }

    static Listing forPeople(List<AgentFile> files) {
        Listing listing = new Listing("name", "model", "tools", "description");
        for (AgentFile file : files) {
            AgentDefinition agent = file.agent();
            listing.row(
                    agent.name(),
                    model(agent),
                    tools(agent),
                    file.usable() ? agent.description() : "cannot be used, see below");
        }
        return listing;
    }

    static String model(AgentDefinition agent) {
        if (agent.provider().isEmpty()) {
            return agent.model().isEmpty() ? "(active)" : agent.model();
        }
        return agent.provider() + '/' + (agent.model().isEmpty() ? "(active)" : agent.model());
    }

    static String tools(AgentDefinition agent) {
        List<String> tools = agent.tools();
        if (tools == null) {
            return "all";
        }
        return tools.isEmpty() ? "none" : String.join(",", tools);
    }
}
