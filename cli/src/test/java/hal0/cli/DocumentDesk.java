package hal0.cli;

import static org.assertj.core.api.Assertions.assertThat;

import hal0.slots.testing.ModelServer;
import hal0.slots.testing.SlotRuntimeContract;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Where the lines of one document are typed: a home, a folder with a little work in it, a relay
/// that runs, and everything that the lines reach stood in for.
///
/// **Shape** the addresses of the documents lead to the relay and to the model here. `claude`,
/// `codex` and their like are programs that say where they were pointed.
final class DocumentDesk implements AutoCloseable {
    private static final long PATIENCE_SECONDS = 120;
    private static final List<String> PROVIDERS =
            List.of("deepseek", "openai", "anthropic", "groq", "openrouter");
    private static final Pattern RELAY =
            Pattern.compile("127\\.0\\.0\\.1:8080|box\\.lan|hal0 (serve|launch|slots load)");
    private static final String ARCHIVE = "-XX:SharedArchiveFile=";
    private static final String LOCAL = "http://127.0.0.1:";
    private static final Pattern COMMENT = Pattern.compile("\\s+#.*");
    private static final Pattern OWN = Pattern.compile("\\d{8}-\\d{6}-\\d{3}-[a-z0-9]{4}");
    private static final Pattern CONTINUED = Pattern.compile("\\\\\\n\\s*");

    private final Path folder;
    private final Path work;
    private final Path programs;
    private final DocumentedModel model = new DocumentedModel();
    private final @Nullable Hal0Process serve;
    private final String relay;

    /// `program` are the words that start hal0, from [#program].
    DocumentDesk(Path folder, Document document, List<String> program) throws Exception {
        this.folder = folder;
        this.work = Files.createDirectory(folder.resolve("work"));
        this.programs = Files.createDirectory(folder.resolve("bin"));
        configure();
        layWork();
        layPrograms(program);
        if (document.blocks("sh").stream().anyMatch(block -> RELAY.matcher(block.text()).find())) {
            Hal0Process started = setup().start("serve", "--port", "0");
            this.relay = URI.create(started.relayAddress()).getAuthority();
            this.serve = started;
        } else {
            this.relay = "";
            this.serve = null;
        }
    }

    private void configure() throws IOException {
        int port = SlotRuntimeContract.freePort();
        StringBuilder config =
                new StringBuilder(
                        """
                        [active]
                        provider = "deepseek"
                        model = "deepseek-chat"

                        [slots]
                        port_range_start = %1$d
                        port_range_end = %2$d

                        [[route]]
                        model = "smart"
                        targets = ["deepseek/deepseek-chat"]
                        """
                                .formatted(port, port + 9));
        for (String provider : PROVIDERS) {
            config.append("[providers.%s]\n".formatted(provider))
                    .append("compatibility = \"openai-compatible\"\nauth_style = \"bearer\"\n")
                    .append("base_url = \"%s/v1\"\n".formatted(model.address()));
        }
        Files.writeString(folder.resolve("config.toml"), config);
        Files.writeString(folder.resolve("qwen3-4b.gguf"), "");
        Files.writeString(folder.resolve("qwen3-8b.gguf"), "");
        Files.writeString(
                folder.resolve("models.toml"),
                """
                [[model]]
                id = "qwen3-4b"
                path = "%1$s/qwen3-4b.gguf"
                [[model]]
                id = "qwen3-8b"
                path = "%1$s/qwen3-8b.gguf"
                """
                        .formatted(folder));
        // A line that is refused over HTTP has to fail as one that is refused at the keyboard does.
        Files.writeString(folder.resolve(".curlrc"), "fail-with-body\nsilent\nshow-error\n");
        Files.writeString(
                folder.resolve(".gitconfig"), "[user]\nname = Nobody\nemail = nobody@localhost\n");
    }

    private void layWork() throws Exception {
        put("calc.py", "def mean(values):\n    return sum(values) / (len(values) - 1)\n");
        put("test_calc.py", "from calc import mean\n\nassert mean([1, 2, 3]) == 2\n");
        Files.createDirectory(work.resolve("build"));
        put(".gitignore", "__pycache__/\n");
        put("admin.key", "taken as it is until there are keys");
        put(
                "litellm.yaml",
                "model_list:\n  - model_name: fast\n    litellm_params:\n      model: openai/gpt-4o-mini\n      api_base: https://llm.example.org/v1\n      api_key: os.environ/FAST_API_KEY\n");
        put("gateway.lua", Document.of("docs/providers-in-lua.md").blocks("lua").getFirst().text());
        Files.write(
                work.resolve("chart.png"),
                new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n', 0, 0, 0, 0});
        Typed committed =
                type(
                        "git init -q && git add -A && git commit -qm 'Begin' && echo '# more' >> calc.py");
        assertThat(committed.exit()).as(committed.said()).isZero();
    }

    private void put(String name, String text) throws IOException {
        Files.writeString(work.resolve(name), text);
    }

    /// The words that start hal0 with an archive of the classes that a task needs, made here where
    /// there is none yet: some hundred starts follow.
    static List<String> program(Path folder) throws Exception {
        List<String> words = new ArrayList<>(Hal0Process.command());
        // One list cannot be written by many at once.
        words.removeIf(word -> word.startsWith("-XX:DumpLoadedClassList="));
        if (words.stream().noneMatch(word -> word.startsWith(ARCHIVE))) {
            Path archive = folder.resolve("program.jsa");
            List<String> once = new ArrayList<>(words);
            once.add(once.indexOf("-cp"), "-XX:ArchiveClassesAtExit=" + archive);
            Path home = Files.createDirectory(folder.resolve("once"));
            try (DocumentDesk desk = new DocumentDesk(home, Document.of("docs/files.md"), once)) {
                Typed typed = desk.type("hal0 run hello");
                assertThat(typed.exit()).as(typed.said()).isZero();
            }
            words.add(words.indexOf("-cp"), ARCHIVE + archive);
            // It tells in the midst of an answer that the archive knows nothing of an option.
            words.add(words.indexOf("-cp"), "-Xlog:disable");
        }
        return words;
    }

    private void layPrograms(List<String> program) throws IOException {
        StringBuilder hal0 = new StringBuilder("exec");
        program.forEach(word -> hal0.append(" '").append(word).append("'"));
        program("hal0", hal0 + " \"$@\"");
        program("llama-server", "exec '" + ModelServer.binary() + "' \"$@\"");
        // Not on every machine; it says whether an object came.
        program("jq", "grep -q '^{'");
        // What npx would fetch is not there.
        program("npx", "exit 1");
        for (String name : List.of("claude", "codex", "aider", "open-webui")) {
            program(
                    name,
                    "{ env; echo \"$@\"; } | grep -qF '"
                            + LOCAL
                            + "' || { echo 'pointed nowhere' >&2; exit 1; }");
        }
    }

    private void program(String name, String line) throws IOException {
        Path file = Files.writeString(programs.resolve(name), "#!/bin/sh\n" + line + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
    }

    private Hal0Process.Setup setup() {
        Hal0Process.Setup setup = Hal0Process.in(folder);
        environment().forEach(setup::set);
        return setup;
    }

    private Map<String, String> environment() {
        Map<String, String> environment = new TreeMap<>();
        for (String provider : PROVIDERS) {
            environment.put(
                    provider.toUpperCase(java.util.Locale.ROOT) + "_API_KEY", "sk-documented");
        }
        environment.put("PATH", programs + ":" + System.getenv("PATH"));
        environment.put("EDITOR", "true");
        environment.put("PYTHONDONTWRITEBYTECODE", "1");
        return environment;
    }

    /// What a shell said, and how it ended.
    record Typed(int exit, String said) {}

    /// A block of lines, as one script that ends where a line fails; `line` is that of the
    /// document.
    Typed type(Document.Block block) throws Exception {
        StringBuilder script =
                new StringBuilder("set -Eeuo pipefail\n")
                        .append("trap 'echo \"in: $BASH_COMMAND\" >&2' ERR\n");
        for (String line : lines(block)) {
            script.append(NotRun.reason(line).isPresent() ? ":" : here(line)).append('\n');
        }
        return type(script.toString());
    }

    /// The lines of a block, those that go on joined.
    static List<String> lines(Document.Block block) {
        return List.of(CONTINUED.matcher(block.text()).replaceAll(" ").split("\n"));
    }

    /// A line as it counts, whatever is remarked behind it.
    static String plain(String line) {
        return COMMENT.matcher(line).replaceAll("").strip();
    }

    /// What the commands of a block behind `$` say, below each of them as in the document.
    ///
    /// **Shape** what is another each time is put alike in both: [#alike].
    Typed typeSession(Document.Block block) throws Exception {
        StringBuilder script = new StringBuilder("last=0; again() { return $1; }\n");
        for (String line : block.text().split("\n")) {
            if (line.startsWith("$ ")) {
                String command = line.substring(2);
                script.append("echo '%s'; again $last\n".formatted(line.replace("'", "'\\''")))
                        .append(here(command))
                        .append("; last=$?\n");
            }
        }
        return type(script.toString());
    }

    /// Words without their distance, and no name that is made for one conversation.
    static List<String> alike(String text) {
        return text.lines()
                .map(line -> OWN.matcher(line).replaceAll("ID").strip().replaceAll("\\s+", " "))
                .filter(line -> !line.isEmpty())
                .toList();
    }

    /// The addresses that a reader has, as they are here.
    String here(String line) {
        return line.replace("127.0.0.1:8080", relay)
                .replace("box.lan:8080", relay)
                .replace("http://192.168.1.20:8000", model.address())
                .replace("https://llm.example.com", model.address())
                .replace("https://mcp.example.com", model.address());
    }

    Typed type(String script) throws IOException, InterruptedException {
        ProcessBuilder builder =
                new ProcessBuilder("bash", "-c", script)
                        .directory(work.toFile())
                        .redirectErrorStream(true)
                        .redirectInput(new File("/dev/null"));
        builder.environment().clear();
        builder.environment().putAll(setup().environment());
        Process bash = builder.start();
        Output said = Output.reading(bash.getInputStream(), "the shell");
        if (!bash.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            bash.descendants().forEach(ProcessHandle::destroyForcibly);
            bash.destroyForcibly();
            throw new AssertionError("it does not end; it said\n" + said.text());
        }
        return new Typed(bash.exitValue(), said.whole());
    }

    @Override
    public void close() throws Exception {
        if (serve != null) {
            serve.close();
        }
        model.close();
        // What runs in a slot goes on without its relay: nothing of it may outlive the test.
        for (ProcessHandle process : ProcessHandle.allProcesses().toList()) {
            String line = process.info().commandLine().orElse("");
            if (line.contains(folder.toString()) && line.contains("model-server")) {
                process.destroyForcibly();
            }
        }
    }
}
