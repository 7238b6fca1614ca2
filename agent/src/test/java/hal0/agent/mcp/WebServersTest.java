package hal0.agent.mcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import hal0.agent.mcp.wire.Bearer;
import hal0.agent.tool.AgentTool;
import hal0.agent.tool.ToolOutcome;
import hal0.agent.tool.ToolRun;
import hal0.providers.http.AddressGuard;
import hal0.providers.http.CancelToken;
import hal0.providers.http.OkHttpTransport;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class WebServersTest {
    private final List<String> notices = new CopyOnWriteArrayList<>();
    private final List<String> output = new CopyOnWriteArrayList<>();
    private final CancelToken cancel = new CancelToken();
    private OkHttpTransport transport;
    private WebServer web;
    private McpServers servers;

    @BeforeEach
    void open() throws Exception {
        web = new WebServer();
        transport = new OkHttpTransport("t", new AddressGuard(Set.of()), _ -> Optional.empty());
        servers = of(web.url(), Map.of("X-Team", "${TEAM}", "X-Not", "$NOT_SET"));
    }

    private McpServers of(URI url, Map<String, String> headers) {
        return new McpServers(
                List.of(
                        new ServerSpec(
                                "web",
                                new ServerSpec.Reach.Web(url, headers),
                                Duration.ofSeconds(10),
                                true)),
                new McpParts(
                        transport,
                        name -> name.equals("TEAM") ? Optional.of("blue") : Optional.empty(),
                        Map.of(),
                        Path.of("."),
                        _ -> Bearer.NONE),
                notices::add);
    }

    @AfterEach
    void close() {
        servers.close();
        web.close();
        transport.close();
    }

    private ToolOutcome call(String how) {
        AgentTool tool = servers.tools().getFirst();
        return tool.plan(new ObjectMapper().createObjectNode().put("how", how))
                .run(new ToolRun("c", cancel, output::add));
    }

    private static void until(BooleanSupplier met) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(15);
        while (!met.getAsBoolean()) {
            assertThat(System.nanoTime()).isLessThan(deadline);
            new CountDownLatch(1).await(10, TimeUnit.MILLISECONDS);
        }
    }

    @Test
    void sessionVersionAndHeadersGoWithEveryLaterRequest() {
        assertThat(call("plain").text()).isEqualTo("plain");
        assertThat(web.last("POST /team/mcp initialize").headers())
                .containsEntry("x-team", "blue")
                .containsEntry("accept", "application/json, text/event-stream")
                .doesNotContainKeys("x-not", "mcp-session-id", "authorization");
        assertThat(web.last("POST /team/mcp tools/call").headers())
                .containsEntry("mcp-session-id", "s1")
                .containsEntry("mcp-protocol-version", "2025-06-18")
                .containsEntry("x-team", "blue");
        assertThat(web.lines())
                .containsSubsequence(
                        "POST /team/mcp initialize",
                        "POST /team/mcp notifications/initialized",
                        "POST /team/mcp tools/list");
        servers.close();
        assertThat(web.lines()).contains("DELETE /team/mcp");
    }

    @Test
    void answerMayComeAsAStreamWithItsProgress() {
        assertThat(call("stream").text()).isEqualTo("streamed");
        assertThat(output).containsExactly("1\n");
    }

    @Test
    void brokenStreamIsTakenUpAgainWhereItBroke() {
        assertThat(call("cut").text()).isEqualTo("resumed");
        assertThat(web.lines()).contains("GET /team/mcp");
        assertThat(web.last("GET /team/mcp").headers().get("last-event-id")).startsWith("call-");
    }

    @Test
    void brokenStreamWithoutNumbersFailsTheCallAtOnce() {
        assertThatThrownBy(() -> call("half"))
                .hasMessage("the MCP server web gave a stream that ended without the answer");
    }

    @Test
    void forgottenSessionIsBegunAnewAndTheCallRepeated() {
        assertThat(call("plain").text()).isEqualTo("plain");
        web.sessions.incrementAndGet();
        assertThat(call("plain").text()).isEqualTo("plain");
        assertThat(web.last("POST /team/mcp tools/call").headers())
                .containsEntry("mcp-session-id", "s3");
        assertThat(notices).isEmpty();
    }

    @Test
    void serverThatForgetsEachTimeIsNotAskedForEver() {
        assertThatThrownBy(() -> call("forget"))
                .hasMessage("the MCP server web no longer knows this session");
    }

    @Test
    void whatIsSaidUnaskedIsHeard() throws Exception {
        web.listens = true;
        assertThat(servers.tools()).extracting(AgentTool::name).containsExactly("web__one");
        web.released.countDown();
        until(() -> servers.tools().getFirst().name().equals("web__two"));
    }

    @Test
    void failureIsToldWithTheServersWords() {
        assertThatThrownBy(() -> call("fail"))
                .hasMessage("the MCP server web answers with status 500: disk full");
    }

    @Test
    void interruptedCallEndsAtOnceAndIsTakenBack() throws Exception {
        var _ = servers.tools();
        Thread user =
                Thread.ofVirtual()
                        .start(() -> {
                            try {
                                until(() -> web.lines().contains("POST /team/mcp tools/call"));
                            } catch (InterruptedException e) {
                                Thread.currentThread().interrupt();
                            }
                            cancel.cancel("the user");
                        });
        assertThatThrownBy(() -> call("hang")).hasMessageContaining("cancelled");
        user.join();
        until(() -> web.lines().contains("POST /team/mcp notifications/cancelled"));
        assertThat(web.last("POST /team/mcp notifications/cancelled").body())
                .contains("\"requestId\":3");
    }

    @Test
    void loginThatIsNeededIsNamed() {
        web.locked = true;
        assertThat(servers.tools()).isEmpty();
        assertThat(notices)
                .containsExactly(
                        "the MCP server web wants to know who calls: hal0 mcp login web; its tools are missing");
    }

    @Test
    void refusedKeyOfOnesOwnIsNotAnsweredWithALogin() {
        web.locked = true;
        servers = of(web.url(), Map.of("authorization", "Bearer wrong"));
        assertThat(servers.tools()).isEmpty();
        assertThat(notices.getFirst())
                .contains("does not take the Authorization of mcp.servers.web.headers")
                .doesNotContain("wrong");
    }

    @Test
    void serverThatIsNotThereIsSaidToBe() {
        servers = of(URI.create("http://127.0.0.1:9/mcp?key=s3cret"), Map.of());
        assertThat(servers.tools()).isEmpty();
        assertThat(notices.getFirst())
                .startsWith("the MCP server web cannot be reached: nothing accepts")
                .doesNotContain("s3cret");
    }
}
