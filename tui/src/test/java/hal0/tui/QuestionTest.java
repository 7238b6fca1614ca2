package hal0.tui;

import static org.assertj.core.api.Assertions.assertThat;

import hal0.agent.AgentEvent;
import hal0.agent.permission.Approver;
import hal0.agent.permission.Approver.Answer;
import hal0.agent.permission.Intent;
import hal0.providers.event.StopReason;
import hal0.tui.terminal.Size;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class QuestionTest {
    @TempDir Path folder;
    private final AtomicReference<@Nullable Answer> answer = new AtomicReference<>();

    private CountDownLatch released = new CountDownLatch(0);

    @Test
    void questionShowsWhatWhyAndTheRuleAndYAllowsItOnce() {
        try (Pilot pilot = asking(question("-old\n+new"))) {
            pilot.type("go");
            pilot.enter();
            pilot.await("May it?");
            pilot.await("edit src/A.java");
            pilot.await("no rule allows it");
            pilot.await("+new");
            pilot.await("rule: edit(src/A.java)");
            pilot.await("Esc no, and stop");
            pilot.type("y");
            pilot.await("done");
            assertThat(answer.get()).isEqualTo(new Answer.Once());
            assertThat(pilot.screen().text()).doesNotContain("May it?");
        }
    }

    /// Whoever is asked wants to see what led to it.
    @Test
    void questionCoversNothingWhereThereIsRoomBelow() {
        try (Pilot pilot = asking(question(null))) {
            pilot.type("one\\\rtwo\\\rthree\\\rfour\\\rfive\\\rsix\\\rseven\\\rlast line");
            pilot.enter();
            pilot.await("May it?");
            assertThat(pilot.screen().text()).containsSubsequence("seven", "last line", "May it?");
            pilot.type("y");
            pilot.await("done");
        }
    }

    @Test
    void userWhoLooksElsewhereIsCalled() {
        try (Pilot pilot = asking(question(null))) {
            pilot.type("\u001b[Ogo");
            pilot.enter();
            pilot.await("May it?");
            pilot.type("y");
            pilot.await("done");
            assertThat(pilot.screen().modes()).contains("bell");
        }
    }

    @Test
    void tabChoosesTheRuleThatIsMeantForGood() {
        try (Pilot pilot = asking(question(null))) {
            pilot.type("go");
            pilot.enter();
            pilot.await("rule: edit(src/A.java)");
            pilot.type("\t");
            pilot.await("rule: edit(src/**)");
            pilot.type("a");
            pilot.await("done");
            assertThat(answer.get()).isEqualTo(new Answer.Always("edit(src/**)"));
        }
    }

    @Test
    void escRefusesAndInterrupts() {
        try (Pilot pilot = asking(question(null))) {
            pilot.type("go");
            pilot.enter();
            pilot.await("May it?");
            pilot.type("\u001b");
            pilot.await("interrupted");
            assertThat(answer.get()).isEqualTo(new Answer.No(null));
        }
    }

    /// What is allowed unseen is allowed by mistake.
    @Test
    void longCommandIsShownToItsEnd() {
        String command = "shell npm test " + " ".repeat(200) + "&& rm -rf src";
        try (Pilot pilot = asking(about(command, null))) {
            pilot.type("go");
            pilot.enter();
            pilot.await("May it?");
            pilot.await("&& rm -rf src");
            pilot.type("n");
            pilot.await("done");
        }
    }

    @Test
    void whatDoesNotFitIsCountedAndReachedByScrolling() {
        String preview = "+a\n".repeat(60) + "+" + "b".repeat(290) + "THE_END";
        try (Pilot pilot = asking(about("edit src/A.java", preview))) {
            pilot.type("go");
            pilot.enter();
            pilot.await("more lines");
            assertThat(pilot.screen().text()).doesNotContain("THE_END");
            for (int i = 0; i < 9; i++) {
                pilot.type("\u001b[6~");
            }
            pilot.await("THE_END");
            assertThat(pilot.screen().text()).doesNotContain("more line");
            pilot.type("n");
            pilot.await("done");
        }
    }

    @Test
    void lettersThatAreTypedIntoAFieldNeitherAnswerNorShowInThePrompt() {
        released = new CountDownLatch(1);
        try (Pilot pilot = asking(question(null))) {
            pilot.type("go");
            pilot.enter();
            pilot.await("▸ edit src/A.java");
            pilot.type("/settings\r");
            pilot.await("type to narrow");
            released.countDown();
            pilot.await("Tab answers");
            pilot.type("y\u001b[200~yes\u001b[201~\t");
            pilot.await("y yes, once");
            assertThat(answer.get()).isNull();
            assertThat(pilot.screen().text()).doesNotContain("› y");
            pilot.type("n");
            pilot.await("type to narrow");
            pilot.type("\u001b[27u");
            pilot.await("done");
            assertThat(answer.get()).isEqualTo(new Answer.No(null));
        }
    }

    @Test
    void lettersThatAreBeingTypedDoNotAnswer() {
        released = new CountDownLatch(1);
        try (Pilot pilot = asking(question(null))) {
            pilot.type("go");
            pilot.enter();
            pilot.await("▸ edit src/A.java");
            pilot.type("say");
            pilot.await("› say");
            released.countDown();
            pilot.await("Tab answers");
            pilot.type("y");
            pilot.await("sayy");
            assertThat(answer.get()).isNull();
            pilot.type("\tn");
            pilot.await("done");
            assertThat(answer.get()).isEqualTo(new Answer.No(null));
        }
    }

    /// A turn that asks, at once or, for a question without a change to show, when it is released.
    private Pilot asking(Approver.Question question) {
        AtomicReference<@Nullable Pilot> self = new AtomicReference<>();
        Pilot pilot =
                Pilot.at(
                        new Size(80, 24),
                        folder,
                        (_, cancel, sink) -> {
                            sink.accept(new AgentEvent.AnswerStarted("r1", "openai", "gpt-5"));
                            sink.accept(
                                    new AgentEvent.ToolStarted(
                                            "c1", "edit", question.intent().title(), "{}"));
                            awaited();
                            answer.set(self.get().approver.ask(question, cancel));
                            sink.accept(
                                    cancel.isCancelled()
                                            ? new AgentEvent.TurnInterrupted()
                                            : new AgentEvent.TextDelta("done"));
                            if (!cancel.isCancelled()) {
                                sink.accept(new AgentEvent.TurnEnded(StopReason.END));
                            }
                        });
        self.set(pilot);
        return pilot;
    }

    private void awaited() {
        try {
            released.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static Approver.Question question(@Nullable String diff) {
        return about("edit src/A.java", diff);
    }

    private static Approver.Question about(String title, @Nullable String preview) {
        return new Approver.Question(
                new Intent("c1", "edit", title, List.of(), preview),
                "no rule allows it",
                List.of("edit(src/A.java)", "edit(src/**)"));
    }
}
