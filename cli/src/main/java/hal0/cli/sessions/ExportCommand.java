package hal0.cli.sessions;

import static java.nio.charset.StandardCharsets.UTF_8;

import hal0.agent.session.Session;
import hal0.agent.session.SessionJson;
import hal0.agent.session.SessionMarkdown;
import hal0.agent.session.Sessions;
import hal0.agent.session.StoredSessions;
import hal0.cli.console.Console;
import hal0.cli.console.HomeOptions;
import hal0.cli.console.Logs;
import hal0.home.AtomicFile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `hal0 sessions export ID`: one conversation for other programs, or other people.
@Command(
        name = "export",
        description = {
            "Write a conversation as Markdown, with what tools did folded, or as JSON.",
            "JSON: the fields of the session, and entries with number, holds and what the file says."
        },
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Examples:",
            "  hal0 sessions export last --output talk.md",
            "  hal0 sessions export 20261121-0813 --json"
        })
final class ExportCommand implements Callable<Integer> {
    private final Console console;
    private final HomeOptions home;

    @Parameters(paramLabel = "ID", description = "A session; last for the latest of this folder.")
    private String id = "";

    @ArgGroup(exclusive = true)
    private Form form = new Form();

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            description = "Into that file, which only you may read; standard output by default.")
    private @Nullable Path output;

    /// How it is written.
    static final class Form {
        @Option(names = "--md", description = "Markdown, the default.")
        private boolean markdown;

        @Option(names = "--json", description = "One JSON object.")
        private boolean json;
    }

    ExportCommand(Console console, HomeOptions home) {
        this.console = console;
        this.home = home;
    }

    @Override
    public Integer call() throws IOException {
        Logs.quiet(System.getenv());
        StoredSessions stored =
                new Sessions(home.locate().sessionsFolder(), InstantSource.system()).stored();
        Session session = stored.read(stored.find(id, Path.of("")));
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        if (form.json && !form.markdown) {
            SessionJson.write(session, bytes);
        } else {
            bytes.writeBytes(SessionMarkdown.of(session).getBytes(UTF_8));
        }
        if (output == null) {
            console.out().writeBytes(bytes.toByteArray());
        } else {
            AtomicFile.writePrivate(output.toAbsolutePath(), bytes.toByteArray());
        }
        return 0;
    }
}
