package hal0.agent.permission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import hal0.agent.workspace.Workspace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What is allowed is run for real, by bash, where each program only writes down how it was called:
/// nothing but the allowed command may have been.
class HostileCommandTest {
    private static final Rules GIT_STATUS =
            Rules.of(List.of(Rule.parse("shell(git status*)")), List.of(), List.of());

    @TempDir Path folder;

    private RecordingShell shell;
    private Workspace workspace;

    @BeforeEach
    void bash() throws IOException {
        assumeTrue(RecordingShell.isThere(), "no bash here to run what was allowed");
        shell = RecordingShell.in(folder);
        workspace = Workspace.of(shell.workspace());
    }

    @Test
    void noDisguiseGetsAForbiddenCommandPastARule() throws Exception {
        Set<String> lines = new LinkedHashSet<>(HostileCommands.all(20_261_121, 6_000));
        lines.addAll(HostileCommands.otherwiseInSh());
        List<String> allowed = new ArrayList<>();
        for (String line : lines) {
            if (decide(line) instanceof Decision.Allow) {
                allowed.add(line);
            }
        }
        List<String> wrong = new ArrayList<>();
        for (String line : allowed) {
            List<String> ran = shell.run(line);
            boolean fine = ran.stream().allMatch(HostileCommandTest::isFine);
            if (!fine) {
                wrong.add(line + " ran " + ran);
            }
        }
        assertThat(wrong).isEmpty();
        assertThat(lines.size()).isGreaterThan(5_000);
        assertThat(allowed).as("some lines only run what is allowed").hasSizeGreaterThan(100);
    }

    /// Where there is no bash, sh runs what was judged as bash would read it.
    @ParameterizedTest
    @ValueSource(strings = {"/usr/bin/dash", "/usr/bin/busybox sh"})
    void whatIsAllowedIsAsHarmlessInAnotherShell(String written) throws Exception {
        List<String> other = List.of(written.split(" ", -1));
        assumeTrue(Files.isExecutable(Path.of(other.getFirst())), "there is no " + written);
        Set<String> lines = new LinkedHashSet<>(HostileCommands.otherwiseInSh());
        lines.addAll(HostileCommands.all(20_261_122, 2_500));
        List<String> wrong = new ArrayList<>();
        int ran = 0;
        for (String line : lines) {
            boolean function = line.matches("(?s).*(\\(\\s*\\)|function).*");
            if (function || !(decide(line, false) instanceof Decision.Allow)) {
                continue;
            }
            ran++;
            List<String> calls = shell.run(other, line);
            if (!calls.stream().allMatch(HostileCommandTest::isFine)) {
                wrong.add(line + " ran " + calls);
            }
        }
        assertThat(wrong).isEmpty();
        assertThat(ran).as("some lines only run what is allowed").isGreaterThan(50);
    }

    /// Such lines are among those that are run for real, so this holds before they are.
    @Test
    @Timeout(60)
    void whatCallsItselfWithoutEndIsStopped() throws Exception {
        for (String endless :
                List.of(
                        "git() { git status; }; git status; touch after",
                        "git() { git status | git status & }; git status",
                        "bash -c 'git() { git status & git status & }; git status'",
                        "env -i $(type -P bash) -c 'git() { git status | git status; }; git status'")) {
            assertThat(shell.run(endless)).as(endless).isEmpty();
        }
    }

    /// The rule is about all that begins so; `ls` and `cat` only look, which is free.
    private static boolean isFine(String call) {
        return call.startsWith("git status") || call.matches("(?s)(ls|cat)( .*)?");
    }

    private Decision decide(String line) {
        return decide(line, true);
    }

    private Decision decide(String line, boolean bash) {
        return Permissions.decide(new Deed.Shell(line, bash), Mode.ASK, GIT_STATUS, workspace);
    }
}
