package hal0.tui;

import static org.assertj.core.api.Assertions.assertThat;

import hal0.agent.AgentEvent;
import hal0.agent.permission.Approver;
import hal0.agent.permission.Intent;
import hal0.home.error.ErrorKind;
import hal0.providers.http.CancelToken;
import hal0.relay.control.ControlPlane;
import hal0.tui.plain.Lines;
import hal0.tui.state.Active;
import hal0.tui.state.Earlier;
import hal0.tui.state.UiState;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlainTest {
    private static final ControlPlane.Active ACTIVE = new ControlPlane.Active("openai", "gpt-5");

    @TempDir Path folder;
    private final List<String> said = Collections.synchronizedList(new ArrayList<>());
    private final List<String> prompts = Collections.synchronizedList(new ArrayList<>());
    private final ScreenApprover approver = new ScreenApprover();
    private Function<String, List<String>> completions = _ -> List.of();

    /// Lines of a script; an empty script is the end.
    private final class Scripted implements Lines {
        private final Deque<String> script;
        private final boolean interactive;

        Scripted(boolean interactive, String... script) {
            this.script = new ArrayDeque<>(List.of(script));
            this.interactive = interactive;
        }

        @Override
        public Read read(String prompt) {
            prompts.add(prompt);
            String next = script.poll();
            return next == null ? new Read.End() : new Read.Text(next);
        }

        @Override
        public Read secret(String prompt) {
            return read("secret " + prompt);
        }

        @Override
        public void answer(String line) {
            said.add(line);
        }

        @Override
        public void aside(String line) {
            said.add("# " + line);
        }

        @Override
        public boolean interactive() {
            return interactive;
        }

        @Override
        public void onInterrupt(Runnable action) {}

        @Override
        public void recall(List<String> entries) {}

        @Override
        public void offer(Function<String, List<String>> words) {
            completions = words;
        }

        @Override
        public void close() {}
    }

    private Plain.End run(FakeConversation conversation, Lines lines) throws InterruptedException {
        return run(conversation, lines, new FakeControl(ACTIVE));
    }

    private Plain.End run(FakeConversation conversation, Lines lines, ControlPlane control)
            throws InterruptedException {
        Services services =
                new Services(
                        conversation,
                        () -> control,
                        List::of,
                        new Active("openai", "gpt-5", false, null),
                        new UiState.About("0.1.0", "config.toml"),
                        new Services.Look(Map.of("TERM", "dumb")),
                        folder.resolve("history"),
                        _ -> {},
                        approver,
                        Earlier.NOTHING,
                        Past.NONE,
                        Surroundings.NONE);
        return Plain.run(services, lines, new CancelToken());
    }

    @Test
    void linesOfAPipeAreMessagesAndAnswersAreLines() throws Exception {
        FakeConversation conversation =
                new FakeConversation(FakeConversation.saying("One\u001b[31m\n\n**two** words"));
        Plain.End end = run(conversation, new Scripted(false, "first\\", "still first", "second"));
        assertThat(end).isEqualTo(Plain.End.WELL);
        assertThat(conversation.calls).containsExactly("send first\nstill first", "send second");
        assertThat(said.subList(0, 3)).containsExactly("One␛[31m", "", "**two** words");
        assertThat(said.get(3)).startsWith("# [").contains("$0.0042");
    }

    @Test
    void firstTurnThatFailsEndsAPipe() throws Exception {
        FakeConversation conversation =
                new FakeConversation((_, _, sink) ->
                        sink.accept(new AgentEvent.TurnFailed(ErrorKind.UNREACHABLE, "no route")));
        Plain.End end = run(conversation, new Scripted(false, "first", "second"));
        assertThat(end.failed()).isEqualTo(ErrorKind.UNREACHABLE);
        assertThat(conversation.calls).containsExactly("send first");
        assertThat(said).contains("# failed: no route");
    }

    @Test
    void questionIsAnsweredByItsNumberAndNothingElse() throws Exception {
        List<Approver.Answer> answers = new ArrayList<>();
        FakeConversation conversation = new FakeConversation(asking(answers));
        run(conversation, new Scripted(true, "go", "yes", "0", "2"));
        assertThat(answers).containsExactly(new Approver.Answer.Session("shell(make)"));
        assertThat(said)
                .contains("# May it? shell make", "# 1) yes, this once", "# 5) no, and stop");
    }

    @Test
    void nobodyIsAskedFromAPipe() throws Exception {
        List<Approver.Answer> answers = new ArrayList<>();
        run(new FakeConversation(asking(answers)), new Scripted(false, "go", "1"));
        assertThat(answers).first().isEqualTo(new Approver.Answer.Nobody());
    }

    private FakeConversation.Script asking(List<Approver.Answer> answers) {
        return (text, cancel, sink) -> {
            Intent intent = new Intent("c1", "shell", "shell make", List.of(), null);
            Approver.Question question =
                    new Approver.Question(intent, "no rule allows it", List.of("shell(make)"));
            answers.add(approver.ask(question, cancel));
            FakeConversation.saying("done").answer(text, cancel, sink);
        };
    }

    @Test
    void modelIsChosenFromAListByNumber() throws Exception {
        FakeConversation conversation = new FakeConversation(FakeConversation.saying("ok"));
        run(conversation, new Scripted(true, "/model", "mini", "1", "hello"));
        assertThat(conversation.calls.getFirst()).startsWith("use openai/").contains("mini");
        assertThat(conversation.calls.getLast()).isEqualTo("send hello");
    }

    @Test
    void pagesAndHelpAreLines() throws Exception {
        FakeConversation conversation = new FakeConversation(FakeConversation.saying("ok"));
        Plain.End end =
                run(conversation, new Scripted(true, "/settings", "", "/help", "/nope", "/exit"));
        assertThat(end).isEqualTo(Plain.End.WELL);
        assertThat(said)
                .anyMatch(line -> line.startsWith("# ") && line.contains("openai"))
                .contains("# /compact: sum up older turns")
                .anyMatch(line -> line.contains("no command /nope"))
                .noneMatch(line -> line.contains("│") || line.contains("\u001b"));
    }

    @Test
    void everyTabOfTheSettingsIsReachedByItsNameAndFromItsNeighbour() throws Exception {
        FakeConversation conversation = new FakeConversation(FakeConversation.saying("ok"));
        run(
                conversation,
                new Scripted(
                        true,
                        "/settings providers",
                        ">",
                        "",
                        "/settings nonsense",
                        "/spend days",
                        ""));
        assertThat(said)
                .contains("# Settings: Providers", "# Settings: Slots", "# Spend: days")
                .anyMatch(line -> line.contains("openai, state ✓ reachable"))
                .anyMatch(line -> line.contains("no nonsense in /settings; there are model,"));
    }

    @Test
    void aKeyIsEnteredWithoutBeingSeenAndWhatIsRefusedIsAskedForAgain() throws Exception {
        FakeConversation conversation = new FakeConversation(FakeConversation.saying("ok"));
        FakeControl control = new FakeControl(ACTIVE);
        Scripted lines =
                new Scripted(
                        true, "/provider", "groq", "1", "1", "two words", "gsk_not-seen", "", "");
        run(conversation, lines, control);
        assertThat(prompts).contains("secret GROQ_API_KEY, kept in api.env> ");
        assertThat(said)
                .contains("# a key has no blanks")
                .contains("# ✓ GROQ_API_KEY is kept in api.env")
                .noneMatch(line -> line.contains("gsk_"));
        assertThat(control.upstreams.keys.get("GROQ_API_KEY").value()).isEqualTo("gsk_not-seen");
    }

    @Test
    void aValueThatIsEnteredTakesThePlaceOfTheOneThatWasThere() throws Exception {
        FakeControl control = new FakeControl(ACTIVE);
        run(
                new FakeConversation(FakeConversation.saying("ok")),
                new Scripted(true, "/settings", "day usd", "1", "4", "", ""),
                control);
        assertThat(prompts).anyMatch(prompt -> prompt.contains("[2.5]> "));
        assertThat(control.settings.changes).containsExactly("{budget.day_usd=4.0}");
    }

    @Test
    void commandsAreCompleted() throws Exception {
        run(new FakeConversation(FakeConversation.saying("ok")), new Scripted(true));
        assertThat(completions.apply("/comp")).contains("/compact");
        assertThat(completions.apply("/settings prov")).containsExactly("providers");
        assertThat(completions.apply("hello")).isEmpty();
    }
}
