package hal0.agent;

import static hal0.agent.testing.ScriptedClient.FAILURE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hal0.agent.session.Session;
import hal0.agent.session.SessionException;
import hal0.agent.session.Sessions;
import hal0.agent.testing.ScriptedClient;
import hal0.home.error.ErrorKind;
import hal0.providers.error.ProviderException;
import hal0.providers.event.StopReason;
import hal0.providers.event.StreamEvent;
import hal0.providers.event.Usage;
import hal0.providers.http.CancelToken;
import hal0.providers.message.Message;
import hal0.providers.message.Options;
import hal0.providers.message.Part;
import hal0.providers.message.Role;
import hal0.providers.price.Cost;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AgentTest {
    private static final StreamEvent DONE = new StreamEvent.Done(StopReason.END);
    private static final Usage USAGE = new Usage(10, 20, 3, 4, 5, 6, null);

    @TempDir Path folder;
    final ScriptedClient client = new ScriptedClient();
    final CancelToken cancel = new CancelToken();
    Agent chat;

    @BeforeEach
    void open() {
        chat = chat();
    }

    @AfterEach
    void everyAnswerWasClosed() {
        chat.close();
        client.assertAllClosed();
    }

    @Test
    void turnTellsWhatComesInOrder() {
        client.answer(
                new StreamEvent.Started("id", "model-1"),
                new StreamEvent.ThinkingDelta("hm"),
                new StreamEvent.ThinkingSignature("sig"),
                text("Hel"),
                text("lo"),
                new StreamEvent.UsageReport(Usage.of(1, 1)),
                new StreamEvent.UsageReport(USAGE),
                DONE);
        assertThat(send("hi"))
                .containsExactly(
                        new AgentEvent.AnswerStarted("r1", "scripted", "model-1"),
                        new AgentEvent.ThinkingDelta("hm"),
                        new AgentEvent.TextDelta("Hel"),
                        new AgentEvent.TextDelta("lo"),
                        new AgentEvent.Spent(USAGE, new Cost.Usd(new BigDecimal("0.01"))),
                        new AgentEvent.TurnEnded(StopReason.END));
    }

    @Test
    void nextTurnCarriesTheWholeConversation() {
        client.answer(
                new StreamEvent.ThinkingDelta("hm"),
                new StreamEvent.ThinkingSignature("sig"),
                text("one"),
                DONE);
        client.answer(text("two"), DONE);
        send("first");
        send("second");
        assertThat(client.requests().getLast().messages())
                .containsExactly(
                        Message.system("Be brief."),
                        Message.user("first"),
                        new Message(
                                Role.ASSISTANT,
                                List.of(new Part.Thinking("hm", "sig"), new Part.Text("one"))),
                        Message.user("second"));
        assertThat(client.calls())
                .allSatisfy(call -> {
                    assertThat(call.client()).isEqualTo("tui");
                    assertThat(call.session()).isEqualTo(chat.sessionId());
                });
    }

    @Test
    void interruptedTurnKeepsWhatWasSaid() {
        client.answer(text("half an ans"), cancelling());
        assertThat(send("tell")).endsWith(new AgentEvent.TurnInterrupted());

        client.answer(DONE);
        chat.send(List.of(new Part.Text("go on")), new CancelToken(), _ -> {});
        assertThat(client.requests().getLast().messages())
                .containsSubsequence(
                        Message.user("tell"),
                        Message.assistant("half an ans"),
                        Message.user("go on"));
    }

    @Test
    void interruptionBeforeAnAnswerBeganIsNoFailure() {
        cancel.cancel("escape");
        client.refuse(new ProviderException.Unreachable("socket closed", FAILURE, null));
        assertThat(send("tell")).containsExactly(new AgentEvent.TurnInterrupted());
    }

    @Test
    void failureIsToldAndTheQuestionJoinsTheNextOne() {
        client.refuse(new ProviderException.RateLimited("slow down", FAILURE, null));
        assertThat(send("first"))
                .containsExactly(new AgentEvent.TurnFailed(ErrorKind.RATE_LIMITED, "slow down"));

        client.answer(text("yes"), DONE);
        send("again");
        assertThat(client.requests().getLast().messages().getLast().parts())
                .containsExactly(new Part.Text("first"), new Part.Text("again"));
    }

    @Test
    void cutAnswerKeepsWhatWasSeenAndWhatItCost() {
        client.answer(
                text("so far"),
                new StreamEvent.UsageReport(USAGE),
                new ProviderException.BadStream("the stream was cut", FAILURE, null));
        assertThat(send("tell"))
                .endsWith(
                        new AgentEvent.TextDelta("so far"),
                        new AgentEvent.Spent(USAGE, new Cost.Usd(new BigDecimal("0.01"))),
                        new AgentEvent.TurnFailed(ErrorKind.BAD_STREAM, "the stream was cut"));
        assertThat(chat.totals().usd()).isEqualByComparingTo("0.01");
    }

    @Test
    void anotherModelGetsTheSameConversation() {
        client.answer(text("a"), DONE).answer(text("b"), DONE).answer(text("c"), DONE);
        send("one");
        chat.use("groq", "llama");
        send("two");
        chat.use("", "");
        send("three");
        assertThat(client.requests())
                .extracting(r -> r.model())
                .containsExactly("scripted/gpt-5", "groq/llama", "");
        assertThat(client.requests().get(1).messages()).contains(Message.assistant("a"));
    }

    @Test
    void clearedConversationIsForgottenButKeptOnTheDisk() {
        client.answer(text("a"), DONE).answer(text("b"), DONE);
        send("one");
        String first = chat.sessionId();
        chat.clear();
        assertThat(chat.totals()).isEqualTo(Totals.NONE);
        assertThat(chat.sessionId()).isNotEqualTo(first);
        send("two");
        assertThat(client.requests().getLast().messages())
                .containsExactly(Message.system("Be brief."), Message.user("two"));

        Session session = chat.resume(first);
        assertThat(session.entries()).hasSize(2);
        assertThat(chat.sessionId()).isEqualTo(first);
        assertThat(chat.totals().answers()).isEqualTo(1);
    }

    @Test
    void resumedConversationGoesOnInAnotherProcess() {
        client.answer(text("a"), new StreamEvent.UsageReport(USAGE), DONE);
        send("one");
        Totals before = chat.totals();
        String id = chat.sessionId();
        chat.close();

        chat = chat();
        chat.resume(id);
        assertThat(chat.totals()).isEqualTo(before);
        client.answer(text("b"), DONE);
        send("two");
        assertThat(client.requests().getLast().messages())
                .containsSubsequence(
                        Message.user("one"), Message.assistant("a"), Message.user("two"));
        assertThat(Files.exists(folder.resolve(id + ".jsonl"))).isTrue();
    }

    @Test
    void resumingAnUnknownSessionChangesNothing() {
        client.answer(text("a"), DONE).answer(text("b"), DONE);
        send("one");
        String id = chat.sessionId();
        assertThatThrownBy(() -> chat.resume("nope")).isInstanceOf(SessionException.class);
        assertThat(chat.sessionId()).isEqualTo(id);
        assertThat(send("two")).endsWith(new AgentEvent.TurnEnded(StopReason.END));
    }

    @Test
    void totalsKeepApartWhatIsNotKnown() {
        client.answer(text("a"), new StreamEvent.UsageReport(USAGE), DONE);
        send("priced");
        client.price(_ -> new Cost.Unknown());
        client.answer(text("b"), new StreamEvent.UsageReport(USAGE), DONE);
        send("unpriced");
        assertThat(chat.totals())
                .isEqualTo(new Totals(2, 20, 40, 6, 18, 12, new BigDecimal("0.01"), 0, 1, 0));
        assertThat(chat.totals().priceKnown()).isFalse();

        client.price(_ -> new Cost.Local());
        client.answer(text("c"), DONE);
        send("local, not counted");
        assertThat(chat.totals().local()).isEqualTo(1);
        assertThat(chat.totals().tokensKnown()).isFalse();
        assertThat(chat.totals().unpriced()).isEqualTo(1);
    }

    @Test
    void uncountedAnswerOfAProviderIsNotFree() {
        client.answer(text("a"), DONE);
        assertThat(send("one")).contains(new AgentEvent.Spent(Usage.NONE, new Cost.Unknown()));
        assertThat(chat.totals().unpriced()).isEqualTo(1);
        assertThat(chat.totals().cost()).isEqualTo(new Cost.Unknown());
    }

    @Test
    void answerThatFailedBeforeItSaidAnythingSpendsNothing() {
        client.answer(new ProviderException.Overloaded("busy", FAILURE, null));
        assertThat(send("one"))
                .containsExactly(
                        new AgentEvent.AnswerStarted("r1", "scripted", "model-1"),
                        new AgentEvent.TurnFailed(ErrorKind.OVERLOADED, "busy"));
        assertThat(chat.totals()).isEqualTo(Totals.NONE);
        assertThat(chat.totals().cost()).isEqualTo(new Cost.Usd(BigDecimal.ZERO));
    }

    @Test
    void costOfLocalAnswersIsLocalUntilOneWasPaid() {
        client.price(_ -> new Cost.Local());
        client.answer(text("a"), DONE);
        send("one");
        assertThat(chat.totals().cost()).isEqualTo(new Cost.Local());

        client.price(_ -> new Cost.Usd(new BigDecimal("0.02")));
        client.answer(text("b"), new StreamEvent.UsageReport(USAGE), DONE);
        send("two");
        assertThat(chat.totals().cost()).isEqualTo(new Cost.Usd(new BigDecimal("0.02")));
    }

    @Test
    void nothingIsSentThatCannotBeRecorded() throws Exception {
        Path blocked = Files.writeString(folder.resolve("file"), "not a folder");
        chat = chat(blocked);
        assertThat(send("one"))
                .singleElement()
                .isInstanceOfSatisfying(
                        AgentEvent.TurnFailed.class,
                        e -> assertThat(e.message()).contains("cannot be written", "file"));
        assertThat(client.requests()).isEmpty();
    }

    @Test
    void oneTurnAtATime() {
        client.answer(
                (Runnable)
                        () -> {
                            assertThatThrownBy(() -> send("in between"))
                                    .isInstanceOf(IllegalStateException.class);
                            assertThatThrownBy(() -> chat.clear())
                                    .isInstanceOf(IllegalStateException.class);
                        },
                DONE);
        assertThat(send("one")).endsWith(new AgentEvent.TurnEnded(StopReason.END));
    }

    private Agent chat() {
        return chat(folder);
    }

    private Agent chat(Path sessions) {
        InstantSource clock = InstantSource.fixed(Instant.parse("2026-11-21T12:00:00Z"));
        return new Agent(
                client,
                new Sessions(sessions, clock),
                new Agent.Origin("tui", "/project", "Be brief."),
                new Agent.Choice("scripted", "gpt-5"),
                Options.DEFAULT);
    }

    private List<AgentEvent> send(String text) {
        List<AgentEvent> events = new ArrayList<>();
        chat.send(List.of(new Part.Text(text)), cancel, events::add);
        return events;
    }

    private Runnable cancelling() {
        return () -> cancel.cancel("escape");
    }

    private static StreamEvent text(String text) {
        return new StreamEvent.TextDelta(text);
    }
}
