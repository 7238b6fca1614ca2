package hal0.agent;

import static hal0.agent.testing.ScriptedClient.FAILURE;
import static org.assertj.core.api.Assertions.assertThat;

import hal0.agent.checkpoint.Checkpoints;
import hal0.agent.file.FileTools;
import hal0.agent.file.SeenFiles;
import hal0.agent.hook.Hooks;
import hal0.agent.permission.Gate;
import hal0.agent.session.SessionEntry;
import hal0.agent.session.Sessions;
import hal0.agent.session.Todo;
import hal0.agent.testing.FakeTool;
import hal0.agent.testing.ScriptedClient;
import hal0.agent.tool.AgentTool;
import hal0.agent.tool.ToolException;
import hal0.agent.tool.ToolOutcome;
import hal0.agent.workspace.Workspace;
import hal0.home.error.ErrorKind;
import hal0.providers.ModelInfo;
import hal0.providers.error.ProviderException;
import hal0.providers.event.StopReason;
import hal0.providers.event.StreamEvent;
import hal0.providers.event.Usage;
import hal0.providers.http.CancelToken;
import hal0.providers.message.Message;
import hal0.providers.message.Options;
import hal0.providers.message.Part;
import hal0.providers.message.Role;
import hal0.providers.message.Tool;
import hal0.providers.price.Price;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AgentToolsTest {
    private static final StreamEvent CALLS = new StreamEvent.Done(StopReason.TOOL_CALLS);
    private static final StreamEvent END = new StreamEvent.Done(StopReason.END);

    @TempDir Path folder;
    private final ScriptedClient client = new ScriptedClient();
    private final CancelToken cancel = new CancelToken();
    private final List<AgentTool> tools = new ArrayList<>();
    private Gate gate = (_, _) -> new Gate.Verdict.Passed();
    private Hooks hooks = Hooks.NONE;
    private ModelInfo model = ModelInfo.of("m");
    private Compaction compaction = Compaction.OFF;
    private Limits limits = Limits.USUAL;

    @AfterEach
    void everyAnswerWasClosed() {
        client.assertAllClosed();
    }

    @Test
    void resultsOfCallsGoBackUntilTheModelIsDone() {
        tools.add(FakeTool.reading("look", (arguments, _) -> ToolOutcome.of("saw " + arguments)));
        client.answer(text("I look."), call(0, "c1", "look", "{\"at\":1}"), CALLS);
        client.answer(text("Done."), END);
        List<AgentEvent> events = send();
        assertThat(events)
                .filteredOn(AgentEvent.Work.class::isInstance)
                .first()
                .isEqualTo(
                        new AgentEvent.ToolStarted("c1", "look", "look {\"at\":1}", "{\"at\":1}"));
        assertThat(events).last().isEqualTo(new AgentEvent.TurnEnded(StopReason.END));
        assertThat(client.requests().getFirst().tools())
                .containsExactly(new Tool("look", "Does look.", "{\"type\":\"object\"}"));
        assertThat(client.requests().getLast().messages().subList(1, 3))
                .containsExactly(
                        new Message(
                                Role.ASSISTANT,
                                List.of(
                                        new Part.Text("I look."),
                                        new Part.ToolCall("c1", "look", "{\"at\":1}"))),
                        new Message(
                                Role.USER,
                                List.of(
                                        new Part.ToolResult(
                                                "c1",
                                                List.of(new Part.Text("saw {\"at\":1}")),
                                                false))));
    }

    @Test
    void callsThatOnlyReadRunBesideEachOtherAndAreToldInTheirOrder() {
        CountDownLatch both = new CountDownLatch(2);
        tools.add(
                FakeTool.reading(
                        "look",
                        (arguments, _) -> {
                            both.countDown();
                            return ToolOutcome.of(met(both) + " " + arguments.path("n"));
                        }));
        client.answer(
                call(0, "c1", "look", "{\"n\":1}"), call(1, "c2", "look", "{\"n\":2}"), CALLS);
        client.answer(END);
        send();
        assertThat(results()).containsExactly("true 1", "true 2");
    }

    @Test
    void callsThatWriteRunAloneAndInOrder() {
        List<String> order = Collections.synchronizedList(new ArrayList<>());
        tools.add(
                FakeTool.reading(
                        "look", (arguments, _) -> noted(order, "look" + arguments.path("n"))));
        tools.add(
                FakeTool.writing(
                        "make",
                        List.of(),
                        (arguments, _) -> noted(order, "make" + arguments.path("n"))));
        client.answer(
                call(0, "a", "look", "{\"n\":1}"),
                call(1, "b", "make", "{\"n\":2}"),
                call(2, "c", "make", "{\"n\":3}"),
                call(3, "d", "look", "{\"n\":4}"),
                CALLS);
        client.answer(END);
        send();
        assertThat(order).containsExactly("look1", "make2", "make3", "look4");
        assertThat(results()).containsExactly("look1", "make2", "make3", "look4");
    }

    @Test
    void fileThatIsReadInTheSameAnswerMayBeEdited() throws IOException {
        Path file = Files.writeString(folder.resolve("a"), "one");
        tools.addAll(FileTools.of(Workspace.of(folder), new SeenFiles()));
        client.answer(
                call(0, "c1", "read", "{\"path\":\"a\"}"),
                call(1, "c2", "edit", "{\"path\":\"a\",\"old\":\"one\",\"new\":\"two\"}"),
                CALLS);
        client.answer(END);
        send();
        assertThat(results()).last().isEqualTo("edited a: 1 place");
        assertThat(file).hasContent("two");
    }

    @Test
    void whatIsRefusedIsToldToTheModelAndNotRun() {
        tools.add(
                FakeTool.writing(
                        "make",
                        List.of(),
                        (_, _) -> {
                            throw new AssertionError("it ran");
                        }));
        gate = (intent, _) -> new Gate.Verdict.Refused("not " + intent.tool(), true);
        client.answer(call(0, "c1", "make", "{}"), CALLS);
        client.answer(END);
        assertThat(send())
                .contains(new AgentEvent.ToolEnded("c1", ToolOutcome.failed("not make"), true, 0));
        assertThat(results()).containsExactly("not make");
    }

    @Test
    void toolsThatDoNotExistAndArgumentsThatAreNoneAreExplained() {
        tools.add(FakeTool.reading("look", (_, _) -> ToolOutcome.of("saw")));
        client.answer(
                call(0, "a", "lok", "{}"),
                call(1, "b", "look", "{\"n\":"),
                call(2, "c", "look", "[1]"),
                call(3, "d", "look", "{\"wrong\":1}"),
                CALLS);
        client.answer(END);
        send();
        assertThat(results().get(0)).contains("no tool \"lok\"").contains("did you mean \"look\"");
        assertThat(results().get(1)).contains("not JSON");
        assertThat(results().get(2)).contains("not a JSON object");
        assertThat(results().get(3)).isEqualTo("wrong is not an argument of look");
    }

    @Test
    void faultOfAToolDoesNotEndTheConversation() {
        tools.add(
                FakeTool.reading(
                        "look",
                        (_, _) -> {
                            throw new IllegalStateException("broken");
                        }));
        client.answer(call(0, "a", "look", "{}"), CALLS);
        client.answer(END);
        assertThat(send()).last().isEqualTo(new AgentEvent.TurnEnded(StopReason.END));
        assertThat(results().getFirst()).contains("broken");
    }

    @Test
    void sameCallThatFailsThreeTimesEndsTheTurn() {
        tools.add(FakeTool.reading("look", (_, _) -> ToolOutcome.failed("no")));
        for (int i = 0; i < 3; i++) {
            client.answer(call(0, "c" + i, "look", "{\"n\":1}"), CALLS);
        }
        assertThat(send())
                .last()
                .isInstanceOfSatisfying(
                        AgentEvent.TurnHalted.class,
                        halted -> assertThat(halted.why()).contains("look failed 3 times"));
    }

    @Test
    void callThatFailedAndThenWorkedMayFailAgain() {
        int[] calls = {0};
        tools.add(
                FakeTool.reading(
                        "look",
                        (_, _) ->
                                calls[0]++ == 2
                                        ? ToolOutcome.of("yes")
                                        : ToolOutcome.failed("no")));
        for (int i = 0; i < 5; i++) {
            client.answer(call(0, "c" + i, "look", "{}"), CALLS);
        }
        client.answer(END);
        assertThat(send()).last().isEqualTo(new AgentEvent.TurnEnded(StopReason.END));
    }

    @Test
    void turnEndsAtItsLimitOfAnswers() {
        limits = new Limits(2, null);
        tools.add(FakeTool.reading("look", (_, _) -> ToolOutcome.of("saw")));
        client.answer(call(0, "a", "look", "{}"), CALLS);
        client.answer(call(0, "b", "look", "{}"), CALLS);
        assertThat(send())
                .last()
                .isInstanceOfSatisfying(
                        AgentEvent.TurnHalted.class,
                        halted -> assertThat(halted.why()).contains("(2)", "max_turns"));
    }

    @Test
    void interruptionEndsTheToolAndMarksWhatWasNotRun() {
        tools.add(
                FakeTool.writing(
                        "make",
                        List.of(),
                        (_, run) -> {
                            cancel.cancel("enough");
                            throw new ToolException("ended by " + run.callId());
                        }));
        client.answer(call(0, "a", "make", "{}"), call(1, "b", "make", "{}"), CALLS);
        try (Agent agent = agent()) {
            List<AgentEvent> events = new ArrayList<>();
            agent.send(List.of(new Part.Text("go")), cancel, events::add);
            assertThat(events).last().isEqualTo(new AgentEvent.TurnInterrupted());
            assertThat(agent.history().all().getLast().entry())
                    .isInstanceOfSatisfying(
                            SessionEntry.Halted.class,
                            halted -> assertThat(halted.why()).isEqualTo("interrupted"));
            assertThat(agent.history().all())
                    .extracting(each -> each.entry())
                    .filteredOn(SessionEntry.ToolAnswered.class::isInstance)
                    .hasSize(2)
                    .allSatisfy(entry ->
                            assertThat(((SessionEntry.ToolAnswered) entry).result())
                                    .satisfies(result ->
                                            assertThat(result.content().toString())
                                                    .contains("interrupted")));
        }
    }

    @Test
    void modelThatRefusesToolsIsAskedWithoutThem() {
        tools.add(FakeTool.reading("look", (_, _) -> ToolOutcome.of("saw")));
        client.refuse(
                new ProviderException.Rejected(
                        "registry.ollama.ai/library/tiny does not support tools", FAILURE, null));
        client.answer(text("Hello."), END);
        assertThat(send())
                .anySatisfy(event ->
                        assertThat(event)
                                .isInstanceOfSatisfying(
                                        AgentEvent.Noted.class,
                                        noted -> assertThat(noted.text()).contains("without them")))
                .last()
                .isEqualTo(new AgentEvent.TurnEnded(StopReason.END));
        assertThat(client.requests().getLast().tools()).isEmpty();
    }

    @Test
    void modelThatIsKnownToTakeNoToolsIsNotOfferedAny() {
        model = new ModelInfo("m", null, null, null, null, false, null, null, Price.UNKNOWN);
        tools.add(FakeTool.reading("look", (_, _) -> ToolOutcome.of("saw")));
        client.answer(END);
        send();
        assertThat(client.requests().getFirst().tools()).isEmpty();
    }

    @Test
    void hookRefusesACallAndKeepsATurnGoing() {
        tools.add(FakeTool.reading("look", (_, _) -> ToolOutcome.of("saw")));
        hooks =
                new Hooks() {
                    private boolean stopped;

                    @Override
                    public Optional<String> beforeTool(Call call, CancelToken token) {
                        return call.id().equals("a") ? Optional.of("not now") : Optional.empty();
                    }

                    @Override
                    public Optional<String> afterTool(
                            Call call, String result, boolean failed, CancelToken token) {
                        return failed ? Optional.empty() : Optional.of("after " + result);
                    }

                    @Override
                    public Optional<String> onStop(
                            String session, String answer, CancelToken token) {
                        Optional<String> more =
                                stopped ? Optional.empty() : Optional.of("tests: " + answer);
                        stopped = true;
                        return more;
                    }
                };
        client.answer(call(0, "a", "look", "{}"), call(1, "b", "look", "{}"), CALLS);
        client.answer(text("fine"), END);
        client.answer(text("now fine"), END);
        assertThat(send()).last().isEqualTo(new AgentEvent.TurnEnded(StopReason.END));
        assertThat(client.requests()).hasSize(3);
        assertThat(client.requests().getLast().messages().getLast())
                .isEqualTo(Message.user("tests: fine"));
        assertThat(client.requests().get(1).messages().getLast().parts().toString())
                .contains("a hook refuses it: not now")
                .contains("after saw");
    }

    @Test
    void whatIsSaidMeanwhileIsToldBeforeTheNextAnswer() {
        try (Agent agent = agent()) {
            tools.add(
                    FakeTool.reading(
                            "look",
                            (_, _) -> {
                                agent.nudge("be quick");
                                return ToolOutcome.of("saw");
                            }));
            client.answer(call(0, "a", "look", "{}"), CALLS);
            client.answer(END);
            agent.send(List.of(new Part.Text("go")), cancel, _ -> {});
        }
        assertThat(client.requests().getLast().messages().getLast().parts())
                .last()
                .isEqualTo(new Part.Text("be quick"));
    }

    @Test
    void whatIsToldIsSaidAndWhatWasTakenBackIsNot() {
        List<AgentEvent> events = new ArrayList<>();
        try (Agent agent = agent()) {
            agent.nudge("told");
            agent.nudge("taken back");
            assertThat(agent.withdraw("taken back")).isTrue();
            client.answer(END);
            agent.send(List.of(new Part.Text("go")), cancel, events::add);
            assertThat(agent.withdraw("told")).as("too late").isFalse();
        }
        assertThat(events)
                .filteredOn(AgentEvent.Told.class::isInstance)
                .containsExactly(new AgentEvent.Told("told"));
        assertThat(client.requests().getLast().messages().toString()).doesNotContain("taken back");
    }

    @Test
    void whatBelongsBehindANudgeIsFoundWhenItIsTold() {
        try (Agent agent = agent()) {
            agent.nudge("see @a", (_, _) -> List.of("[a]"));
            client.answer(END);
            agent.send(List.of(new Part.Text("go")), cancel, _ -> {});
            assertThat(agent.withdraw("see @a")).isFalse();
        }
        assertThat(client.requests().getLast().messages().getLast().parts())
                .containsExactly(
                        new Part.Text("see @a"), new Part.Text("[a]"), new Part.Text("go"));
    }

    @Test
    void anotherSessionIsNotToldWhatWasMeantForTheOneBeforeButForWhatLasts() {
        try (Agent agent = agent()) {
            client.answer(END);
            agent.send(List.of(new Part.Text("one")), cancel, _ -> {});
            String first = agent.sessionId();
            agent.announce("mode one", true);
            agent.announce("mode two", true);
            agent.nudge("for the first");
            agent.clear();
            client.answer(END);
            agent.send(List.of(new Part.Text("two")), cancel, _ -> {});
            assertThat(client.requests().getLast().messages().getLast().parts())
                    .containsExactly(new Part.Text("mode two"), new Part.Text("two"));
            agent.announce("as at first", false);
            agent.nudge("for the second");
            agent.resume(first);
            client.answer(END);
            agent.send(List.of(new Part.Text("three")), cancel, _ -> {});
        }
        assertThat(client.requests().getLast().messages().getLast().parts())
                .containsExactly(new Part.Text("one"), new Part.Text("three"));
    }

    @Test
    void aModelForOneTurnLeavesAloneWhatTheUserChoosesMeanwhile() {
        try (Agent agent = agent()) {
            client.answer((Runnable) () -> agent.use("", "chosen"), END);
            agent.sendTo(
                    new Agent.Choice("", "once"), List.of(new Part.Text("go")), cancel, _ -> {});
            assertThat(agent.choice()).isEqualTo(new Agent.Choice("", "chosen"));
        }
        assertThat(client.requests().getLast().model()).isEqualTo("once");
    }

    @Test
    void planIsRecordedAndTold() {
        List<Todo> todos = List.of(new Todo("look", Todo.State.DOING));
        tools.add(
                FakeTool.reading(
                        "todo",
                        (_, _) ->
                                new ToolOutcome(List.of(new Part.Text("ok")), false, null, todos)));
        client.answer(call(0, "a", "todo", "{}"), CALLS);
        client.answer(END);
        try (Agent agent = agent()) {
            List<AgentEvent> events = new ArrayList<>();
            agent.send(List.of(new Part.Text("go")), cancel, events::add);
            assertThat(events).contains(new AgentEvent.PlanChanged(todos));
            assertThat(agent.todos()).isEqualTo(todos);
        }
    }

    @Test
    void everyRequestSaysWhatItsTurnHasCost() {
        limits = new Limits(64, new BigDecimal("0.5"));
        tools.add(FakeTool.reading("look", (_, _) -> ToolOutcome.of("saw")));
        Object[] counted = {
            new StreamEvent.UsageReport(Usage.of(10, 1)), call(0, "a", "look", "{}"), CALLS
        };
        client.answer(counted);
        client.answer(new StreamEvent.UsageReport(Usage.of(10, 1)), END);
        send();
        assertThat(client.calls())
                .extracting(call -> call.turn().spent())
                .usingElementComparator(BigDecimal::compareTo)
                .containsExactly(BigDecimal.ZERO, new BigDecimal("0.01"));
        assertThat(client.calls())
                .allSatisfy(call ->
                        assertThat(call.turn().limit())
                                .isEqualByComparingTo(new BigDecimal("0.5")));
    }

    @Test
    void fullWindowIsSummedUpAndPairsStayTogether() {
        model = new ModelInfo("m", null, 1000L, null, null, null, null, null, Price.UNKNOWN);
        compaction = new Compaction(0.8);
        tools.add(FakeTool.reading("look", (_, _) -> ToolOutcome.of("x".repeat(2400))));
        client.answer(call(0, "a", "look", "{}"), CALLS);
        client.answer(text("first done"), END);
        client.answer(call(0, "b", "look", "{}"), CALLS);
        client.answer(text("THE SUMMARY"), END);
        client.answer(text("second done"), END);
        try (Agent agent = agent()) {
            List<AgentEvent> events = new ArrayList<>();
            agent.send(List.of(new Part.Text("one")), cancel, events::add);
            agent.send(List.of(new Part.Text("two")), cancel, events::add);
            assertThat(events)
                    .filteredOn(AgentEvent.Compacted.class::isInstance)
                    .singleElement()
                    .isInstanceOfSatisfying(
                            AgentEvent.Compacted.class,
                            compacted -> {
                                assertThat(compacted.summary()).isEqualTo("THE SUMMARY");
                                assertThat(compacted.contextTokens()).isBetween(500L, 800L);
                            });
            assertThat(agent.totals().answers()).isEqualTo(5);
            List<Message> told = client.requests().getLast().messages();
            assertThat(told.getFirst().parts().getFirst().toString()).contains("THE SUMMARY");
            assertThat(told.toString()).doesNotContain("first done");
            assertThat(told.getLast().parts().getFirst())
                    .isInstanceOfSatisfying(
                            Part.ToolResult.class,
                            result -> assertThat(result.callId()).isEqualTo("b"));
            assertThat(agent.expand()).isTrue();
            assertThat(agent.history().told()).hasSize(9);
        }
    }

    @Test
    void requestThatIsTooLongIsSummedUpAndSentAgain() {
        compaction = new Compaction(0.8);
        client.answer(text("x".repeat(4000)), END);
        client.refuse(
                new ProviderException.Rejected(
                        "too many tokens", FAILURE, "context_length_exceeded"));
        client.answer(text("THE SUMMARY"), END);
        client.answer(text("done"), END);
        try (Agent agent = agent()) {
            List<AgentEvent> events = new ArrayList<>();
            agent.send(List.of(new Part.Text("one")), cancel, events::add);
            agent.send(List.of(new Part.Text("two")), cancel, events::add);
            assertThat(events)
                    .anyMatch(AgentEvent.Compacted.class::isInstance)
                    .last()
                    .isEqualTo(new AgentEvent.TurnEnded(StopReason.END));
        }
        assertThat(client.requests().getLast().messages().toString())
                .contains("THE SUMMARY", "two")
                .doesNotContain("xxxx");
    }

    @Test
    void requestThatIsTooLongFailsWhereSummariesAreNotWanted() {
        client.answer(text("x".repeat(4000)), END);
        client.refuse(
                new ProviderException.Rejected(
                        "too many tokens", FAILURE, "context_length_exceeded"));
        try (Agent agent = agent()) {
            List<AgentEvent> events = new ArrayList<>();
            agent.send(List.of(new Part.Text("one")), cancel, events::add);
            agent.send(List.of(new Part.Text("two")), cancel, events::add);
            assertThat(events)
                    .last()
                    .isEqualTo(new AgentEvent.TurnFailed(ErrorKind.REJECTED, "too many tokens"));
        }
    }

    @Test
    void aSummaryThatDidNotComeIsPaidForAllTheSame() {
        model = new ModelInfo("m", null, 1000L, null, null, null, null, null, Price.UNKNOWN);
        compaction = new Compaction(0.8);
        tools.add(FakeTool.reading("look", (_, _) -> ToolOutcome.of("x".repeat(2400))));
        client.answer(call(0, "a", "look", "{}"), CALLS);
        client.answer(text("first done"), END);
        client.answer(call(0, "b", "look", "{}"), CALLS);
        client.answer(text(" "), END);
        client.answer(text("second done"), END);
        try (Agent agent = agent()) {
            agent.send(List.of(new Part.Text("one")), cancel, _ -> {});
            List<AgentEvent> events = new ArrayList<>();
            agent.send(List.of(new Part.Text("two")), cancel, events::add);
            assertThat(events).noneMatch(AgentEvent.Compacted.class::isInstance);
            assertThat(events.getLast()).isEqualTo(new AgentEvent.TurnEnded(StopReason.END));
            assertThat(agent.totals().answers()).isEqualTo(5);
        }
    }

    private static boolean met(CountDownLatch latch) {
        try {
            return latch.await(20, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static ToolOutcome noted(List<String> order, String what) {
        order.add(what);
        return ToolOutcome.of(what);
    }

    private List<String> results() {
        List<String> texts = new ArrayList<>();
        for (Message message : client.requests().getLast().messages()) {
            for (Part part : message.parts()) {
                if (part instanceof Part.ToolResult result) {
                    texts.add(((Part.Text) result.content().getFirst()).text());
                }
            }
        }
        return texts;
    }

    private List<AgentEvent> send() {
        List<AgentEvent> events = new ArrayList<>();
        try (Agent agent = agent()) {
            agent.send(List.of(new Part.Text("go")), cancel, events::add);
        }
        return events;
    }

    private Agent agent() {
        return new Agent(
                client,
                new Sessions(folder, InstantSource.system()),
                new Agent.Origin("run", "/project", null),
                new Agent.Choice("scripted", "m"),
                Options.DEFAULT,
                new Equipment(
                        () -> tools,
                        gate,
                        Checkpoints.NONE,
                        hooks,
                        _ -> model,
                        compaction,
                        limits));
    }

    private static StreamEvent text(String text) {
        return new StreamEvent.TextDelta(text);
    }

    private static StreamEvent call(int index, String id, String name, String arguments) {
        return new StreamEvent.ToolCallDelta(index, id, name, arguments);
    }
}
