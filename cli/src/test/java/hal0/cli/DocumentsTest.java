package hal0.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.fasterxml.jackson.databind.ObjectMapper;
import hal0.agent.hook.CommandHooks;
import hal0.agent.hook.HookSettings;
import hal0.agent.hook.Hooks;
import hal0.agent.process.Starter;
import hal0.cli.console.Console;
import hal0.providers.http.CancelToken;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/// What the documents say is there: commands, files that they lead to, classes that they name.
class DocumentsTest {
    private static final Pattern LINE =
            Pattern.compile("(?:\\$ |[^#]* \\| |[A-Z0-9_]+=\\S* )?hal0( .+)");
    private static final Pattern WORD =
            Pattern.compile("\"((?:[^\"\\\\]|\\\\.)*)\"|'([^']*)'|([^\\s\"']+)");
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s]+)\\)");
    private static final Pattern HEADING = Pattern.compile("(?m)^#+ (.*)$");
    private static final Pattern CODE = Pattern.compile("(?s)```.*?```");
    private static final Pattern CLASS = Pattern.compile("`([A-Z][a-z][A-Za-z]*)`");

    @TempDir Path folder;

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
        for (Document document : Document.all()) {
            for (Document.Block block : document.blocks()) {
                if (Set.of("sh", "console").contains(block.kind())) {
                    Stream.of(block.text().replace("\\\n", " ").split("\n"))
                            .map(LINE::matcher)
                            .filter(Matcher::matches)
                            .forEach(line -> lines.add(line.group(1)));
                }
            }
        }
        assertThat(lines).hasSizeGreaterThan(100);
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
    void everyLinkLeadsSomewhere() throws Exception {
        for (Document document : Document.all()) {
            Matcher link = LINK.matcher(CODE.matcher(document.text()).replaceAll(""));
            while (link.find()) {
                String target = link.group(1);
                if (!target.contains("://")) {
                    String[] parts = target.split("#", 2);
                    Path file =
                            parts[0].isEmpty()
                                    ? Document.ROOT.resolve(document.name())
                                    : document.folder().resolve(parts[0]).normalize();
                    assertThat(file).as("%s: %s", document, target).exists();
                    if (parts.length == 2) {
                        assertThat(anchors(Files.readString(file)))
                                .as("%s: %s", document, target)
                                .contains(parts[1]);
                    }
                }
            }
        }
    }

    /// As GitHub names headings.
    private static Set<String> anchors(String markdown) {
        return HEADING.matcher(CODE.matcher(markdown).replaceAll(""))
                .results()
                .map(heading -> heading.group(1).toLowerCase(Locale.ROOT))
                .map(text -> text.replaceAll("[^\\p{L}\\p{N} _-]", "").replace(' ', '-'))
                .collect(Collectors.toSet());
    }

    @Test
    void everyBlockIsOfAKindThatATestReads() throws Exception {
        for (Document document : Document.all()) {
            for (Document.Block block : document.blocks()) {
                String where = "%s:%d".formatted(document, block.line());
                if (document.name().equals("CONTRIBUTING.md")) {
                    continue; // It tells developers which scripts there are.
                }
                assertThat(block.kind())
                        .as(where)
                        .isIn("sh", "console", "bash", "toml", "json", "lua", "yaml", "text");
                if (block.kind().equals("json")) {
                    assertThatCode(() -> new ObjectMapper().readTree(block.text()))
                            .as(where)
                            .doesNotThrowAnyException();
                }
            }
        }
    }

    @Test
    void everyGuideEndsWithWhatToDoWhenItDoesNotWork() throws Exception {
        for (String guide :
                List.of(
                        "install",
                        "providers",
                        "providers-in-lua",
                        "terminal",
                        "agent",
                        "relay",
                        "local-models",
                        "spend",
                        "memory",
                        "dashboard",
                        "control",
                        "mcp",
                        "files")) {
            List<String> headings =
                    HEADING.matcher(
                                    CODE.matcher(Document.of("docs/" + guide + ".md").text())
                                            .replaceAll(""))
                            .results()
                            .map(heading -> heading.group(1))
                            .toList();
            assertThat(headings.getLast()).as(guide).isEqualTo("When it does not work");
        }
    }

    @Test
    void everyGuideAndDecisionIsInItsIndex() throws Exception {
        for (String index : List.of("docs", "docs/adr")) {
            String text = Document.of(index + "/README.md").text();
            try (Stream<Path> files = Files.list(Document.ROOT.resolve(index))) {
                assertThat(files.map(file -> String.valueOf(file.getFileName())))
                        .filteredOn(name -> name.endsWith(".md") && !name.equals("README.md"))
                        .allSatisfy(name -> assertThat(text).contains("(" + name + ")"));
            }
        }
    }

    @Test
    void theClassesOfTheArchitectureAreThere() throws Exception {
        Set<String> named = new TreeSet<>();
        CLASS.matcher(Document.of("docs/architecture.md").text())
                .results()
                .forEach(name -> named.add(name.group(1) + ".java"));
        Set<String> there = new TreeSet<>();
        for (String module :
                List.of("home", "providers", "slots", "agent", "relay", "tui", "cli")) {
            try (Stream<Path> files = Files.walk(Document.ROOT.resolve(module).resolve("src"))) {
                files.forEach(file -> there.add(String.valueOf(file.getFileName())));
            }
        }
        assertThat(named).hasSizeGreaterThan(40);
        assertThat(there).containsAll(named);
    }

    @Test
    void theHookOfTheGuideDeniesWhatItSays() throws Exception {
        Path script = folder.resolve("check-call");
        Files.writeString(script, Document.of("docs/agent.md").blocks("bash").getFirst().text());
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
