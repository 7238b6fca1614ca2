package hal0.cli.doctor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import hal0.agent.AgentSettings;
import hal0.agent.hook.HookSettings;
import hal0.agent.hook.HookSettings.Command;
import hal0.agent.mcp.ServerSpec;
import hal0.agent.mcp.ServerSpec.Reach;
import hal0.agent.permission.Mode;
import hal0.agent.permission.Rule;
import hal0.agent.permission.Rules;
import hal0.home.Home;
import hal0.relay.control.Finding.Status;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What is often wrong with what the agent needs.
class AgentChecksTest {
    @TempDir Path folder;

    private Home home() throws IOException {
        Home home = new Home(folder.resolve("c"), folder.resolve("d"), folder.resolve("s"));
        home.createFolders();
        return home;
    }

    /// A folder of programs, of which there are those.
    private Map<String, String> programs(String... names) throws IOException {
        Path bin = Files.createDirectories(folder.resolve("bin"));
        for (String name : names) {
            Path file = Files.writeString(bin.resolve(name), "#!/bin/sh\n");
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
        }
        return Map.of("PATH", bin.toString(), "HOME", folder.toString());
    }

    private static AgentSettings settings(Mode mode, boolean sandbox) {
        return new AgentSettings(mode, 64, 0.8, true, sandbox);
    }

    private static void found(List<Row> rows, String id, Status status, String message) {
        assertThat(rows)
                .anySatisfy(row -> {
                    assertThat(row.id()).isEqualTo(id);
                    assertThat(row.status()).isEqualTo(status);
                    assertThat(row.message()).contains(message);
                });
    }

    @Test
    void aMachineWithoutShellIsTold() throws IOException {
        AgentSettings plain = settings(Mode.ASK, false);
        found(
                new ShellCheck(programs(), plain, Rules.NONE, folder).rows(),
                "agent.shell",
                Status.FAIL,
                "neither bash nor sh");
        found(
                new ShellCheck(programs("sh"), plain, Rules.NONE, folder).rows(),
                "agent.shell",
                Status.WARN,
                "no bash");
        List<Row> fine = new ShellCheck(programs("bash"), plain, Rules.NONE, folder).rows();
        found(fine, "agent.shell", Status.PASS, "bin/bash");
        assertThat(fine).noneMatch(row -> row.status() == Status.WARN);
    }

    @Test
    void aSandboxThatCannotBeMadeFails() throws IOException {
        List<Row> rows =
                new ShellCheck(programs("bash"), settings(Mode.ASK, true), Rules.NONE, folder)
                        .rows();
        found(rows, "agent.sandbox", Status.FAIL, "bwrap");
    }

    @ParameterizedTest
    @CsvSource({
        "ASK, false, shell, true",
        "ASK, false, shell(*), true",
        "ASK, false, shell(ls *), false",
        "AUTO, false, edit, true",
        "AUTO, true, shell, false",
    })
    void commandsWithoutAnyFenceAreTold(Mode mode, boolean sandbox, String allow, boolean told)
            throws IOException {
        Rules rules = Rules.of(List.of(Rule.parse(allow)), List.of(), List.of());
        List<Row> rows =
                new ShellCheck(programs("bash"), settings(mode, sandbox), rules, folder).rows();
        assertThat(rows.stream().anyMatch(row -> row.id().equals("agent.permissions")))
                .isEqualTo(told);
    }

    @ParameterizedTest
    @CsvSource({
        "lint --all, PASS",
        "lnit --all, FAIL",
        "~/bin/lint, PASS",
        "~/bin/none, FAIL",
        "/none/lint, FAIL",
        "./of-the-project, PASS",
        "if true; then lint; fi, PASS",
        "A=1 none, PASS",
    })
    void aHookWhoseProgramIsMissingFails(String line, Status status) throws IOException {
        HookSettings hooks =
                new HookSettings(List.of(Command.of(line, "shell")), List.of(), List.of());
        assertThat(new HooksCheck(hooks, programs("lint")).rows())
                .singleElement()
                .extracting(Row::status)
                .isEqualTo(status);
        assertThat(new HooksCheck(HookSettings.NONE, programs()).rows()).isEmpty();
    }

    @Test
    void programsOfMcpServersAreLookedForAndNothingElse() throws IOException {
        Duration any = Duration.ofSeconds(1);
        List<ServerSpec> servers =
                List.of(
                        new ServerSpec(
                                "there", new Reach.Command(List.of("npx"), Map.of()), any, true),
                        new ServerSpec(
                                "gone", new Reach.Command(List.of("uvx"), Map.of()), any, true),
                        new ServerSpec(
                                "off", new Reach.Command(List.of("uvx"), Map.of()), any, false),
                        new ServerSpec(
                                "web",
                                new Reach.Web(
                                        URI.create("https://u.example/mcp?key=planted"), Map.of()),
                                any,
                                true));
        List<Row> rows = new McpCheck(servers, programs("npx")).rows();
        assertThat(rows)
                .extracting(Row::id, Row::status)
                .containsExactly(
                        tuple("mcp.there", Status.PASS),
                        tuple("mcp.gone", Status.FAIL),
                        tuple("mcp.off", Status.SKIP),
                        tuple("mcp.web", Status.SKIP));
        assertThat(rows.toString()).doesNotContain("planted");
    }

    @Test
    void wrongFilesForTheAgentAreNamedWithTheirPlace() throws IOException {
        Home home = home();
        write(home.agentsFolder().resolve("fine.toml"), "prompt = \"x\"\n");
        write(home.agentsFolder().resolve("bad.toml"), "tools = []\nmodle = \"m\"\n");
        write(home.commandsFolder().resolve("empty.md"), "");
        write(home.skillsFolder().resolve("mute/SKILL.md"), "# no head\n");
        Path project = Files.createDirectories(folder.resolve("project"));
        write(project.resolve(".hal0.toml"), "[permissions]\nallow = [\"shell\"]\n");
        List<Row> rows = new AgentFilesCheck(home, project).rows();
        found(rows, "agent.agents", Status.FAIL, "agents/bad.toml:2: modle");
        found(rows, "agent.commands", Status.WARN, "empty.md says nothing");
        found(rows, "agent.skills", Status.WARN, "has no description");
        found(rows, "agent.project", Status.WARN, ".hal0.toml:2: permissions.allow");
        assertThat(rows).allMatch(row -> !row.fix().isEmpty());
    }

    @Test
    void whatIsKeptIsCountedAndAFolderThatCannotBeWrittenFails() throws IOException {
        Home home = home();
        assertThat(new SessionsCheck(home).rows()).allMatch(row -> row.status() == Status.SKIP);
        write(home.sessionsFolder().resolve("a.jsonl"), "x".repeat(3000));
        write(home.checkpointsFolder().resolve("objects/ab/c"), "x".repeat(2 << 20));
        found(new SessionsCheck(home).rows(), "sessions", Status.PASS, "3 KB in 1 file of");
        found(new SessionsCheck(home).rows(), "checkpoints", Status.PASS, "2 MB in 1 file of");
        Files.delete(home.sessionsFolder().resolve("a.jsonl"));
        Files.delete(home.sessionsFolder());
        write(home.sessionsFolder(), "a file in its place");
        found(new SessionsCheck(home).rows(), "sessions", Status.FAIL, "cannot be written");
    }

    private static void write(Path file, String text) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }
}
