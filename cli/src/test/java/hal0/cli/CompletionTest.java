package hal0.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import hal0.cli.Hal0Process.Ended;
import hal0.cli.console.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What shells make of the scripts that `hal0 completion` prints.
class CompletionTest {
    @TempDir Path folder;
    private Path bash;
    private Path fish;

    @BeforeEach
    void scripts() throws Exception {
        bash = printed("bash");
        fish = printed("fish");
    }

    private Path printed(String shell) throws IOException, InterruptedException {
        Ended ended = Hal0Process.in(folder.resolve("none")).run("completion", shell);
        assertThat(ended.exit()).as(ended.err()).isZero();
        return Files.writeString(folder.resolve("hal0." + shell), ended.out());
    }

    private static String said(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().close();
        String said = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
        return said;
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "hal0 comple | completion",
                "hal0 run --mo | --mode --model",
                "hal0 run --mode pl | plan",
                "hal0 sessions ex | export",
                "hal0 providers credentials re | remove",
            })
    void bashCompletesWhatIsBeingWritten(String line, String expected) throws Exception {
        String script =
                """
                source "$1"
                COMP_WORDS=($2)
                COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
                COMP_LINE=$2
                COMP_POINT=${#COMP_LINE}
                [[ $(complete -p hal0) =~ -F\\ ([^ ]+) ]] || exit 1
                "${BASH_REMATCH[1]}" hal0 "${COMP_WORDS[COMP_CWORD]}" "${COMP_WORDS[COMP_CWORD-1]}"
                printf '%s\\n' "${COMPREPLY[@]}"
                """;
        String said = said("bash", "-c", script, "bash", bash.toString(), line);
        assertThat(said.lines().map(String::strip)).contains(expected.split(" "));
        assertThat(said.lines().map(String::strip).filter(word -> word.startsWith("--")))
                .as("only what begins like it")
                .allMatch(word -> word.startsWith("--mo"));
    }

    @Test
    void zshReadsWhatBashReads() throws Exception {
        assertThat(Files.readString(printed("zsh")))
                .isEqualTo(Files.readString(bash))
                .contains("bashcompinit");
    }

    @Test
    void fishKnowsEveryCommandAndItsOptions() throws Exception {
        List<String> lines = Files.readAllLines(fish);
        assertThat(lines)
                .anyMatch(line ->
                        line.contains("__hal0_at \\'providers credentials\\'")
                                && line.contains("-a 'set'"))
                .anyMatch(line ->
                        line.contains("__hal0_at \\'run\\'")
                                && line.contains("-l 'mode' -x -a 'plan ask edit auto'"));
        for (String name :
                Set.copyOf(
                        CommandLineRunner.commandLine(hal0.cli.console.Console.standard())
                                .getSubcommands()
                                .keySet())) {
            if (!Set.of("provider", "upstream", "upstreams", "slot", "approval").contains(name)) {
                assertThat(lines).anyMatch(line -> line.contains("-f -a '" + name + "' -d '"));
            }
        }
        assertThat(lines).as("a script of lines").noneMatch(line -> line.contains("\u001b"));
    }

    @Test
    void fishCompletesWhatIsBeingWritten() throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/fish")), "there is no fish here");
        String said =
                said(
                        "/usr/bin/fish",
                        "--no-config",
                        "-c",
                        "source $argv[1]; complete -C 'hal0 sessions ex'",
                        fish.toString());
        assertThat(said).startsWith("export");
    }

    @Test
    void aShellThatNobodyKnowsIsRefused() throws Exception {
        Ended ended = Hal0Process.in(folder.resolve("none")).run("completion", "tcsh");
        assertThat(ended.exit()).isEqualTo(ExitCode.USAGE);
        assertThat(ended.err()).contains("bash, zsh or fish, not \"tcsh\"");
    }
}
