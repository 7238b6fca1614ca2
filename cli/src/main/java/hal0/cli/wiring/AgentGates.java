package hal0.cli.wiring;

import hal0.agent.context.AgentDefinition;
import hal0.agent.context.Skills;
import hal0.agent.permission.Approver;
import hal0.agent.permission.ConfigRules;
import hal0.agent.permission.Gate;
import hal0.agent.permission.Mode;
import hal0.agent.permission.PermissionSection;
import hal0.agent.permission.ProjectRules;
import hal0.agent.permission.Rule;
import hal0.agent.permission.RuleGate;
import hal0.agent.permission.Rules;
import hal0.agent.workspace.Workspace;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The permissions of a conversation: the user's, a project's, those of the run and of its agent.
record AgentGates(
        Configuration configuration, Workspace workspace, ProjectRules project, AgentWish wish) {

    /// That of the conversation itself, led by `agent` or by none of the user's.
    RuleGate main(Mode mode, Skills skills, @Nullable AgentDefinition agent) {
        List<Rule> allowed = new ArrayList<>();
        for (Path folder : skills.folders()) {
            allowed.add(Rule.parse("read(" + folder + "/**)"));
        }
        // A command's answer tells in which of these files the rest of its output is.
        Path outputs = workspace.resolve(AgentPrograms.outputs(configuration.home()).toString());
        allowed.add(Rule.parse("read(" + outputs + "/shell-*)"));
        Rules rules = configuration.settings().get(PermissionSection.SECTION);
        if (agent != null) {
            allowed.addAll(rules(agent.permissions().allow()));
            rules =
                    rules.stricter(
                            rules(agent.permissions().ask()), rules(agent.permissions().deny()));
        }
        return new RuleGate(
                workspace,
                mode,
                project.stricter(rules).allowing(allowed).naming(wish.rules()),
                wish.approver(),
                new ConfigRules(configuration.home().configFile()),
                wish.tell());
    }

    /// That of a task within the conversation: an agent's own permissions can only take away.
    Gate within(Gate main, @Nullable AgentDefinition agent) {
        if (agent == null || agent.permissions().equals(AgentDefinition.Rules.NONE)) {
            return main;
        }
        Rules own =
                Rules.allBut(rules(agent.permissions().ask()), rules(agent.permissions().deny()))
                        .naming(wish.rules());
        Approver approver = wish.approver();
        Gate narrower =
                new RuleGate(
                        workspace,
                        Mode.AUTO,
                        own,
                        approver,
                        new ConfigRules(configuration.home().configFile()),
                        wish.tell());
        return (intent, cancel) ->
                switch (narrower.pass(intent, cancel)) {
                    case Gate.Verdict.Refused refused -> refused;
                    case Gate.Verdict.Passed _ -> main.pass(intent, cancel);
                };
    }

    private static List<Rule> rules(List<String> written) {
        return written.stream().map(Rule::parse).toList();
    }
}
