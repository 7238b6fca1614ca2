package hal0.agent.shell;

import static hal0.agent.shell.ShellFixture.arguments;
import static hal0.agent.shell.ShellFixture.await;
import static hal0.agent.shell.ShellFixture.lives;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hal0.agent.tool.ToolException;
import hal0.agent.tool.ToolOutcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class JobsTest {
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

    private ToolOutcome background(String command) {
        return shell.call("shell", arguments(command).put("background", true).toString());
    }

    private String look(int job) {
        return shell.call("shell_output", "{\"job\":%d}".formatted(job)).text();
    }

    @Test
    void aLookShowsOnlyWhatIsNewSinceTheLast() throws IOException {
        String first =
                background("echo one; while ! test -e go; do sleep 0.01; done; echo two; exit 4")
                        .text();
        assertThat(first).isEqualTo("one\n[job 1: running]");
        assertThat(look(1)).isEqualTo("[job 1: running]");
        Files.createFile(shell.work.resolve("go"));
        assertThat(shell.call("shell_output", "{\"job\":1,\"wait_seconds\":20}").text())
                .isEqualTo("two\n[job 1: exit code 4]");
        assertThat(look(1)).isEqualTo("[job 1: exit code 4]");
    }

    @Test
    void whatFailsAtOnceIsToldAtOnce() {
        assertThat(background("nosuchprogram1").text())
                .contains("not found")
                .endsWith("[job 1: exit code 127]");
    }

    @Test
    void aKilledJobIsGoneWithAllItsProcesses() {
        background("(trap '' TERM; sleep 300) & echo $! > pid; wait");
        await("pid", () -> shell.file("pid").endsWith("\n"));
        assertThat(lives(shell.file("pid"))).isTrue();
        assertThat(shell.call("shell_kill", "{\"job\":1}").failed()).isFalse();
        assertThat(lives(shell.file("pid"))).isFalse();
        assertThat(look(1)).doesNotContain("running");
    }

    @Test
    void anUnknownJobIsAnsweredWithThoseThatThereAre() {
        assertThatThrownBy(() -> look(7))
                .isInstanceOf(ToolException.class)
                .hasMessage("there is no job 7; there are no jobs");
        background("sleep 300");
        background("exit 3");
        await("end", () -> look(2).contains("exit code"));
        assertThatThrownBy(() -> look(7))
                .hasMessage(
                        "there is no job 7; the jobs are: 1 `sleep 300` (running),"
                                + " 2 `exit 3` (exit code 3)");
    }

    @Test
    void aNinthCommandBesideEightIsRefusedUntilOneEnds() {
        for (int i = 0; i < Jobs.MOST_RUNNING; i++) {
            background("sleep 300");
        }
        assertThatThrownBy(() -> background("sleep 300"))
                .isInstanceOf(ToolException.class)
                .hasMessageContainingAll(
                        "8 commands are running already", "shell_kill", "1 `sleep");
        shell.call("shell_kill", "{\"job\":3}");
        assertThat(background("echo ok").text()).contains("ok");
    }

    @Test
    void closingEndsEveryJobAndWhatHasLeftIt() {
        background("sleep 300 & echo $! > a.pid; wait");
        shell.run("(setsid sh -c 'echo $$ > b.pid; exec sleep 300' > /dev/null 2>&1 &)");
        await(
                "pids",
                () -> shell.file("a.pid").endsWith("\n") && shell.file("b.pid").endsWith("\n"));
        assertThat(lives(shell.file("b.pid"))).isTrue();
        long begun = System.nanoTime();
        shell.close();
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(10));
        assertThat(lives(shell.file("a.pid"))).isFalse();
        assertThat(lives(shell.file("b.pid"))).isFalse();
    }
}
