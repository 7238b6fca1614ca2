package hal0.agent.shell;

import static hal0.agent.shell.ShellFixture.arguments;
import static hal0.agent.shell.ShellFixture.await;
import static hal0.agent.shell.ShellFixture.lives;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hal0.agent.permission.Deed;
import hal0.agent.process.Launch;
import hal0.agent.process.Running;
import hal0.agent.tool.PlannedCall;
import hal0.agent.tool.ToolException;
import hal0.agent.tool.ToolOutcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(120)
class ShellToolTest {
    @TempDir Path folder;
    ShellFixture shell;

    @BeforeEach
    void open() {
        shell = ShellFixture.in(folder);
    }

    @AfterEach
    void close() {
        shell.close();
    }

    @Test
    void outputAndErrorsComeInTheOrderInWhichTheyWereWritten() {
        ToolOutcome outcome = shell.run("echo a; echo b >&2; echo c; pwd");
        assertThat(outcome.text()).isEqualTo("a\nb\nc\n" + shell.work + "\n[exit code 0]");
        assertThat(outcome.failed()).isFalse();
    }

    /// Who is asked must be able to read all of what would be run.
    @Test
    void whatTheTitleCutsIsThereToBeRead() {
        String command = "echo " + "a".repeat(400) + "; rm -rf src";
        assertThat(plan(command).title()).doesNotContain("rm -rf");
        assertThat(plan(command).preview()).isEqualTo(command);
        assertThat(plan("echo\nrm -rf src").preview()).isEqualTo("echo\nrm -rf src");
        assertThat(plan("git status\n").preview()).isNull();
    }

    private PlannedCall plan(String command) {
        return shell.plan("shell", arguments(command).toString());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    exit 3          | [exit code 3]
                    kill -SEGV $$   | [exit code 139, ended by SIGSEGV]
                    kill -KILL $$   | [exit code 137, ended by SIGKILL]
                    nosuchprogram1  | [exit code 127]
                    """)
    void theEndIsNamedAndIsAFailure(String command, String end) {
        ToolOutcome outcome = shell.run(command);
        assertThat(outcome.text()).endsWith(end);
        assertThat(outcome.failed()).isTrue();
    }

    @Test
    void cdDoesNotLast() {
        shell.run("mkdir sub; cd sub");
        assertThat(shell.run("pwd").text()).startsWith(shell.work + "\n");
    }

    @Test
    void nobodyIsAtTheKeyboard() {
        assertThat(shell.run("cat; echo read").text()).isEqualTo("read\n[exit code 0]");
        assertThat(shell.run("cat /dev/tty").failed()).isTrue();
        assertThat(shell.run("git config --get x.y; echo \"$PAGER $TERM $HAL0\"").text())
                .startsWith("cat dumb 1\n");
    }

    @Test
    void secretVariablesDoNotReachTheCommand() {
        shell.close();
        shell =
                new ShellFixture(
                        folder,
                        (_, _) -> Sandbox.NONE,
                        Map.of(
                                "MY_PROVIDER_KEY", "s3cret-1",
                                "HAL0_API_KEY", "s3cret-2",
                                "HAL0_STORE_PASSWORD", "s3cret-3",
                                "BASH_ENV", "/dev/null",
                                "OTHER", "kept"),
                        Set.of("MY_PROVIDER_KEY"));
        assertThat(shell.run("env; cat /proc/self/environ").text())
                .contains("OTHER=kept")
                .doesNotContain("s3cret", "MY_PROVIDER_KEY", "BASH_ENV");
    }

    @Test
    void outputArrivesWhileTheCommandRuns() throws InterruptedException {
        var pieces = new LinkedBlockingQueue<String>();
        Thread call =
                Thread.ofVirtual()
                        .start(() ->
                                shell.call(
                                        "shell",
                                        arguments(
                                                        "echo one; while ! test -e go; do :; done; echo two")
                                                .toString(),
                                        pieces::add));
        assertThat(pieces.poll(20, TimeUnit.SECONDS)).isEqualTo("one\n");
        touch("go");
        assertThat(pieces.poll(20, TimeUnit.SECONDS)).isEqualTo("two\n");
        assertThat(call.join(Duration.ofSeconds(20))).isTrue();
    }

    private void touch(String name) {
        try {
            Files.createFile(shell.work.resolve(name));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void progressLinesAreFoldedAndEscapesAreGone() {
        assertThat(
                        shell.run(
                                        "printf '1%%\\r50%%\\r100%%\\n\\033[31mred\\033[0m"
                                                + "\\033]52;c;eA==\\007 a\\000b \\xff\\r\\n'")
                                .text())
                .isEqualTo("100%\nred ab �\n[exit code 0]");
    }

    @Test
    void longOutputKeepsBeginningAndEndAndTheRestInAPrivateFile() throws IOException {
        String text = shell.run("seq 1 100000").text();
        assertThat(text.getBytes()).hasSizeLessThan(30 * 1024);
        assertThat(text).startsWith("1\n2\n3\n").endsWith("\n99999\n100000\n[exit code 0]");
        Path file = onlyOutput();
        assertThat(text).contains("bytes left out here; all of it is in " + file + " …]");
        assertThat(Files.readAllLines(file)).hasSize(100_000).contains("54321");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
    }

    private Path onlyOutput() throws IOException {
        try (Stream<Path> files = Files.list(shell.outputs)) {
            List<Path> all = files.toList();
            assertThat(all).hasSize(1);
            return all.getFirst();
        }
    }

    @Test
    void aGigabyteFillsNeitherMemoryNorDisk() throws IOException {
        Runtime runtime = Runtime.getRuntime();
        System.gc();
        long before = runtime.totalMemory() - runtime.freeMemory();
        String text = shell.run("yes 'a line of some length' | head -c 1000000000").text();
        System.gc();
        long after = runtime.totalMemory() - runtime.freeMemory();
        assertThat(after - before).isLessThan(8L << 20);
        assertThat(text.length()).isLessThan(30 * 1024);
        assertThat(text).contains("its beginning is in").endsWith("[exit code 0]");
        assertThat(Files.size(onlyOutput())).isEqualTo(KeptOutputs.MOST);
    }

    @Test
    void aTreeThatHidesIsGoneAfterCancel() throws InterruptedException {
        // A child, one in a session of its own, one that lost its parent, one without environment.
        String command =
                """
                echo $$ > shell.pid
                sh -c 'echo $$ > a.pid; sh -c "setsid sh -c \\"echo \\\\\\$\\\\\\$ > b.pid; sleep 300\\" & wait"' &
                (setsid sh -c 'echo $$ > c.pid; sleep 300' >/dev/null 2>&1 &)
                env -i setsid sh -c 'echo $$ > d.pid; sleep 300' &
                (trap '' TERM; sleep 300)
                """;
        Thread call = Thread.ofVirtual().start(() -> shell.run(command));
        List<String> names = List.of("shell.pid", "a.pid", "b.pid", "c.pid", "d.pid");
        for (String name : names) {
            await(name, () -> shell.file(name).endsWith("\n"));
            assertThat(lives(shell.file(name))).as(name).isTrue();
        }
        shell.cancel.cancel("escape");
        assertThat(call.join(Duration.ofSeconds(20))).isTrue();
        for (String name : names) {
            assertThat(lives(shell.file(name))).as(name).isFalse();
        }
    }

    @Test
    void aProcessThatKeepsReplacingItselfDoesNotOutrunTheEnd()
            throws IOException, InterruptedException {
        String hop =
                """
                cat > hop.sh <<'END'
                echo $1 > hop
                setsid sh hop.sh $(($1 + 1)) > /dev/null 2>&1 < /dev/null &
                END
                sh hop.sh 1; sleep 300
                """;
        Thread call = Thread.ofVirtual().start(() -> shell.run(hop));
        await("hops", () -> shell.file("hop").length() > 2);
        shell.cancel.cancel("escape");
        assertThat(call.join(Duration.ofSeconds(20))).isTrue();
        String last = shell.file("hop");
        Running pause = shell.starter.start(Launch.of(List.of("sleep", "0.2"), shell.work));
        assertThat(pause.awaitExit(Duration.ofSeconds(20))).isTrue();
        assertThat(shell.file("hop")).isEqualTo(last);
    }

    @Test
    void aCommandThatTakesTooLongIsEndedAndKeepsWhatItSaid() {
        ToolOutcome outcome =
                shell.call(
                        "shell",
                        arguments("echo begun; echo $$ > pid; sleep 300; echo never")
                                .put("timeout_seconds", 1)
                                .toString());
        assertThat(outcome.text()).startsWith("begun\n[timed out after 1 s and was ended; ");
        assertThat(outcome.failed()).isTrue();
        assertThat(lives(shell.file("pid"))).isFalse();
    }

    @Test
    void whatACommandLeavesInTheBackgroundBecomesAJob() {
        ToolOutcome outcome =
                shell.run("(while ! test -e go; do sleep 0.01; done; echo later) & echo now");
        assertThat(outcome.text())
                .isEqualTo(
                        "now\n[exit code 0; what it started in the background goes on as job 1]");
        touch("go");
        await("later", () -> shell.call("shell_output", "{\"job\":1}").text().startsWith("later"));
    }

    @Test
    void aWriterThatIsLeftBehindDoesNotFillTheMemory() {
        Runtime runtime = Runtime.getRuntime();
        ToolOutcome outcome = shell.run("yes 'a line of some length' & echo $! > pid");
        assertThat(outcome.text()).contains("goes on as job 1");
        await("much output", () -> onlySize() == KeptOutputs.MOST);
        System.gc();
        assertThat(runtime.totalMemory() - runtime.freeMemory()).isLessThan(200L << 20);
        shell.call("shell_kill", "{\"job\":1}");
        assertThat(lives(shell.file("pid"))).isFalse();
    }

    private long onlySize() {
        try {
            return Files.size(onlyOutput());
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"command\": \"  \"}",
                "{\"command\": [\"ls\"]}",
                "{\"command\": \"a\\u0000b\"}",
                "{\"command\": \"ls\", \"timeout_seconds\": 601}",
                "{\"command\": \"ls\", \"timeout_seconds\": 1.5}",
                "{\"command\": \"ls\", \"background\": \"yes\"}"
            })
    void wrongArgumentsAreNamed(String arguments) {
        assertThatThrownBy(() -> shell.plan("shell", arguments))
                .isInstanceOf(ToolException.class)
                .hasMessageMatching("(?s)\"(command|timeout_seconds|background)\" .+");
    }

    @Test
    void titleShowsEveryLineAndHidesNothing() {
        var planned =
                shell.plan("shell", arguments("git status\nrm -rf x \u001b[2K\u202e").toString());
        assertThat(planned.title()).isEqualTo("shell git status ⏎ rm -rf x �[2K�");
        assertThat(planned.deeds())
                .containsExactly(new Deed.Shell("git status\nrm -rf x \u001b[2K\u202e"));
    }
}
