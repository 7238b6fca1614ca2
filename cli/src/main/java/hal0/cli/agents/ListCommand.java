package hal0.cli.agents;

import hal0.agent.context.AgentFile;
import hal0.agent.context.Agents;
import hal0.cli.console.Console;
import hal0.cli.console.HomeOptions;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `hal0 agents list`: which agents there are.
@Command(
        name = "list",
        description = "Show the agents of this home.",
        mixinStandardHelpOptions = true,
        footer = {"", "Examples:", "  hal0 agents list", "  hal0 agents list --json"})
final class ListCommand implements Runnable {
    private final Console console;
    private final HomeOptions home;

    @Option(names = "--json", description = "One JSON array.")
    private boolean json;

    ListCommand(Console console, HomeOptions home) {
        this.console = console;
        this.home = home;
    }

    @Override
    public void run() {
        List<AgentFile> files = new Agents(home.locate().agentsFolder()).all();
        if (files.isEmpty() && !json) {
            console.err().println("There is no agent yet. Make one with: hal0 agents create NAME");
            return;
        }
        (json ? AgentRows.forPrograms(files) : AgentRows.forPeople(files)).print(console, json);
        files.forEach(file -> file.problems().forEach(console::problem));
    }
}
