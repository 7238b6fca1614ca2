package hal0.agent;

import static org.assertj.core.api.Assertions.assertThat;

import hal0.agent.checkpoint.Checkpoints;
import hal0.agent.checkpoint.Direction;
import hal0.agent.checkpoint.LeftOut;
import hal0.agent.checkpoint.WorkspaceCheckpoints;
import hal0.agent.hook.Hooks;
import hal0.agent.permission.Deed;
import hal0.agent.permission.Gate;
import hal0.agent.session.SessionEntry;
import hal0.agent.session.Sessions;
import hal0.agent.testing.FakeTool;
import hal0.agent.testing.ScriptedClient;
import hal0.agent.tool.AgentTool;
import hal0.agent.tool.ToolException;
import hal0.agent.tool.ToolOutcome;
import hal0.agent.workspace.Workspace;
import hal0.providers.ModelClient;
import hal0.providers.event.StopReason;
import hal0.providers.event.StreamEvent;
import hal0.providers.event.Usage;
import hal0.providers.http.CancelToken;
import hal0.providers.message.Message;
import hal0.providers.message.Options;
import hal0.providers.message.Part;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TaskToolTest {
    private static final StreamEvent CALLS = new StreamEvent.Done(StopReason.TOOL_CALLS);
    private static final StreamEvent END = new StreamEvent.Done(StopReason.END);
    private static final StreamEvent COUNTED = new StreamEvent.UsageReport(Usage.of(10, 1));

    @TempDir Path folder;
    private final ScriptedClient client = new ScriptedClient();
    private final CancelToken cancel = new CancelToken();
    private final List<AgentEvent> events = new ArrayList<>();

    @AfterEach
    void everyAnswerWasClosed() {
        client.assertAllClosed();
    }

    @Test
    void subAgentWorksInAContextOfItsOwnAndItsLastWordsAreTheResult() {
        client.answer(text("I ask."), call("t", "task", "{\"prompt\":\"find it\"}"), CALLS);
        client.answer(text("let me see"), call("x", "look", "{}"), CALLS);
        client.answer(text("it is in A.java"), END);
        client.answer(text("done"), END);
        try (Agent agent = agent()) {
            agent.send(List.of(new Part.Text("go")), cancel, events::add);
            assertThat(client.requests().get(1).messages())
                    .containsExactly(Message.system("You help."), Message.user("find it"));
            assertThat(client.requests().getLast().messages().getLast().parts())
                    .containsExactly(
                            new Part.ToolResult(
                                    "t", List.of(new Part.Text("it is in A.java")), false));
        }
        assertThat(client.requests().get(1).tools())
                .extracting(tool -> tool.name())
                .containsExactly("look", "make");
        assertThat(events)
                .contains(new AgentEvent.Within("t", new AgentEvent.TextDelta("it is in A.java")));
    }

    @Test
    void whatItSpendsIsChargedToTheTurnThatItWorksFor() {
        client.answer(COUNTED, call("t", "task", "{\"prompt\":\"find it\"}"), CALLS);
        client.answer(COUNTED, call("x", "look", "{}"), CALLS);
        client.answer(COUNTED, text("found"), END);
        client.answer(COUNTED, text("done"), END);
        try (Agent agent = agent()) {
            agent.send(List.of(new Part.Text("go")), cancel, events::add);
            assertThat(agent.totals().usd()).isEqualByComparingTo(new BigDecimal("0.04"));
            assertThat(agent.history().all())
                    .filteredOn(each -> each.entry() instanceof SessionEntry.SpentBeside)
                    .hasSize(2);
            assertThat(client.calls())
                    .extracting(ModelClient.Call::session)
                    .containsOnly(agent.sessionId());
        }
        assertThat(client.calls())
                .extracting(made -> made.turn().spent())
                .usingElementComparator(BigDecimal::compareTo)
                .containsExactly(
                        new BigDecimal("0"),
                        new BigDecimal("0.01"),
                        new BigDecimal("0.02"),
                        new BigDecimal("0.03"));
    }

    @Test
    void filesThatItChangesBelongToTheTurnThatItWorksFor() throws IOException {
        client.answer(call("t", "task", "{\"prompt\":\"make it\"}"), CALLS);
        client.answer(call("x", "make", "{}"), CALLS);
        client.answer(text("made"), END);
        client.answer(text("done"), END);
        try (Agent agent = agent()) {
            agent.send(List.of(new Part.Text("go")), cancel, events::add);
            assertThat(made()).hasContent("made");
            assertThat(agent.undo(Direction.UNDO)).isPresent();
            assertThat(made()).doesNotExist();
            assertThat(agent.history().all()).isEmpty();
        }
    }

    @Test
    void interruptionReachesIt() {
        client.answer(call("t", "task", "{\"prompt\":\"find it\"}"), CALLS);
        client.answer(text("let me"), (Runnable) () -> cancel.cancel("enough"));
        try (Agent agent = agent()) {
            agent.send(List.of(new Part.Text("go")), cancel, events::add);
        }
        assertThat(events).last().isEqualTo(new AgentEvent.TurnInterrupted());
    }

    @Test
    void taskWithoutWordsAndAgentThatIsNotThereAreExplained() {
        client.answer(call("a", "task", "{}"), CALLS);
        client.answer(call("b", "task", "{\"prompt\":\"x\",\"agent\":\"bob\"}"), CALLS);
        client.answer(END);
        try (Agent agent = agent()) {
            agent.send(List.of(new Part.Text("go")), cancel, events::add);
        }
        assertThat(client.requests().getLast().messages().toString())
                .contains("\"prompt\" is missing")
                .contains("no agent bob");
    }

    private Agent agent() {
        Sessions sessions = new Sessions(folder, InstantSource.system());
        AgentTool look = FakeTool.reading("look", (_, _) -> ToolOutcome.of("saw"));
        AgentTool make =
                FakeTool.writing(
                        "make",
                        List.of(new Deed.Edit(made())),
                        (_, _) -> {
                            try {
                                Files.writeString(made(), "made");
                            } catch (IOException e) {
                                throw new UncheckedIOException(e);
                            }
                            return ToolOutcome.of("made");
                        });
        Checkpoints checkpoints =
                new WorkspaceCheckpoints(
                        folder.resolve("checkpoints"),
                        new Workspace(folder.toAbsolutePath(), List.of()),
                        Set.of(),
                        LeftOut.NOTHING,
                        InstantSource.system());
        Equipment inner = equipment(List.of(look, make), checkpoints);
        SubAgents helpers =
                new SubAgents() {
                    @Override
                    public Optional<String> described() {
                        return Optional.empty();
                    }

                    @Override
                    public SubAgent find(@Nullable String name) {
                        if (name != null) {
                            throw new ToolException("no agent " + name);
                        }
                        return new SubAgent(new Agent.Choice("", ""), "You help.", inner, false);
                    }
                };
        return new Agent(
                client,
                sessions,
                new Agent.Origin("run", "/project", null),
                new Agent.Choice("scripted", "m"),
                Options.DEFAULT,
                equipment(List.of(look, new TaskTool(helpers, sessions)), checkpoints));
    }

    private static Equipment equipment(List<AgentTool> tools, Checkpoints checkpoints) {
        return new Equipment(
                () -> tools,
                (_, _) -> new Gate.Verdict.Passed(),
                checkpoints,
                Hooks.NONE,
                ModelFacts.UNKNOWN,
                Compaction.OFF,
                Limits.USUAL);
    }

    private Path made() {
        return folder.toAbsolutePath().resolve("made.txt");
    }

    private static StreamEvent text(String text) {
        return new StreamEvent.TextDelta(text);
    }

    private static StreamEvent call(String id, String name, String arguments) {
        return new StreamEvent.ToolCallDelta(0, id, name, arguments);
    }
}
