package hal0.cli.doctor;

import hal0.agent.AgentSettings;
import hal0.agent.permission.Mode;
import hal0.agent.permission.Rules;
import hal0.agent.process.Programs;
import hal0.agent.process.Starter;
import hal0.agent.shell.Bubblewrap;
import hal0.agent.workspace.Workspace;
import hal0.home.IoReason;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Whether the agent can run commands, and what keeps it from running any it likes.
///
/// **Shape** `bwrap` is tried out in that folder, with a command that does nothing.
record ShellCheck(Map<String, String> environment, AgentSettings settings, Rules rules, Path folder)
        implements Check {
    @Override
    public String id() {
        return "agent";
    }

    @Override
    public List<Row> rows() {
        List<Row> rows = new ArrayList<>(List.of(shell(), sandboxed()));
        boolean anything =
                rules.allow().stream().anyMatch(rule -> rule.text().matches("shell(\\(\\**\\))?"));
        if ((anything || settings.mode() == Mode.AUTO) && !settings.sandbox()) {
            rows.add(
                    Row.warn(
                            "agent.permissions",
                            anything
                                    ? "[permissions] allows every command, and no sandbox is around them"
                                    : "[agent] mode = \"auto\" runs commands unasked, and no sandbox is around them",
                            "write sandbox = true under [agent], or allow single commands, such as \"shell(mvn test*)\""));
        }
        return rows;
    }

    private Row shell() {
        String id = "agent.shell";
        return Programs.find("bash", environment)
                .map(bash -> Row.pass(id, "commands are run by " + bash))
                .or(() ->
                        Programs.find("sh", environment)
                                .map(sh ->
                                        Row.warn(
                                                id,
                                                "there is no bash; commands are run by " + sh,
                                                "install bash: models write for it")))
                .orElseGet(() ->
                        Row.fail(
                                id,
                                "there is neither bash nor sh on PATH, so the agent runs no commands",
                                "install bash"));
    }

    private Row sandboxed() {
        String id = "agent.sandbox";
        if (!settings.sandbox()) {
            return Row.skip(id, "sandbox = false: commands run with all that you may do");
        }
        try (Starter starter = new Starter(environment)) {
            return new Bubblewrap(Workspace.of(folder), starter, List.of())
                    .problem()
                    .map(why -> Row.fail(id, why, "until then the agent runs no commands"))
                    .orElseGet(() ->
                            Row.pass(id, "bwrap works: commands write only the working folder"));
        } catch (IOException e) {
            return Row.fail(id, "%s: %s".formatted(folder, IoReason.of(e)), "");
        }
    }
}
