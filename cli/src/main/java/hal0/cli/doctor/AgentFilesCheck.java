package hal0.cli.doctor;

import hal0.agent.context.AgentFile;
import hal0.agent.context.Agents;
import hal0.agent.context.Instructions;
import hal0.agent.context.Skills;
import hal0.agent.context.SlashCommands;
import hal0.agent.permission.ProjectRules;
import hal0.agent.workspace.Workspace;
import hal0.home.Home;
import hal0.home.IoReason;
import hal0.home.config.ConfigException;
import hal0.home.config.ConfigProblem;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// What is wrong with the files that people write for the agent: its agents, commands and skills,
/// and what the folder that this runs in says.
record AgentFilesCheck(Home home, Path here) implements Check {
    @Override
    public String id() {
        return "agent.files";
    }

    @Override
    public List<Row> rows() {
        List<Row> rows = new ArrayList<>();
        rows.addAll(agents());
        SlashCommands commands = SlashCommands.read(home.commandsFolder());
        rows.addAll(told("agent.commands", commands.problems(), commands.commands().size()));
        Skills skills = Skills.read(home.skillsFolder());
        rows.addAll(told("agent.skills", skills.problems(), skills.skills().size()));
        rows.addAll(project());
        return rows;
    }

    private List<Row> agents() {
        String id = "agent.agents";
        try {
            List<AgentFile> files = new Agents(home.agentsFolder()).all();
            List<Row> rows = new ArrayList<>();
            files.forEach(file -> rows.addAll(problems(id, file.problems())));
            return rows.isEmpty() ? counted(id, files.size()) : rows;
        } catch (ConfigException e) {
            return problems(id, e.problems());
        }
    }

    private List<Row> project() {
        String id = "agent.project";
        try {
            Workspace workspace = Workspace.of(here);
            Instructions instructions = Instructions.read(home.config(), workspace);
            List<Row> rows = new ArrayList<>(told(id, instructions.problems(), 0));
            rows.addAll(problems(id, ProjectRules.read(workspace.root()).problems()));
            if (rows.isEmpty() && !instructions.pieces().isEmpty()) {
                rows.add(
                        Row.pass(
                                id,
                                "the agent reads "
                                        + String.join(
                                                ", ",
                                                instructions.pieces().stream()
                                                        .map(piece -> piece.file().toString())
                                                        .toList())));
            }
            return rows;
        } catch (IOException e) {
            return List.of(Row.fail(id, "%s: %s".formatted(here, IoReason.of(e)), ""));
        }
    }

    /// Sentences that end in what to do, after a semicolon.
    private static List<Row> told(String id, List<String> problems, int usable) {
        if (problems.isEmpty()) {
            return counted(id, usable);
        }
        return problems.stream()
                .map(problem -> Row.told(false, id, problem.replaceFirst("; (?=[^;]*$)", ". ")))
                .toList();
    }

    private static List<Row> counted(String id, int usable) {
        String word = id.substring(id.indexOf('.') + 1);
        return usable == 0
                ? List.of()
                : List.of(Row.pass(id, "%d %s can be used".formatted(usable, word)));
    }

    private static List<Row> problems(String id, List<ConfigProblem> problems) {
        return problems.stream()
                .map(problem ->
                        Row.bad(
                                problem.severity() == ConfigProblem.Severity.ERROR,
                                id,
                                ConfigCheck.place(problem) + problem.message(),
                                problem.fix()))
                .toList();
    }
}
