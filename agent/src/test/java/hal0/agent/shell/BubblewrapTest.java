package hal0.agent.shell;

import static hal0.agent.shell.ShellFixture.arguments;
import static hal0.agent.shell.ShellFixture.await;
import static hal0.agent.shell.ShellFixture.lives;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import hal0.agent.process.Starter;
import hal0.agent.tool.ToolException;
import hal0.agent.tool.ToolOutcome;
import hal0.agent.workspace.Workspace;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class BubblewrapTest {
    @TempDir Path folder;

    @Nested
    class WhereItWorks {
        ShellFixture shell;
        Path hidden;

        @BeforeEach
        void open() throws IOException {
            shell = ShellFixture.in(folder);
            hidden = Files.createDirectories(folder.resolve("home"));
            Files.writeString(hidden.resolve("api.env"), "KEY=s3cret");
            Files.writeString(folder.resolve("other.txt"), "other");
            Bubblewrap sandbox =
                    new Bubblewrap(Workspace.of(shell.work), shell.starter, List.of(hidden));
            Optional<String> problem = sandbox.problem();
            assumeTrue(problem.isEmpty(), problem.orElse(""));
            shell.close();
            Files.createDirectories(folder.resolve("user/.ssh"));
            Files.writeString(folder.resolve("user/.ssh/id_ed25519"), "s3cret");
            shell =
                    new ShellFixture(
                            folder,
                            this::sandbox,
                            Map.of("HOME", folder.resolve("user").toString()),
                            Set.of());
        }

        private Sandbox sandbox(Workspace workspace, Starter starter) {
            return new Bubblewrap(workspace, starter, List.of(hidden));
        }

        @AfterEach
        void close() {
            shell.close();
        }

        @Test
        void onlyTheWorkspaceCanBeWritten() {
            assertThat(shell.run("echo x > in.txt && cat in.txt").text())
                    .isEqualTo("x\n[exit code 0]");
            assertThat(shell.file("in.txt")).isEqualTo("x\n");
            assertThat(shell.run("echo x > /etc/hal0-test").failed()).isTrue();
            shell.run("echo x > '%s'".formatted(folder.resolve("other.txt")));
            assertThat(folder.resolve("other.txt")).hasContent("other");
            assertThat(shell.run("cat /etc/passwd").failed()).isFalse();
            assertThat(shell.run("echo x > /tmp/hal0-test-own && ls /tmp/hal0-test-own").failed())
                    .isFalse();
            assertThat(Path.of("/tmp/hal0-test-own")).doesNotExist();
        }

        @Test
        void whatIsHiddenCannotBeRead() {
            assertThat(shell.run("cd && find . -type f | xargs cat").text())
                    .isEqualTo("[exit code 0]");
            assertThat(shell.run("cat '%s'/api.env; ls -A '%s'".formatted(hidden, hidden)).text())
                    .doesNotContain("s3cret")
                    .contains("No such file");
        }

        @Test
        void noServerCanBeReachedNorASocketOfTheMachine() throws IOException {
            try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
                String connect = ": < /dev/tcp/127.0.0.1/" + server.getLocalPort();
                assertThat(shell.run(connect).failed()).isTrue();
            }
            assertThat(shell.run("find /run -type s; cat /proc/net/dev | grep -c :").text())
                    .isEqualTo("1\n[exit code 0]");
        }

        @Test
        void aRepositoryCanBeWrittenButNotWhatGitRunsLaterOutside() throws IOException {
            Path git = Files.createDirectories(shell.work.resolve(".git/hooks")).getParent();
            Files.writeString(git.resolve("config"), "[core]\n");
            Path module = Files.createDirectories(git.resolve("modules/a/hooks")).getParent();
            Files.writeString(module.resolve("config"), "[core]\n");
            for (String write :
                    List.of(
                            "echo x > .git/hooks/post-checkout",
                            "echo x >> .git/config",
                            "echo x > .git/modules/a/hooks/post-checkout",
                            "echo x >> .git/modules/a/config",
                            "mv .git/hooks .git/hooks2",
                            "mv .git git2",
                            "rm -rf .git")) {
                assertThat(shell.run(write).failed()).as(write).isTrue();
            }
            assertThat(shell.run("echo x > .git/index").failed()).isFalse();
            assertThat(git.resolve("config")).hasContent("[core]");
        }

        @Test
        void aTreeInsideIsGoneAfterCancel() throws InterruptedException {
            String mark = "2963.%d".formatted(ProcessHandle.current().pid());
            Thread call =
                    Thread.ofVirtual()
                            .start(() -> shell.run("setsid sleep " + mark + " & touch go; wait"));
            await("go", () -> Files.exists(shell.work.resolve("go")));
            await("sleep", () -> sleeps(mark));
            shell.cancel.cancel("escape");
            assertThat(call.join(Duration.ofSeconds(20))).isTrue();
            assertThat(sleeps(mark)).isFalse();
        }

        private static boolean sleeps(String mark) {
            return ProcessHandle.allProcesses()
                    .filter(p -> lives(Long.toString(p.pid())))
                    .anyMatch(p -> p.info().commandLine().orElse("").endsWith("sleep " + mark));
        }

        @Test
        void aJobOutlivesTheThreadThatStartedIt() throws InterruptedException {
            String call =
                    arguments("while ! test -e go; do sleep 0.01; done; echo done")
                            .put("background", true)
                            .toString();
            Thread caller = Thread.ofPlatform().start(() -> shell.call("shell", call));
            assertThat(caller.join(Duration.ofSeconds(20))).isTrue();
            assertThat(shell.call("shell_output", "{\"job\":1}").text())
                    .isEqualTo("[job 1: running]");
            ToolOutcome go = shell.run("touch go");
            assertThat(go.failed()).isFalse();
            assertThat(shell.call("shell_output", "{\"job\":1,\"wait_seconds\":20}").text())
                    .isEqualTo("done\n[job 1: exit code 0]");
        }

        @Test
        void theModelIsToldOfIt() {
            assertThat(shell.shell.tools().getFirst().definition().description())
                    .contains("sandboxed: no network");
        }
    }

    @Nested
    class WhereItDoesNot {
        private Path bin(String name, String script) throws IOException {
            Path bin = Files.createDirectories(folder.resolve("bin"));
            Files.writeString(bin.resolve(name), script);
            Files.setPosixFilePermissions(
                    bin.resolve(name), PosixFilePermissions.fromString("rwxr-xr-x"));
            return bin;
        }

        private void refuses(Map<String, String> environment, String... words) {
            try (ShellFixture shell =
                    new ShellFixture(
                            folder,
                            (workspace, starter) -> new Bubblewrap(workspace, starter, List.of()),
                            environment,
                            Set.of())) {
                assertThatThrownBy(() -> shell.run("touch ran"))
                        .isInstanceOf(ToolException.class)
                        .hasMessageContainingAll(words);
                assertThat(shell.work.resolve("ran")).doesNotExist();
            }
        }

        @Test
        void aMissingBwrapIsNamedAndNothingIsRun() throws IOException {
            Path bin = bin("unrelated", "#!/bin/sh\n");
            for (String needed : List.of("sh", "bash", "setsid", "mkfifo", "touch")) {
                Files.createSymbolicLink(bin.resolve(needed), Path.of("/usr/bin", needed));
            }
            refuses(
                    Map.of("PATH", bin.toString()),
                    "not run",
                    "install the package bubblewrap",
                    "sandbox = false");
        }

        @Test
        void aBwrapThatMayNotMakeNamespacesIsQuotedAndNothingIsRun() throws IOException {
            Path bin =
                    bin(
                            "bwrap",
                            "#!/bin/sh\necho 'bwrap: No permissions to create new namespace' >&2\nexit 1\n");
            refuses(
                    Map.of("PATH", bin + ":" + System.getenv("PATH")),
                    "not run",
                    "No permissions to create new namespace",
                    "seccomp=unconfined",
                    "sandbox = false");
        }
    }
}
