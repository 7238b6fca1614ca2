package hal0.cli.chat;

import hal0.agent.session.StoredSessions;
import hal0.cli.console.CommandException;
import hal0.cli.console.ExitCode;
import hal0.cli.console.ModelOptions;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// How the full-screen client is opened.
public final class ChatOptions {
    private static final String NEWEST = "";

    @Mixin private final ModelOptions models = new ModelOptions();

    @Option(
            names = "--no-relay",
            description = "Do not listen: no other program can use this hal0.")
    private boolean noRelay;

    @Option(
            names = "--relay-port",
            paramLabel = "PORT",
            description = "Port of the relay; [relay] port by default.")
    private @Nullable Integer relayPort;

    @Option(
            names = "--plain",
            description =
                    "In lines, for screen readers and pipes: no screen, no colours. From a pipe each line is a message,"
                            + " unless it ends in \\; nobody is asked, the first turn that fails ends it, and the exit code says why.")
    private boolean plain;

    @Option(
            names = "--inline",
            negatable = true,
            description =
                    "Write to the terminal's own scrollback instead of a full screen; [tui] inline by default.")
    private @Nullable Boolean inline;

    @Option(
            names = {"-r", "--resume"},
            paramLabel = "ID",
            arity = "0..1",
            fallbackValue = NEWEST,
            description = "Go on with that session; with this folder's latest without ID.")
    private @Nullable String resume;

    @Option(
            names = {"-c", "--continue"},
            description = "Go on with the latest session of this folder.")
    private boolean latest;

    ModelOptions models() {
        return models;
    }

    boolean noRelay() {
        return noRelay;
    }

    @Nullable Integer relayPort() {
        if (relayPort != null && (relayPort < 0 || relayPort > 65535)) {
            throw new CommandException(ExitCode.USAGE, "--relay-port is a number from 0 to 65535");
        }
        return relayPort;
    }

    boolean plain() {
        return plain;
    }

    @Nullable Boolean inline() {
        return inline;
    }

    /// The session to go on with, null for a new one.
    ///
    /// **Errors** [hal0.agent.session.SessionException] when it is not there.
    @Nullable String session(StoredSessions sessions, String cwd) {
        if (latest && resume != null) {
            throw new CommandException(
                    ExitCode.USAGE, "--resume and --continue are one or the other");
        }
        if (resume != null && !resume.equals(NEWEST)) {
            return sessions.find(resume, Path.of(cwd));
        }
        return latest || resume != null ? latestOf(sessions, cwd) : null;
    }

    /// The session of that folder in which something was said last.
    static String latestOf(StoredSessions sessions, String cwd) {
        Optional<String> found = sessions.findLatest(cwd);
        return found.orElseThrow(() ->
                new CommandException(
                        ExitCode.CONFIGURATION,
                        "there is no session of %s; hal0 sessions list shows those of other folders"
                                .formatted(cwd)));
    }
}
