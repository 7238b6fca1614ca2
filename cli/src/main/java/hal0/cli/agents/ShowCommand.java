package hal0.cli.agents;

import hal0.agent.context.AgentDefinition;
import hal0.agent.context.AgentFile;
import hal0.agent.context.Agents;
import hal0.cli.console.Console;
import hal0.cli.console.ExitCode;
import hal0.cli.console.HomeOptions;
import hal0.tui.text.Safe;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `hal0 agents show NAME`: all about one agent.
@Command(
        name = "show",
        description = "Show an agent with its prompt and permissions.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Examples:",
            "  hal0 agents show reviewer",
            "  hal0 agents show reviewer --json"
        })
final class ShowCommand implements Callable<Integer> {
    private final Console console;
    private final HomeOptions home;

    @Parameters(paramLabel = "NAME", description = "The agent.")
    private String name = "";

    @Option(names = "--json", description = "A JSON array of one object.")
    private boolean json;

    ShowCommand(Console console, HomeOptions home) {
        this.console = console;
        this.home = home;
    }

    @Override
    public Integer call() {
        AgentFile file = new Agents(home.locate().agentsFolder()).file(name);
        if (json) {
            AgentRows.forPrograms(List.of(file)).print(console, true);
        } else {
            print(file);
        }
        file.problems().forEach(console::problem);
        return file.usable() ? ExitCode.DONE : ExitCode.CONFIGURATION;
    }

    private void print(AgentFile file) {
        AgentDefinition agent = file.agent();
        line("name", agent.name());
        line("file", file.file().toString());
        line("description", agent.description());
        line("model", AgentRows.model(agent));
        line("tools", AgentRows.tools(agent));
        line("allow", String.join(", ", agent.permissions().allow()));
        line("ask", String.join(", ", agent.permissions().ask()));
        line("deny", String.join(", ", agent.permissions().deny()));
        if (!agent.prompt().isEmpty()) {
            console.out().println();
            console.out().println(Safe.visible(agent.prompt().strip()));
        }
    }

    private void line(String label, String text) {
        if (!text.isEmpty()) {
            console.out().printf("%-12s %s%n", label, Safe.oneLine(text));
        }
    }
}
