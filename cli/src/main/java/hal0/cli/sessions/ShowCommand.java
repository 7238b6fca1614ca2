package hal0.cli.sessions;

import hal0.agent.session.Session;
import hal0.agent.session.SessionJson;
import hal0.agent.session.SessionMarkdown;
import hal0.agent.session.Sessions;
import hal0.agent.session.StoredSessions;
import hal0.cli.console.Console;
import hal0.cli.console.HomeOptions;
import hal0.cli.console.Logs;
import hal0.cli.console.TerminalText;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `hal0 sessions show ID`: what was said in one.
@Command(
        name = "show",
        description = {
            "Show what was said in a conversation, with the numbers of its entries.",
            "What was taken back is left out, and so is what tools answered unless --full is given."
        },
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Examples:",
            "  hal0 sessions show last",
            "  hal0 sessions show 20261121-0813 --full"
        })
final class ShowCommand implements Callable<Integer> {
    private final Console console;
    private final HomeOptions home;

    @Parameters(
            paramLabel = "ID",
            description = "A session; the latest of this folder by default.",
            defaultValue = StoredSessions.LAST)
    private String id = "";

    @Option(names = "--full", description = "All of it, as hal0 sessions export --md writes it.")
    private boolean full;

    @Option(names = "--json", description = "As hal0 sessions export --json writes it.")
    private boolean json;

    ShowCommand(Console console, HomeOptions home) {
        this.console = console;
        this.home = home;
    }

    @Override
    public Integer call() throws IOException {
        Logs.quiet(System.getenv());
        StoredSessions stored =
                new Sessions(home.locate().sessionsFolder(), InstantSource.system()).stored();
        Session session = stored.read(stored.find(id, Path.of("")));
        if (json) {
            SessionJson.write(session, console.out());
        } else {
            String text = full ? SessionMarkdown.of(session) : SessionText.of(session);
            new TerminalText(console.out(), Console.isTerminal(1)).print(text);
        }
        return 0;
    }
}
