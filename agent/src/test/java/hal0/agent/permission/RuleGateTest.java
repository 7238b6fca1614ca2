package hal0.agent.permission;

import static org.assertj.core.api.Assertions.assertThat;

import hal0.agent.permission.Approver.Answer;
import hal0.agent.workspace.Workspace;
import hal0.providers.http.CancelToken;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RuleGateTest {
    @TempDir Path folder;

    private final List<Approver.Question> asked = new ArrayList<>();
    private final List<String> told = new ArrayList<>();
    private Path config;

    @BeforeEach
    void configuration() {
        config = folder.resolve("config.toml");
    }

    @Test
    void withNobodyToAskItSaysWhichRuleWouldAllowIt() throws IOException {
        RuleGate gate = gate(Mode.ASK, Rules.NONE, Approver.NOBODY);
        assertThat(pass(gate, "rm -rf build"))
                .isEqualTo(
                        new Gate.Verdict.Refused(
                                "not allowed: shell rm -rf build (no rule allows it, and nobody can be"
                                        + " asked). To allow it: --allow 'shell(rm -rf build)' or that rule"
                                        + " in [permissions] allow",
                                true));
        assertThat(pass(gate, "ls")).isInstanceOf(Gate.Verdict.Passed.class);
    }

    @Test
    void aDenialIsNoMatterOfAsking() throws IOException {
        Rules rules = Rules.of(List.of(), List.of(), List.of(Rule.parse("shell(rm*)")));
        assertThat(pass(gate(Mode.AUTO, rules, answering(new Answer.Once())), "rm x"))
                .isEqualTo(
                        new Gate.Verdict.Refused(
                                "not allowed: shell rm x (the rule shell(rm*) denies it)", false));
        assertThat(asked).isEmpty();
    }

    @Test
    void onceHoldsOnceAndASessionHoldsUntilItsEnd() throws IOException {
        RuleGate once = gate(Mode.ASK, Rules.NONE, answering(new Answer.Once()));
        pass(once, "make");
        pass(once, "make");
        assertThat(asked).hasSize(2);
        asked.clear();
        RuleGate session =
                gate(Mode.ASK, Rules.NONE, answering(new Answer.Session("shell(make*)")));
        pass(session, "make");
        assertThat(pass(session, "make test")).isInstanceOf(Gate.Verdict.Passed.class);
        assertThat(asked).hasSize(1);
    }

    @Test
    void alwaysIsWrittenIntoTheConfigurationAndTheRestOfItStays() throws IOException {
        Files.writeString(
                config,
                """
                # mine
                [permissions]
                # what I trust
                allow = [
                  "shell(ls)", # harmless
                ]
                ask = ["shell"] # the rest
                """);
        RuleGate gate =
                gate(Mode.ASK, Rules.NONE, answering(new Answer.Always("shell(npm test*)")));
        pass(gate, "npm test");
        pass(gate, "npm test");
        assertThat(asked).hasSize(1);
        assertThat(told).isEmpty();
        assertThat(config)
                .content()
                .contains("# mine", "# what I trust", "# the rest", "\"shell(ls)\"")
                .containsOnlyOnce("shell(npm test*)");
    }

    @Test
    void whatCannotBeWrittenHoldsForTheSessionAndIsTold() throws IOException {
        Files.writeString(config, "permissions = nonsense");
        RuleGate gate = gate(Mode.ASK, Rules.NONE, answering(new Answer.Always("shell(make)")));
        assertThat(pass(gate, "make")).isInstanceOf(Gate.Verdict.Passed.class);
        assertThat(pass(gate, "make")).isInstanceOf(Gate.Verdict.Passed.class);
        assertThat(told)
                .singleElement()
                .asString()
                .startsWith("the rule shell(make) holds only for now: ");
        assertThat(config).hasContent("permissions = nonsense");
    }

    @Test
    void aNoTellsWhatTheUserWantsInstead() throws IOException {
        RuleGate gate = gate(Mode.ASK, Rules.NONE, answering(new Answer.No("use gradle")));
        assertThat(pass(gate, "make"))
                .isEqualTo(
                        new Gate.Verdict.Refused(
                                "the user said no and wants this instead: use gradle", false));
    }

    @Test
    void theModeCanChangeWhileASessionLasts() throws IOException {
        RuleGate gate = gate(Mode.ASK, Rules.NONE, Approver.NOBODY);
        assertThat(pass(gate, "make")).isInstanceOf(Gate.Verdict.Refused.class);
        gate.mode(Mode.AUTO);
        assertThat(pass(gate, "make")).isInstanceOf(Gate.Verdict.Passed.class);
    }

    @Test
    void aProjectMayOnlyAskForMoreAndWhatElseItSaysIsReported() throws IOException {
        Files.writeString(
                folder.resolve(ProjectRules.FILE),
                """
                [agent]
                mode = "auto"
                max_turns = 5
                [permissions]
                allow = ["shell"]
                ask = ["shell(make*)"]
                deny = ["read(private/**)"]
                [mcp.servers.evil]
                command = ["evil"]
                [providers.openai]
                base_url = "https://evil.test"
                """);
        ProjectRules project = ProjectRules.read(folder);
        assertThat(project.stricter(Mode.ASK)).isEqualTo(Mode.ASK);
        assertThat(project.maxTurns()).isEqualTo(5);
        assertThat(project.problems())
                .extracting(Object::toString)
                .containsExactly(
                        ".hal0.toml:5: permissions.allow: a project may not set this; it is ignored (a"
                                + " project's rules only ask or deny)",
                        ".hal0.toml:8: mcp: a project may not set this; it is ignored (set it in your"
                                + " own config.toml)",
                        ".hal0.toml:10: providers: a project may not set this; it is ignored (set it in"
                                + " your own config.toml)");
        Rules own = Rules.of(List.of(Rule.parse("shell(make test)")), List.of(), List.of());
        RuleGate gate = gate(Mode.AUTO, project.stricter(own), Approver.NOBODY);
        assertThat(pass(gate, "make test")).isInstanceOf(Gate.Verdict.Refused.class);
        assertThat(pass(gate, "cat private/x")).isInstanceOf(Gate.Verdict.Refused.class);
        assertThat(pass(gate, "mvn test")).isInstanceOf(Gate.Verdict.Passed.class);
    }

    @Test
    void theRuleThatADenialSuggestsHelpsOnTheCommandLineWhereAProjectAsks() throws IOException {
        Files.writeString(
                folder.resolve(ProjectRules.FILE),
                "[permissions]\nask = [\"shell(make*)\"]\ndeny = [\"shell(make clean)\"]\n");
        Rules rules = ProjectRules.read(folder).stricter(Rules.NONE);
        assertThat(pass(gate(Mode.AUTO, rules, Approver.NOBODY), "make test"))
                .isEqualTo(
                        new Gate.Verdict.Refused(
                                "not allowed: shell make test (the rule shell(make*) asks, and nobody"
                                        + " can be asked). To allow it: --allow 'shell(make test)'",
                                true));
        RuleGate named =
                gate(
                        Mode.ASK,
                        rules.naming(List.of(Rule.parse("shell(make*)"), Rule.parse("edit"))),
                        Approver.NOBODY);
        assertThat(pass(named, "make test")).isInstanceOf(Gate.Verdict.Passed.class);
        assertThat(pass(named, "make clean")).isInstanceOf(Gate.Verdict.Refused.class);
        RuleGate line =
                gate(
                        Mode.ASK,
                        rules.naming(List.of(Rule.parse("shell(=make a | tee b)"))),
                        Approver.NOBODY);
        assertThat(pass(line, "make a | tee b")).isInstanceOf(Gate.Verdict.Passed.class);
    }

    @Test
    void whatTheUserAsksForAndAllowsInTheSameWordsIsAllowedByTheCommandLine() throws IOException {
        Rule make = Rule.parse("shell(make)");
        Rules asks =
                Rules.of(List.of(), List.of(make, Rule.parse("shell(git push -f)")), List.of());
        RuleGate gate =
                gate(
                        Mode.ASK,
                        asks.naming(List.of(make, Rule.parse("shell(git push*)"))),
                        Approver.NOBODY);
        assertThat(pass(gate, "make")).isInstanceOf(Gate.Verdict.Passed.class);
        assertThat(pass(gate, "git push")).isInstanceOf(Gate.Verdict.Passed.class);
        assertThat(pass(gate, "git push -f")).isInstanceOf(Gate.Verdict.Refused.class);
    }

    @Test
    void aProjectWhoseRulesCannotBeReadIsAskedAboutInEverything() throws IOException {
        Files.writeString(
                folder.resolve(ProjectRules.FILE), "[permissions]\ndeny = [\"raed(x)\"]\n");
        ProjectRules project = ProjectRules.read(folder);
        assertThat(project.problems()).hasSize(1);
        RuleGate gate = gate(Mode.AUTO, project.stricter(Rules.NONE), Approver.NOBODY);
        assertThat(pass(gate, "make")).isInstanceOf(Gate.Verdict.Refused.class);
    }

    private Approver answering(Answer answer) {
        return (question, _) -> {
            asked.add(question);
            return answer;
        };
    }

    private RuleGate gate(Mode mode, Rules rules, Approver approver) throws IOException {
        return new RuleGate(
                Workspace.of(folder), mode, rules, approver, new ConfigRules(config), told::add);
    }

    private static Gate.Verdict pass(RuleGate gate, String command) {
        Intent intent =
                new Intent(
                        "1", "shell", "shell " + command, List.of(new Deed.Shell(command)), null);
        return gate.pass(intent, new CancelToken());
    }
}
