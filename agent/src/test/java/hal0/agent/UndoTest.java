package hal0.agent;

import static hal0.agent.checkpoint.Direction.REDO;
import static hal0.agent.checkpoint.Direction.UNDO;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import hal0.agent.checkpoint.CheckpointException;
import hal0.agent.checkpoint.FileStep;
import hal0.agent.checkpoint.LeftOut;
import hal0.agent.checkpoint.WorkspaceCheckpoints;
import hal0.agent.hook.Hooks;
import hal0.agent.permission.Deed;
import hal0.agent.permission.Gate;
import hal0.agent.session.SessionException;
import hal0.agent.session.Sessions;
import hal0.agent.testing.FakeTool;
import hal0.agent.testing.ScriptedClient;
import hal0.agent.tool.AgentTool;
import hal0.agent.tool.ToolOutcome;
import hal0.agent.workspace.Workspace;
import hal0.providers.event.StopReason;
import hal0.providers.event.StreamEvent;
import hal0.providers.event.Usage;
import hal0.providers.http.CancelToken;
import hal0.providers.message.Message;
import hal0.providers.message.Options;
import hal0.providers.message.Part;
import hal0.providers.message.Role;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UndoTest {
    private static final StreamEvent CALLS = new StreamEvent.Done(StopReason.TOOL_CALLS);
    private static final StreamEvent END = new StreamEvent.Done(StopReason.END);

    @TempDir Path folder;
    final ScriptedClient client = new ScriptedClient();
    Path work;
    Agent agent;

    @BeforeEach
    void open() throws IOException {
        work = Files.createDirectory(folder.resolve("work")).toRealPath();
        agent = agent(folder, client, Hooks.NONE);
    }

    @AfterEach
    void close() {
        agent.close();
    }

    @Test
    void turnGoesWithItsFilesAndComesBackWithThem() throws IOException {
        put("a.txt", "before");
        turn("change it", "edit", "a.txt", "after");
        Optional<UndoReport> preview = agent.preview(UNDO);
        assertThat(preview)
                .get()
                .satisfies(report -> {
                    assertThat(report.possible()).isTrue();
                    assertThat(report.input()).containsExactly(new Part.Text("change it"));
                    assertThat(report.files())
                            .containsExactly(
                                    new FileStep(path("a.txt"), FileStep.Kind.RESTORE, 1, 1, ""));
                });
        assertThat(read("a.txt")).isEqualTo("after");

        assertThat(agent.undo(UNDO)).isEqualTo(preview);
        assertThat(read("a.txt")).isEqualTo("before");
        assertThat(agent.history().all()).isEmpty();
        assertThat(agent.preview(UNDO)).isEmpty();

        assertThat(agent.undo(REDO)).isPresent();
        assertThat(read("a.txt")).isEqualTo("after");
        assertThat(agent.undo(REDO)).isEmpty();

        client.answer(END);
        agent.send(List.of(new Part.Text("go on")), new CancelToken(), _ -> {});
        assertThat(client.requests().getLast().messages()).contains(Message.user("change it"));
    }

    @Test
    void howFullTheContextIsFollowsTheTurnsThatHoldAndACopyHasTheSame() {
        assertThat(agent.contextUsed()).isZero();
        say("one", Usage.of(1000, 20));
        assertThat(agent.contextUsed()).isEqualTo(1020);
        say("two", Usage.of(3000, 40));
        assertThat(agent.contextUsed()).isEqualTo(3040);
        agent.undo(UNDO);
        assertThat(agent.contextUsed()).isEqualTo(1020);
        agent.undo(REDO);
        assertThat(agent.contextUsed()).isEqualTo(3040);
        agent.undo(UNDO);

        Sessions sessions = new Sessions(folder.resolve("sessions"), InstantSource.system());
        String id = agent.sessionId();
        agent.resume(sessions.fork(id, sessions.stored().read(id).entries().size()));
        assertThat(agent.contextUsed()).isEqualTo(1020);
        agent.undo(UNDO);
        assertThat(agent.contextUsed()).isZero();
    }

    private void say(String text, Usage usage) {
        client.answer(new StreamEvent.TextDelta("done"), new StreamEvent.UsageReport(usage), END);
        agent.send(List.of(new Part.Text(text)), new CancelToken(), _ -> {});
    }

    @Test
    void whatTheSessionChangedIsOneDiffForEachFileAsFarAsItHolds() throws IOException {
        put("a.txt", "one");
        turn("first", "edit", "a.txt", "two");
        turn("second", "shell", "a.txt", "three");
        turn("third", "shell", "new.txt", "made");
        assertThat(agent.changes())
                .extracting(FileDiff::path)
                .containsExactly(path("a.txt"), path("new.txt"));
        assertThat(agent.changes().getFirst().diff()).contains("-one\n", "+three\n");
        assertThat(agent.changes().getLast().diff()).contains("--- /dev/null\n", "+made\n");
        agent.undo(UNDO);
        assertThat(agent.changes()).extracting(FileDiff::path).containsExactly(path("a.txt"));
        turn("back", "edit", "a.txt", "one");
        assertThat(agent.changes()).isEmpty();
    }

    @Test
    void turnsAreTakenBackOneByOneInAnotherProcessToo() throws IOException {
        put("a.txt", "0");
        turn("one", "edit", "a.txt", "1");
        turn("two", "shell", "a.txt", "2");
        String id = agent.sessionId();
        agent.close();
        agent = agent(folder, client, Hooks.NONE);
        agent.resume(id);
        agent.undo(UNDO);
        assertThat(read("a.txt")).isEqualTo("1");
        agent.undo(UNDO);
        assertThat(read("a.txt")).isEqualTo("0");
        agent.undo(REDO);
        agent.undo(REDO);
        assertThat(read("a.txt")).isEqualTo("2");
    }

    @Test
    void editByTheUserSinceKeepsFilesAndConversation() throws IOException {
        put("a.txt", "before");
        turn("change it", "edit", "a.txt", "after");
        put("a.txt", "mine");
        assertThat(agent.preview(UNDO)).get().satisfies(r -> assertThat(r.possible()).isFalse());
        assertThatThrownBy(() -> agent.undo(UNDO))
                .isInstanceOf(CheckpointException.class)
                .hasMessageContaining("a.txt: it was changed since");
        assertThat(read("a.txt")).isEqualTo("mine");
        assertThat(agent.history().all()).isNotEmpty();
    }

    @Test
    void whatAHookDoesToAFileBelongsToItsCall() throws IOException {
        agent.close();
        agent = agent(folder, client, new Formatter(work.resolve("a.txt")));
        put("a.txt", "before");
        turn("change it", "edit", "a.txt", "after");
        assertThat(read("a.txt")).isEqualTo("after\n");
        agent.undo(UNDO);
        assertThat(read("a.txt")).isEqualTo("before");
    }

    @Test
    void sessionThatAnotherProcessWritesIsNotUndoneHere() throws Exception {
        put("a.txt", "before");
        Process other = start();
        try (BufferedReader says = other.inputReader()) {
            String id = says.readLine();
            agent.resume(id);
            assertThatThrownBy(() -> agent.undo(UNDO)).isInstanceOf(SessionException.class);
            assertThat(read("a.txt")).isEqualTo("half");
        } finally {
            other.destroyForcibly().waitFor();
        }
    }

    @Test
    void killedInTheMiddleOfACommandNothingIsLost() throws Exception {
        put("a.txt", "before");
        put("b.txt", "before");
        Process other = start();
        String id;
        try (BufferedReader says = other.inputReader()) {
            id = says.readLine();
        } finally {
            other.destroyForcibly().waitFor();
        }
        assertThat(read("a.txt")).isEqualTo("half");
        agent.resume(id);
        assertThat(agent.preview(UNDO))
                .get()
                .satisfies(report ->
                        assertThat(report.files())
                                .extracting(FileStep::path)
                                .containsExactlyInAnyOrder(path("a.txt"), path("new.txt")));
        agent.undo(UNDO);
        assertThat(read("a.txt")).isEqualTo("before");
        assertThat(work.resolve("new.txt")).doesNotExist();
        agent.undo(REDO);
        assertThat(read("a.txt")).isEqualTo("half");
        assertThat(read("new.txt")).isEqualTo("new");
    }

    /// A hal0 that is in the middle of a command for as long as it lives.
    static final class Working {
        public static void main(String[] arguments) throws IOException {
            Path folder = Path.of(arguments[0]);
            ScriptedClient client = new ScriptedClient();
            client.answer(call("hang", "a.txt", "half"), CALLS);
            try (Agent agent = agent(folder, client, Hooks.NONE)) {
                agent.send(
                        List.of(new Part.Text("go")),
                        new CancelToken(),
                        event -> {
                            if (event instanceof AgentEvent.ToolOutput) {
                                System.out.println(agent.sessionId());
                            }
                        });
            }
        }
    }

    private Process start() throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Working.class.getName(),
                        folder.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    /// Ends a file with a newline after each call.
    private record Formatter(Path file) implements Hooks {
        @Override
        public Optional<String> beforeTool(Call call, CancelToken cancel) {
            return Optional.empty();
        }

        @Override
        public Optional<String> afterTool(
                Call call, String result, boolean failed, CancelToken cancel) {
            try {
                Files.writeString(file, "\n", StandardOpenOption.APPEND);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return Optional.empty();
        }

        @Override
        public Optional<String> onStop(String session, String answer, CancelToken cancel) {
            return Optional.empty();
        }
    }

    @Test
    void whatTheUserRunsIsToldFirstAndUndoneWithItsFiles() throws IOException {
        put("a.txt", "before");
        turn("change it", "edit", "a.txt", "after");
        runs("!make", "b.txt");
        assertThat(agent.preview(UNDO).orElseThrow().input())
                .containsExactly(new Part.Text("!make"));
        client.answer(new StreamEvent.TextDelta("seen"), END);
        agent.send(List.of(new Part.Text("and now?")), new CancelToken(), _ -> {});
        assertThat(client.requests().getLast().messages().getLast())
                .isEqualTo(
                        new Message(
                                Role.USER,
                                List.of(
                                        new Part.Text("!make"),
                                        new Part.Text("it gave b.txt"),
                                        new Part.Text("and now?"))));
        agent.undo(UNDO);
        assertThat(work.resolve("b.txt")).exists();
        agent.undo(UNDO);
        assertThat(work.resolve("b.txt")).doesNotExist();
        assertThat(read("a.txt")).isEqualTo("after");
        agent.undo(REDO);
        assertThat(work.resolve("b.txt")).exists();
    }

    @Test
    void whatTheUserRanIsGoneInANewSession() {
        runs("!make", "b.txt");
        agent.clear();
        client.answer(new StreamEvent.TextDelta("hello"), END);
        agent.send(List.of(new Part.Text("hi")), new CancelToken(), _ -> {});
        assertThat(client.requests().getLast().messages()).containsExactly(Message.user("hi"));
    }

    private void runs(String said, String makes) {
        agent.act(
                said,
                List.of(new Deed.Shell("…")),
                () -> {
                    write(work, makes, "made");
                    return "it gave " + makes;
                },
                _ -> {});
    }

    private void turn(String said, String tool, String name, String text) {
        client.answer(call(tool, name, text), CALLS);
        client.answer(new StreamEvent.TextDelta("done"), END);
        agent.send(List.of(new Part.Text(said)), new CancelToken(), _ -> {});
    }

    private static StreamEvent call(String tool, String name, String text) {
        String arguments = "{\"name\":\"%s\",\"text\":\"%s\"}".formatted(name, text);
        return new StreamEvent.ToolCallDelta(0, "c" + text, tool, arguments);
    }

    private static Agent agent(Path folder, ScriptedClient client, Hooks hooks) throws IOException {
        Path work = folder.resolve("work").toRealPath();
        List<Deed> deeds = List.of(new Deed.Edit(work.resolve("a.txt")));
        AgentTool edit = FakeTool.writing("edit", deeds, (arguments, _) -> write(work, arguments));
        AgentTool shell =
                FakeTool.writing(
                        "shell",
                        List.of(new Deed.Shell("…")),
                        (arguments, _) -> write(work, arguments));
        AgentTool hang =
                FakeTool.writing(
                        "hang",
                        List.of(new Deed.Shell("…")),
                        (arguments, run) -> {
                            write(work, arguments);
                            write(work, "new.txt", "new");
                            run.output().accept("in the middle");
                            try {
                                // Until it is killed.
                                return ToolOutcome.of("" + System.in.read());
                            } catch (IOException e) {
                                throw new UncheckedIOException(e);
                            }
                        });
        return new Agent(
                client,
                new Sessions(folder.resolve("sessions"), InstantSource.system()),
                new Agent.Origin("run", work.toString(), null),
                new Agent.Choice("scripted", "m"),
                Options.DEFAULT,
                new Equipment(
                        () -> List.of(edit, shell, hang),
                        (_, _) -> new Gate.Verdict.Passed(),
                        new WorkspaceCheckpoints(
                                folder.resolve("checkpoints"),
                                Workspace.of(work),
                                Set.of(),
                                LeftOut.NOTHING,
                                InstantSource.system()),
                        hooks,
                        ModelFacts.UNKNOWN,
                        Compaction.OFF,
                        Limits.USUAL));
    }

    private static ToolOutcome write(Path work, ObjectNode arguments) {
        return write(work, arguments.path("name").asText(), arguments.path("text").asText());
    }

    private static ToolOutcome write(Path work, String name, String text) {
        try {
            Files.writeString(work.resolve(name), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return ToolOutcome.of("written");
    }

    private void put(String name, String text) throws IOException {
        Files.writeString(work.resolve(name), text);
    }

    private String read(String name) throws IOException {
        return Files.readString(work.resolve(name));
    }

    private String path(String name) {
        return work.resolve(name).toString();
    }
}
