package hal0.cli.providers;

import static java.nio.charset.StandardCharsets.UTF_8;

import hal0.cli.console.CommandException;
import hal0.cli.console.Console;
import hal0.cli.console.ExitCode;
import hal0.cli.console.HomeOptions;
import hal0.cli.wiring.Configuration;
import hal0.cli.wiring.Hal0;
import hal0.providers.Secret;
import hal0.relay.control.ControlPlane;
import hal0.relay.control.Upstreams;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `hal0 providers credentials set ID`: reads a key where nobody else can, and writes it to
/// `api.env`.
@Command(
        name = "set",
        description = {
            "Write a provider's key to api.env.",
            "It is asked for without being shown, or read from standard input or a variable; never"
                    + " given as an argument, which every user of the machine could read."
        },
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Examples:",
            "  hal0 providers credentials set anthropic",
            "  pass show openai | hal0 providers credentials set openai"
        })
final class SetCredentialCommand implements Callable<Integer> {
    private static final int LONGEST_KEY = 64 * 1024;

    private final Console console;
    private final HomeOptions home;

    @Parameters(index = "0", paramLabel = "ID", description = "The provider.")
    private String id = "";

    /// Taken only to be refused: as an unknown argument the key would be repeated in the error.
    @Parameters(index = "1..*", hidden = true)
    private @Nullable List<String> refused;

    @Option(
            names = "--from-env",
            paramLabel = "VAR",
            description = "Take the key from this variable of the environment.")
    private @Nullable String fromEnvironment;

    @Option(
            names = "--name",
            paramLabel = "VAR",
            description = "Which of the provider's variables to set; the first by default.")
    private @Nullable String name;

    SetCredentialCommand(Console console, HomeOptions home) {
        this.console = console;
        this.home = home;
    }

    @Override
    public Integer call() throws IOException {
        if (refused != null) {
            throw new CommandException(
                    ExitCode.USAGE,
                    "a key is not given as an argument: it would stand in the list of processes and"
                            + " in the shell's history. Leave it out and type it when asked; and give"
                            + " the provider a new key if this one was real");
        }
        Configuration configuration = Configuration.read(home.locate(), System.getenv()).orThrow();
        try (Hal0 hal0 = Hal0.open(configuration)) {
            Optional<ControlPlane> elsewhere = hal0.elsewhere();
            if (elsewhere.isPresent()) {
                return setThere(elsewhere.get().upstreams());
            }
        }
        Credential credential = Credential.of(configuration, id, name);
        credential.set(key(credential.variable()), console);
        credential.warnOfEnvironment(console);
        return ExitCode.DONE;
    }

    private int setThere(Upstreams there) throws IOException {
        List<String> names = there.one(id).keyNames();
        if (name == null && names.isEmpty()) {
            throw new CommandException(
                    ExitCode.CONFIGURATION, "%s names no variable for its key".formatted(id));
        }
        String variable = name == null ? names.getFirst() : name;
        there.setCredential(id, variable, new Secret(key(variable)));
        console.out().printf("%s is set%n", variable);
        return ExitCode.DONE;
    }

    private String key(String variable) throws IOException {
        String key = fromEnvironment == null ? typed(variable) : inherited(fromEnvironment);
        if (key.isEmpty()) {
            throw new CommandException(ExitCode.USAGE, "the key is empty; nothing was written");
        }
        return key;
    }

    private static String inherited(String variable) {
        String value = System.getenv(variable);
        if (value == null || value.isBlank()) {
            throw new CommandException(
                    ExitCode.USAGE, "%s is not set in this environment".formatted(variable));
        }
        return value.strip();
    }

    private String typed(String variable) throws IOException {
        if (!Console.isTerminal(0)) {
            return piped();
        }
        // Where the output is none, what is typed would be shown.
        java.io.Console terminal =
                Console.findTerminal()
                        .orElseThrow(() ->
                                new CommandException(
                                        ExitCode.USAGE,
                                        "the output is no terminal, so the key cannot be asked for; pipe it in instead"));
        char @Nullable [] typed =
                terminal.readPassword("Key for %s (%s, not shown): ", id, variable);
        if (typed == null) {
            throw new CommandException(ExitCode.FAILED, "no key was given; nothing was written");
        }
        try {
            return new String(typed).strip();
        } finally {
            Arrays.fill(typed, ' ');
        }
    }

    private static String piped() throws IOException {
        byte[] bytes = System.in.readNBytes(LONGEST_KEY + 1);
        String text = new String(bytes, UTF_8).strip();
        if (bytes.length > LONGEST_KEY || text.lines().count() > 1) {
            throw new CommandException(
                    ExitCode.USAGE,
                    "standard input holds more than one line; a key is one line. Nothing was"
                            + " written");
        }
        return text;
    }
}
