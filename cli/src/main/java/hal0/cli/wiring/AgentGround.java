package hal0.cli.wiring;

import hal0.agent.AgentSettings;
import hal0.agent.context.AgentDefinition;
import hal0.agent.context.Agents;
import hal0.agent.context.Instructions;
import hal0.agent.context.Skills;
import hal0.agent.context.Surroundings;
import hal0.agent.context.SystemPrompt;
import hal0.agent.permission.Mode;
import hal0.agent.permission.ProjectRules;
import hal0.agent.workspace.Workspace;
import hal0.home.Home;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The folder that an agent works in, and what is written there and at home for it.
///
/// **Shape** `led` is the user's agent that leads, null for none of them.
record AgentGround(
        Home home,
        Workspace workspace,
        ProjectRules project,
        AgentSettings settings,
        Agents agents,
        @Nullable AgentDefinition led,
        Instructions instructions,
        Skills skills,
        Surroundings surroundings) {

    /// **Errors** [IOException] when the folder is not there, [hal0.home.config.ConfigException]
    /// for an agent that is not.
    static AgentGround read(Configuration configuration, AgentWish wish) throws IOException {
        Home home = configuration.home();
        Workspace workspace = workspace(wish.folder(), home);
        ProjectRules project = ProjectRules.read(workspace.root());
        Agents agents = new Agents(home.agentsFolder());
        return new AgentGround(
                home,
                workspace,
                project,
                stricter(configuration.settings().get(AgentSettings.SECTION), project),
                agents,
                wish.agent() == null ? null : agents.require(wish.agent()),
                Instructions.read(home.config(), workspace),
                Skills.read(home.skillsFolder()),
                Surroundings.of(workspace, LocalDate.now(ZoneId.systemDefault())));
    }

    /// A home that the folder lies in is not all kept from the work: only what is known to be
    /// there.
    private static Workspace workspace(Path folder, Home home) throws IOException {
        Workspace workspace = Workspace.of(folder);
        boolean within = workspace.root().startsWith(workspace.resolve(home.config().toString()));
        List<Path> kept = new ArrayList<>(within ? home.configFiles() : List.of(home.config()));
        kept.add(home.data());
        kept.add(home.state());
        return workspace.keeping(kept);
    }

    /// A project may only make them stricter.
    private static AgentSettings stricter(AgentSettings own, ProjectRules project) {
        Long turns = project.maxTurns();
        return new AgentSettings(
                project.stricter(own.mode()),
                turns == null ? own.maxTurns() : Math.toIntExact(turns),
                project.compactAt() == null ? own.compactAt() : project.compactAt(),
                project.compact() == null ? own.compact() : project.compact(),
                own.sandbox() || project.sandbox());
    }

    /// The mode at the beginning.
    Mode mode(AgentWish wish) {
        return wish.mode() == null ? settings.mode() : wish.mode();
    }

    /// What a model is told before everything: the same for a conversation and for its tasks, but
    /// for what the agent is told of its own.
    SystemPrompt prompt(@Nullable AgentDefinition agent, AgentWish wish) {
        String said = wish.system();
        String own = agent == null || agent.prompt().isEmpty() ? null : agent.prompt();
        String told = said == null ? own : own == null ? said : own + "\n\n" + said;
        return new SystemPrompt(surroundings, instructions, told, skills, mode(wish));
    }

    /// What is wrong with any of it, for the user.
    List<String> notes() {
        List<String> notes = new ArrayList<>(instructions.problems());
        notes.addAll(skills.problems());
        project.problems().forEach(problem -> notes.add(problem.toString()));
        return notes;
    }
}
