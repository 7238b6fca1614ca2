package hal0.cli.config;

import static java.nio.charset.StandardCharsets.UTF_8;

import hal0.cli.console.CommandException;
import hal0.cli.console.Console;
import hal0.cli.console.ExitCode;
import hal0.cli.console.HomeOptions;
import hal0.cli.wiring.Configuration;
import hal0.cli.wiring.OwnerNotice;
import hal0.home.AtomicFile;
import hal0.home.Home;
import hal0.home.config.ConfigProblem;
import hal0.home.config.TomlSource;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// `hal0 config edit`: the user's editor on a copy, which takes the file's place once it is right.
@Command(
        name = "edit",
        description = {
            "Open config.toml (or upstreams.toml) in $VISUAL or $EDITOR.",
            "It is checked before it takes the file's place."
        },
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Examples:",
            "  hal0 config edit",
            "  EDITOR=nano hal0 config edit upstreams.toml"
        })
final class EditCommand implements Callable<Integer> {
    private final Console console;
    private final HomeOptions home;

    @Parameters(
            arity = "0..1",
            paramLabel = "FILE",
            description = "config.toml (without it) or upstreams.toml.")
    private String name = "config.toml";

    EditCommand(Console console, HomeOptions home) {
        this.console = console;
        this.home = home;
    }

    /// What to do with a text that has errors.
    private enum Choice {
        AGAIN,
        SAVE,
        DROP,
        LEAVE
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        Home at = home.locate();
        Path file = file(at);
        Configuration configuration = Configuration.read(at, System.getenv());
        Editor editor = Editor.of(System.getenv());
        at.createFolders();
        byte @Nullable [] before = Files.exists(file) ? Files.readAllBytes(file) : null;
        // In a folder of its own, so that editors know the file by its name.
        Path folder = Files.createTempDirectory(at.state(), "edit-");
        Path draft = folder.resolve(name);
        Files.write(draft, before == null ? new byte[0] : before);
        try (BufferedReader answers = new BufferedReader(new InputStreamReader(System.in, UTF_8))) {
            return edit(configuration, editor, new Draft(file, before, draft), answers);
        }
    }

    private record Draft(Path file, byte @Nullable [] before, Path draft) {}

    private Path file(Home at) {
        return switch (name) {
            case "config.toml" -> at.configFile();
            case "upstreams.toml" -> at.upstreamsFile();
            default ->
                    throw new CommandException(
                            ExitCode.USAGE,
                            "hal0 config edit opens config.toml or upstreams.toml, not " + name);
        };
    }

    private int edit(
            Configuration configuration, Editor editor, Draft draft, BufferedReader answers)
            throws IOException, InterruptedException {
        while (true) {
            int code = editor.edit(draft.draft());
            if (code != 0) {
                remove(draft);
                throw new CommandException(
                        ExitCode.FAILED,
                        "%s ended with %d; nothing was changed".formatted(editor.command(), code));
            }
            byte[] text = Files.readAllBytes(draft.draft());
            if (Arrays.equals(text, draft.before() == null ? new byte[0] : draft.before())) {
                remove(draft);
                console.err().println("No change.");
                return ExitCode.DONE;
            }
            List<ConfigProblem> problems = problems(configuration, draft.draft());
            problems.forEach(console::problem);
            boolean wrong =
                    problems.stream().anyMatch(p -> p.severity() == ConfigProblem.Severity.ERROR);
            switch (wrong ? ask(answers) : Choice.SAVE) {
                case SAVE -> {
                    return save(configuration, draft, text, wrong);
                }
                case DROP -> {
                    remove(draft);
                    console.err().println("Nothing was changed.");
                    return ExitCode.CONFIGURATION;
                }
                case LEAVE -> {
                    console.err().println("Nothing was changed; your text is in " + draft.draft());
                    return ExitCode.CONFIGURATION;
                }
                case AGAIN -> {}
            }
        }
    }

    private List<ConfigProblem> problems(Configuration configuration, Path draft)
            throws IOException {
        try {
            return configuration.problemsOf(new TomlSource(name, Files.readString(draft)));
        } catch (CharacterCodingException e) {
            return List.of(
                    new ConfigProblem(
                            ConfigProblem.Severity.ERROR,
                            name,
                            0,
                            0,
                            "",
                            "is not UTF-8 text",
                            "save the file as UTF-8"));
        }
    }

    private Choice ask(BufferedReader answers) throws IOException {
        while (true) {
            console.err().print("[e]dit again, [s]ave it as it is, or [d]rop the changes? ");
            console.err().flush();
            String answer = answers.readLine();
            switch (answer == null ? "" : answer.strip()) {
                case "e", "edit" -> {
                    return Choice.AGAIN;
                }
                case "s", "save" -> {
                    return Choice.SAVE;
                }
                case "d", "drop" -> {
                    return Choice.DROP;
                }
                default -> {
                    if (answer == null) {
                        console.err().println();
                        return Choice.LEAVE;
                    }
                }
            }
        }
    }

    private int save(Configuration configuration, Draft draft, byte[] text, boolean wrong)
            throws IOException {
        AtomicFile.edit(
                draft.file(),
                now -> {
                    if (!Arrays.equals(now, draft.before())) {
                        throw new CommandException(
                                ExitCode.FAILED,
                                "%s was changed by another program meanwhile and stays as it is; your text is in %s"
                                        .formatted(draft.file(), draft.draft()));
                    }
                    return text;
                });
        remove(draft);
        console.err().println("Saved %s.".formatted(draft.file()));
        if (wrong) {
            console.err()
                    .println(
                            "warning: it has errors; a running hal0 goes on with what was right before, and commands refuse what cannot be used");
            return ExitCode.CONFIGURATION;
        }
        OwnerNotice.send(configuration, console.err()::println);
        return ExitCode.DONE;
    }

    private static void remove(Draft draft) throws IOException {
        Files.deleteIfExists(draft.draft());
        Path folder = draft.draft().getParent();
        String[] left = folder == null ? null : folder.toFile().list();
        if (folder != null && left != null && left.length == 0) {
            Files.delete(folder); // an editor may have left a backup there: then it stays
        }
    }
}
