package hal0.agent.mcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import hal0.agent.mcp.wire.Bearer;
import hal0.agent.permission.Deed;
import hal0.agent.tool.AgentTool;
import hal0.agent.tool.PlannedCall;
import hal0.agent.tool.ToolException;
import hal0.agent.tool.ToolOutcome;
import hal0.agent.tool.ToolRun;
import hal0.providers.http.AddressGuard;
import hal0.providers.http.CancelToken;
import hal0.providers.http.OkHttpTransport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class McpServersTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir Path folder;
    private final List<String> notices = new CopyOnWriteArrayList<>();
    private final CancelToken cancel = new CancelToken();
    private final List<String> output = new CopyOnWriteArrayList<>();
    private OkHttpTransport transport;
    private McpParts parts;
    private Path seen;
    private McpServers servers;

    @BeforeEach
    void open() {
        seen = folder.resolve("seen");
        transport = new OkHttpTransport("t", new AddressGuard(Set.of()), _ -> Optional.empty());
        parts =
                new McpParts(
                        transport,
                        name ->
                                name.equals("TOKEN_OF_MINE")
                                        ? Optional.of("s3cret")
                                        : Optional.empty(),
                        Map.of("PATH", System.getenv("PATH"), "LANG", "C.UTF-8"),
                        folder,
                        _ -> Bearer.NONE);
    }

    @AfterEach
    void close() {
        if (servers != null) {
            servers.close();
        }
        transport.close();
    }

    private McpServers of(ServerSpec... specs) {
        return of(Duration.ofSeconds(30), specs);
    }

    private McpServers of(Duration patience, ServerSpec... specs) {
        servers = new McpServers(List.of(specs), parts, notices::add, patience);
        return servers;
    }

    private AgentTool tool(String name) {
        return servers.tools().stream()
                .filter(tool -> tool.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError(servers.tools() + " " + notices));
    }

    private ToolOutcome call(String name) {
        PlannedCall planned = tool(name).plan(JSON.createObjectNode());
        return planned.run(new ToolRun("c1", cancel, output::add));
    }

    private List<String> seen() {
        try {
            return Files.exists(seen) ? Files.readAllLines(seen) : List.of();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static void until(BooleanSupplier met) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (!met.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("it does not come to that");
            }
            new java.util.concurrent.CountDownLatch(1).await(10, TimeUnit.MILLISECONDS);
        }
    }

    @Test
    void nothingIsStartedBeforeToolsAreWanted() {
        of(OddServer.spec("odd", "plain", seen));
        assertThat(seen()).isEmpty();
    }

    @Test
    void toolsOfAllPagesAreThereInAStableOrderWithTheirHints() {
        of(OddServer.spec("odd", "plain", seen), OddServer.spec("two", "plain", seen));
        assertThat(servers.tools())
                .extracting(AgentTool::name)
                .containsExactly(
                        "odd__big",
                        "odd__crash",
                        "odd__env",
                        "odd__grow",
                        "odd__hang",
                        "odd__slow",
                        "two__big",
                        "two__crash",
                        "two__env",
                        "two__grow",
                        "two__hang",
                        "two__slow");
        assertThat(tool("odd__env").writes()).isFalse();
        assertThat(tool("odd__slow").writes()).isTrue();
        PlannedCall planned = tool("odd__env").plan(JSON.createObjectNode().put("a", 1));
        assertThat(planned.title()).isEqualTo("odd env {\"a\":1}");
        assertThat(planned.deeds()).containsExactly(new Deed.Mcp("odd", "env", true));
        assertThat(tool("odd__env").definition().schema())
                .isEqualTo("{\"type\":\"object\",\"properties\":{}}");
    }

    @Test
    void progressIsShownWhileAToolWorks() throws Exception {
        of(OddServer.spec("odd", "plain", seen));
        assertThat(call("odd__slow").text()).isEqualTo("done");
        assertThat(output).containsExactly("1/3 step\n", "2/3 step\n", "3/3 step\n");
    }

    @Test
    void brokenServerCostsItsOwnToolsAndIsToldOnceWithWhatItSaid() {
        of(OddServer.spec("bad", "broken", seen), OddServer.spec("odd", "plain", seen));
        assertThat(servers.tools()).hasSize(6);
        assertThat(servers.tools()).hasSize(6);
        assertThat(notices)
                .containsExactly(
                        "the MCP server bad ended: exit code 3; it said: no such database: music; its tools are missing");
    }

    @Test
    void missingProgramIsNamed() {
        of(
                new ServerSpec(
                        "gone",
                        new ServerSpec.Reach.Command(List.of("no-such-program-here"), Map.of()),
                        Duration.ofSeconds(5),
                        true));
        assertThat(servers.tools()).isEmpty();
        assertThat(notices.getFirst())
                .contains("the MCP server gone cannot be started", "mcp.servers.gone.command");
    }

    @Test
    void muteServerDoesNotHoldUpTheOthers() throws Exception {
        ServerSpec mute = OddServer.spec("mute", "mute", seen);
        of(
                Duration.ofMillis(100),
                new ServerSpec("mute", mute.reach(), Duration.ofMinutes(5), true),
                OddServer.spec("odd", "plain", folder.resolve("other")));
        until(() -> servers.tools().size() == 6);
        assertThat(servers.standings().getFirst().health()).isEqualTo(McpServers.Health.STARTING);
        assertThat(notices)
                .contains("the MCP server mute is not ready yet; its tools come when it is");
    }

    @Test
    void serverThatIsStartedAnewAndSaysNothingIsNotCalledReady() throws Exception {
        ServerSpec mute = OddServer.spec("mute", "mute", seen);
        of(
                Duration.ofMillis(100),
                new ServerSpec("mute", mute.reach(), Duration.ofMinutes(5), true));
        assertThat(servers.reconnect("mute")).isFalse();
    }

    @Test
    void versionOfTheFutureIsRefusedByName() {
        of(OddServer.spec("odd", "future", seen));
        assertThat(servers.tools()).isEmpty();
        assertThat(notices.getFirst()).contains("speaks version \"2099-01-01\"");
    }

    @Test
    void noiseOnStandardOutputAndQuestionsOfTheServerDoNoHarm() throws Exception {
        of(OddServer.spec("odd", "noisy", seen));
        assertThat(call("odd__slow").text()).isEqualTo("done");
        until(() -> seen().stream().anyMatch(line -> line.contains("-32601")));
        assertThat(seen())
                .contains("{\"jsonrpc\":\"2.0\",\"id\":\"p1\",\"result\":{}}")
                .anyMatch(line -> line.contains("\"id\":7") && line.contains("-32601"));
    }

    @Test
    void crashFailsTheCallWithItsReasonAndTheNextCallStartsTheServerAgain() throws Exception {
        of(OddServer.spec("odd", "plain", seen));
        assertThatThrownBy(() -> call("odd__crash"))
                .isInstanceOf(ToolException.class)
                .hasMessageContaining("exit code 9")
                .hasMessageContaining("segmentation fault, or so");
        assertThat(servers.tools()).as("they stay for the conversation").hasSize(6);
        assertThat(call("odd__slow").text()).isEqualTo("done");
        assertThat(seen()).filteredOn(line -> line.startsWith("pid ")).hasSize(2);
    }

    @Test
    void newToolsAreSeenWhenTheServerSaysSo() throws Exception {
        of(OddServer.spec("odd", "plain", seen));
        assertThat(call("odd__grow").text()).isEqualTo("grown");
        until(() -> servers.tools().stream().anyMatch(tool -> tool.name().equals("odd__late")));
    }

    @Test
    void interruptedCallIsTakenBackAtTheServer() throws Exception {
        of(OddServer.spec("odd", "plain", seen));
        var _ = servers.tools();
        Thread user =
                Thread.ofVirtual()
                        .start(() -> {
                            try {
                                until(() -> seen().stream().anyMatch(l -> l.contains("\"hang\"")));
                            } catch (InterruptedException e) {
                                Thread.currentThread().interrupt();
                            }
                            cancel.cancel("the user");
                        });
        assertThatThrownBy(() -> call("odd__hang")).hasMessageContaining("cancelled");
        user.join();
        until(() ->
                seen().stream()
                        .anyMatch(line ->
                                line.contains("notifications/cancelled")
                                        && line.contains("\"requestId\":4")));
    }

    @Test
    void silentCallEndsByTheClockOfItsServerWhichIsNamed() throws Exception {
        ServerSpec patient = OddServer.spec("odd", "plain", seen);
        of(new ServerSpec("odd", patient.reach(), Duration.ofMillis(4500), true));
        assertThatThrownBy(() -> call("odd__hang"))
                .hasMessageContaining("did not answer tools/call within 4.5 s")
                .hasMessageContaining("mcp.servers.odd.timeout_seconds");
        assertThat(call("odd__slow").text()).as("it is still there").isEqualTo("done");
    }

    @Test
    void longResultKeepsBothEndsAndItsFailure() throws Exception {
        of(OddServer.spec("odd", "plain", seen));
        ToolOutcome outcome = call("odd__big");
        assertThat(outcome.failed()).isTrue();
        assertThat(outcome.text())
                .hasSizeLessThan(30_200)
                .endsWith("the end")
                .contains("characters left out");
    }

    @Test
    void programHasItsConfiguredEnvironmentAndNotThatOfHal0() throws Exception {
        of(
                new ServerSpec(
                        "odd",
                        new ServerSpec.Reach.Command(
                                OddServer.command("plain", seen),
                                Map.of("MINE", "$TOKEN_OF_MINE", "OTHER", "${NOT_SET}")),
                        Duration.ofSeconds(20),
                        true));
        assertThat(call("odd__env").text())
                .contains("MINE=s3cret")
                .doesNotContain("OTHER=", "HOME=", "USER=");
    }

    @Test
    void closingEndsAStubbornServerAndWhatItStarted() throws Exception {
        of(OddServer.spec("odd", "stubborn", seen));
        assertThat(servers.tools()).hasSize(6);
        List<ProcessHandle> started =
                seen().stream()
                        .filter(line -> line.startsWith("pid ") || line.startsWith("child "))
                        .map(line -> Long.parseLong(line.substring(line.indexOf(' ') + 1)))
                        .map(pid -> ProcessHandle.of(pid).orElseThrow())
                        .toList();
        assertThat(started).hasSize(2).allMatch(ProcessHandle::isAlive);
        servers.close();
        until(() -> started.stream().noneMatch(ProcessHandle::isAlive));
        assertThat(seen()).as("it was asked first").contains("end of input");
        assertThat(servers.tools()).isEmpty();
    }
}
