package hal0.cli;

import static org.assertj.core.api.Assertions.assertThat;

import hal0.agent.hook.CommandHooks;
import hal0.agent.hook.HookSettings;
import hal0.agent.hook.Hooks;
import hal0.agent.process.Starter;
import hal0.cli.console.Console;
import hal0.providers.http.CancelToken;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/// What the documents tell people to type and to write works.
class DocumentsTest {
    private static final Path ROOT = Path.of(System.getProperty("hal0.root"));
    private static final Pattern BLOCK = Pattern.compile("(?ms)^```(\\w*)\\n(.*?)^```$");
    private static final Pattern LINE = Pattern.compile("(?:\\$ |[^#]* \\| )?hal0( .+)");
    private static final Pattern WORD =
            Pattern.compile("\"((?:[^\"\\\\]|\\\\.)*)\"|'([^']*)'|([^\\s\"']+)");

    @TempDir Path folder;

    private static List<String> blocks(String document, String kind) throws IOException {
        List<String> blocks = new ArrayList<>();
        Matcher block = BLOCK.matcher(Files.readString(ROOT.resolve(document)));
        while (block.find()) {
            if (block.group(1).equals(kind)) {
                blocks.add(block.group(2));
            }
        }
        return blocks;
    }

    /// The words after `hal0`, up to what the shell does with the rest of the line.
    private static List<String> words(String line) {
        List<String> words = new ArrayList<>();
        Matcher word = WORD.matcher(line);
        while (word.find()) {
            if (word.group(3) != null && word.group(3).matches("#.*|\\||[<>]+.*|&&|;")) {
                break;
            }
            words.add(
                    word.group(1) != null
                            ? word.group(1)
                            : word.group(2) != null ? word.group(2) : word.group(3));
        }
        return words;
    }

    @Test
    void everyCommandThatIsShownIsUnderstood() throws Exception {
        List<String> lines = new ArrayList<>();
        for (String document : List.of("README.md", "docs/agent.md", "docs/terminal.md")) {
            for (String block : blocks(document, "")) {
                Stream.of(block.replace("\\\n", " ").split("\n"))
                        .map(LINE::matcher)
                        .filter(Matcher::matches)
                        .forEach(line -> lines.add(line.group(1)));
            }
        }
        assertThat(lines).hasSizeGreaterThan(40);
        for (String line : lines) {
            List<String> given = words(line);
            CommandLine all = CommandLineRunner.commandLine(Console.standard());
            CommandLine.ParseResult parsed = all.parseArgs(given.toArray(String[]::new));
            while (parsed.hasSubcommand()) {
                parsed = parsed.subcommand();
            }
            assertThat(parsed.unmatched()).as(line).isEmpty();
            assertThat(parsed.commandSpec().userObject())
                    .as("%s: a command and not only a group of them", line)
                    .isInstanceOfAny(Runnable.class, java.util.concurrent.Callable.class);
        }
    }

    @Test
    void theHookOfTheGuideDeniesWhatItSays() throws Exception {
        Path script = folder.resolve("check-call");
        Files.writeString(script, blocks("docs/agent.md", "sh").getFirst());
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));
        HookSettings settings =
                new HookSettings(
                        List.of(HookSettings.Command.of(script.toString(), "shell")),
                        List.of(),
                        List.of());
        List<String> warnings = new ArrayList<>();
        try (Starter starter = new Starter(Map.of("PATH", System.getenv("PATH")))) {
            CommandHooks hooks = new CommandHooks(settings, starter, folder, warnings::add);
            assertThat(hooks.beforeTool(call("mvn -B deploy"), new CancelToken()))
                    .hasValueSatisfying(why -> assertThat(why).contains("made by people"));
            assertThat(hooks.beforeTool(call("mvn -B test"), new CancelToken())).isEmpty();
        }
        assertThat(warnings).isEmpty();
    }

    private static Hooks.Call call(String command) {
        return new Hooks.Call("s", "1", "shell", "{\"command\": \"" + command + "\"}");
    }
}
