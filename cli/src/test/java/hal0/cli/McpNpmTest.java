package hal0.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import hal0.agent.mcp.McpParts;
import hal0.agent.mcp.McpServers;
import hal0.agent.mcp.ServerSpec;
import hal0.agent.mcp.wire.Bearer;
import hal0.agent.tool.AgentTool;
import hal0.agent.tool.ToolOutcome;
import hal0.agent.tool.ToolRun;
import hal0.cli.Hal0Process.Ended;
import hal0.providers.http.AddressGuard;
import hal0.providers.http.CancelToken;
import hal0.providers.http.OkHttpTransport;
import hal0.providers.message.Part;
import hal0.slots.testing.SlotRuntimeContract;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The MCP servers that others try their clients with, over both transports.
@Tag("npm")
class McpNpmTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir Path folder;
    private final CancelToken cancel = new CancelToken();
    private final List<String> output = new CopyOnWriteArrayList<>();
    private final List<String> notices = new CopyOnWriteArrayList<>();
    private OkHttpTransport transport;
    private Path packages;
    private McpServers servers;
    private Process started;

    @BeforeEach
    void find() {
        String where = System.getenv("HAL0_TEST_NPM");
        assumeTrue(
                where != null && !where.isEmpty(),
                "HAL0_TEST_NPM names no folder with node_modules (.ci/run makes one)");
        packages = Path.of(where, "node_modules", "@modelcontextprotocol");
        assumeTrue(Files.isDirectory(packages), "the MCP servers are not installed there");
        transport = new OkHttpTransport("t", new AddressGuard(Set.of()), _ -> Optional.empty());
    }

    @AfterEach
    void close() throws Exception {
        if (servers != null) {
            servers.close();
        }
        if (started != null) {
            started.destroyForcibly().waitFor();
        }
        if (transport != null) {
            transport.close();
        }
    }

    private List<String> node(String name, String... arguments) {
        List<String> command =
                new ArrayList<>(
                        List.of("node", packages.resolve(name + "/dist/index.js").toString()));
        command.addAll(List.of(arguments));
        return command;
    }

    private void open(String name, ServerSpec.Reach reach) {
        McpParts parts =
                new McpParts(
                        transport,
                        _ -> Optional.empty(),
                        Map.of("PATH", System.getenv("PATH")),
                        folder,
                        _ -> Bearer.NONE);
        servers =
                new McpServers(
                        List.of(new ServerSpec(name, reach, Duration.ofSeconds(30), true)),
                        parts,
                        notices::add);
        assertThat(servers.tools()).as(notices.toString()).isNotEmpty();
    }

    private ToolOutcome call(String name, Map<String, ?> arguments) {
        AgentTool tool =
                servers.tools().stream()
                        .filter(each -> each.name().equals(name))
                        .findFirst()
                        .orElseThrow();
        return tool.plan(JSON.convertValue(arguments, ObjectNode.class))
                .run(new ToolRun("c", cancel, output::add));
    }

    @Test
    void programTriesBothOut() throws Exception {
        Path home = Files.createDirectory(folder.resolve("home"));
        Hal0Process.Setup hal0 = Hal0Process.in(home).set("PATH", System.getenv("PATH"));
        for (List<String> command :
                List.of(node("server-filesystem", folder.toString()), node("server-everything"))) {
            List<String> add = new ArrayList<>(List.of("mcp", "add"));
            add.add(command.getLast().equals(folder.toString()) ? "files" : "everything");
            add.add("--");
            add.addAll(command);
            assertThat(hal0.run(add.toArray(String[]::new)).exit()).isZero();
        }
        Ended test = hal0.run("mcp", "test");
        assertThat(test.exit()).as(test.out()).isZero();
        assertThat(test.out())
                .contains("PASS files: secure-filesystem-server", "PASS everything: ")
                .contains("  read_text_file (reads only)", "  write_file", "  echo");
    }

    @Test
    void filesystemServerWritesReadsAndStaysInItsFolder() throws Exception {
        Path inside = Files.createDirectory(folder.resolve("inside")).toRealPath();
        Files.writeString(folder.resolve("secret"), "not yours");
        open(
                "files",
                new ServerSpec.Reach.Command(
                        node("server-filesystem", inside.toString()), Map.of()));
        String note = inside.resolve("note.txt").toString();
        assertThat(call("files__write_file", Map.of("path", note, "content", "grüße")).failed())
                .isFalse();
        assertThat(inside.resolve("note.txt")).hasContent("grüße");
        assertThat(call("files__read_text_file", Map.of("path", note)).text()).contains("grüße");
        ToolOutcome outside =
                call("files__read_text_file", Map.of("path", folder.resolve("secret").toString()));
        assertThat(outside.failed()).isTrue();
        assertThat(outside.text()).contains("denied").doesNotContain("not yours");
    }

    private void everything() throws InterruptedException {
        assertThat(call("all__echo", Map.of("message", "hello")).text()).isEqualTo("Echo: hello");
        assertThat(call("all__get-tiny-image", Map.of()).content())
                .anyMatch(Part.Image.class::isInstance);
        assertThat(call("all__get-resource-links", Map.of("count", 2)).text())
                .containsPattern("\\[resource [^\\n]*: [a-z]+://");
        assertThat(
                        call(
                                        "all__trigger-long-running-operation",
                                        Map.of("duration", 1, "steps", 2))
                                .failed())
                .isFalse();
        assertThat(String.join("", output)).contains("1/2", "2/2");
        output.clear();
        Thread user =
                Thread.ofVirtual()
                        .start(() -> {
                            while (output.isEmpty()) {
                                LockSupport.parkNanos(1_000_000);
                                Thread.yield();
                            }
                            cancel.cancel("the user");
                        });
        long began = System.nanoTime();
        assertThatThrownBy(() ->
                        call(
                                "all__trigger-long-running-operation",
                                Map.of("duration", 20, "steps", 40)))
                .hasMessageContaining("cancelled");
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(10));
        // The call ends while the thread that cancelled it may still be returning from that.
        assertThat(user.join(Duration.ofSeconds(10))).isTrue();
    }

    @Test
    void everythingWorksAsAProgram() throws InterruptedException {
        open("all", new ServerSpec.Reach.Command(node("server-everything", "stdio"), Map.of()));
        everything();
    }

    @Test
    void everythingWorksOverHttp() throws Exception {
        int port = SlotRuntimeContract.freePort();
        ProcessBuilder builder = new ProcessBuilder(node("server-everything", "streamableHttp"));
        builder.environment().put("PORT", String.valueOf(port));
        builder.redirectErrorStream(true);
        started = builder.start();
        Output.reading(started.getInputStream(), "the server").awaitText("listening on port");
        open(
                "all",
                new ServerSpec.Reach.Web(
                        URI.create("http://127.0.0.1:%d/mcp".formatted(port)), Map.of()));
        everything();
    }
}
