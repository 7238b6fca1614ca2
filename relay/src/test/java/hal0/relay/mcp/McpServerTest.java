package hal0.relay.mcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import hal0.relay.guard.Scope;
import hal0.relay.mcp.protocol.Bounds;
import hal0.relay.mcp.protocol.Call;
import hal0.relay.mcp.protocol.Offer;
import hal0.relay.mcp.protocol.OfferedTool;
import hal0.relay.mcp.protocol.Results;
import hal0.relay.mcp.protocol.Tier;
import hal0.relay.testing.RawClient;
import io.modelcontextprotocol.client.McpClient;
import io.modelcontextprotocol.client.McpSyncClient;
import io.modelcontextprotocol.client.transport.HttpClientStreamableHttpTransport;
import io.modelcontextprotocol.spec.McpError;
import io.modelcontextprotocol.spec.McpSchema;
import io.modelcontextprotocol.spec.McpSchema.CallToolRequest;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import io.modelcontextprotocol.spec.McpSchema.TextContent;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The protocol over real sockets: the SDK's own client, and clients that do not behave.
@Timeout(60)
class McpServerTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String INITIALIZE =
            "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"initialize\",\"params\":{\"protocolVersion\":\"%s\",\"capabilities\":{},\"clientInfo\":{\"name\":\"raw\",\"version\":\"1\"}}}";

    @TempDir Path folder;
    private final CountDownLatch release = new CountDownLatch(1);
    private final BlockingQueue<String> seen = new LinkedBlockingQueue<>();
    private ServedMcp served;

    @BeforeEach
    void start() {
        serve(
                new Bounds(
                        3,
                        2,
                        Duration.ofMinutes(30),
                        2,
                        Duration.ofSeconds(30),
                        Duration.ofSeconds(15)));
    }

    private void serve(Bounds bounds) {
        if (served != null) {
            served.close();
        }
        served =
                new ServedMcp(folder, Offer.ofTools("test", "Test", "Say hello.", tools()), bounds);
    }

    @AfterEach
    void stop() {
        release.countDown();
        served.close();
    }

    private List<OfferedTool> tools() {
        return List.of(
                tool(
                        "who",
                        call -> Results.text(call.caller().name() + " " + call.caller().agent())),
                tool("hold", this::hold),
                tool("slow", this::slow),
                tool(
                        "broken",
                        _ -> {
                            throw new IllegalStateException("secret-of-ours");
                        }),
                tool("last", _ -> Results.text("last")));
    }

    private static OfferedTool tool(String name, OfferedTool.Work work) {
        return new OfferedTool(
                McpSchema.Tool.builder(name, Map.of("type", "object"))
                        .description("A tool.")
                        .build(),
                Tier.READ,
                work);
    }

    /// Runs until it is cancelled or let go on.
    private CallToolResult hold(Call call) {
        seen.add("begun");
        try (var _ = call.cancel().onCancel(release::countDown)) {
            release.await();
            seen.add(
                    call.cancel().isCancelled()
                            ? "cancelled: " + call.cancel().reason()
                            : "released");
            return Results.text("held");
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /// Tells how it goes on, then waits.
    private CallToolResult slow(Call call) {
        call.progress(1, 2.0, "half");
        call.progress(1, 2.0, "not further");
        try {
            release.await();
            call.progress(2, 2.0, "whole");
            return Results.text("slow is done");
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private McpSyncClient client(String... headers) {
        var transport =
                HttpClientStreamableHttpTransport.builder(served.address().toString())
                        .endpoint("/mcp/test");
        for (int i = 0; i < headers.length; i += 2) {
            String name = headers[i];
            String value = headers[i + 1];
            transport.addHttpRequestCustomizer(
                    (request, _, _, _, _) -> request.header(name, value));
        }
        return McpClient.sync(transport.build())
                .clientInfo(McpSchema.Implementation.builder("sdk client", "1").build())
                .requestTimeout(Duration.ofSeconds(20))
                .progressConsumer(told -> seen.add("progress " + told.progress()))
                .build();
    }

    private static String text(CallToolResult result) {
        return ((TextContent) result.content().getFirst()).text();
    }

    private static CallToolRequest call(String name) {
        return CallToolRequest.builder(name).build();
    }

    @Test
    void theClientOfTheSdkSpeaksTheNewestRevision() {
        try (McpSyncClient client = client("X-hal0-Agent", "hermes")) {
            var begun = client.initialize();
            assertThat(begun.protocolVersion()).isEqualTo("2025-11-25");
            assertThat(begun.instructions()).isEqualTo("Say hello.");
            assertThat(client.listTools().tools()).hasSize(5);
            assertThat(text(client.callTool(call("who")))).isEqualTo("local/sdk-client hermes");
            assertThat(served.endpoint.sessions()).isOne();
            assertThat(client.closeGracefully()).isTrue();
        }
        // The client does not wait for what its DELETE is answered.
        while (served.endpoint.sessions() > 0) {
            LockSupport.parkNanos(1_000_000);
        }
    }

    @Test
    void aListIsReadInPages() {
        try (McpSyncClient client = client()) {
            client.initialize();
            List<String> names = new ArrayList<>();
            String cursor = null;
            int pages = 0;
            do {
                var page = client.listTools(cursor);
                page.tools().forEach(tool -> names.add(tool.name()));
                cursor = page.nextCursor();
                pages++;
            } while (cursor != null);
            assertThat(names).containsExactly("who", "hold", "slow", "broken", "last");
            assertThat(pages).isEqualTo(3);
            assertThatThrownBy(() -> client.listTools("made-up"))
                    .isInstanceOf(McpError.class)
                    .hasMessageContaining("none that this server gave");
        }
    }

    @Test
    void progressComesBeforeTheAnswer() throws Exception {
        try (McpSyncClient client = client()) {
            client.initialize();
            Thread.ofVirtual()
                    .start(() -> {
                        if (take().equals("progress 1.0")) {
                            release.countDown();
                        }
                    });
            CallToolRequest request = CallToolRequest.builder("slow").progressToken("p1").build();
            assertThat(text(client.callTool(request))).isEqualTo("slow is done");
            assertThat(take()).isEqualTo("progress 2.0");
        }
    }

    private String take() {
        try {
            String next = seen.poll(20, TimeUnit.SECONDS);
            return next == null ? "nothing" : next;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void aFaultOfOursTellsNothingOfItself() {
        try (McpSyncClient client = client()) {
            client.initialize();
            assertThatThrownBy(() -> client.callTool(call("broken")))
                    .isInstanceOf(McpError.class)
                    .hasMessageContaining("its log says more")
                    .hasMessageNotContaining("secret-of-ours");
            assertThatThrownBy(() -> client.callTool(call("whoo")))
                    .hasMessageContaining("there is no tool \"whoo\"")
                    .hasMessageContaining("who");
        }
    }

    // From here on: bytes.

    private RawClient.Answer post(String session, String body, String... headers) {
        List<String> all = new ArrayList<>(List.of(headers));
        all.add("Accept: application/json, text/event-stream");
        if (session != null) {
            all.add("Mcp-Session-Id: " + session);
        }
        try (RawClient client = new RawClient(served.port())) {
            return client.send(RawClient.post("/mcp/test", body, all.toArray(String[]::new)))
                    .receive();
        }
    }

    private String begin(String version, String... headers) {
        RawClient.Answer answer = post(null, INITIALIZE.formatted(version), headers);
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return answer.header("Mcp-Session-Id").orElseThrow();
    }

    private static JsonNode json(RawClient.Answer answer) throws Exception {
        return JSON.readTree(answer.body());
    }

    private static String request(String method) {
        return "{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\"%s\"}".formatted(method);
    }

    private static String toolCall(int id, String tool) {
        return "{\"jsonrpc\":\"2.0\",\"id\":%d,\"method\":\"tools/call\",\"params\":{\"name\":\"%s\",\"_meta\":{\"progressToken\":5}}}"
                .formatted(id, tool);
    }

    @Test
    void anOlderRevisionIsSpokenAndAnUnknownOneAnsweredWithTheNewest() throws Exception {
        for (String version : List.of("2025-06-18", "2025-03-26")) {
            var answer = json(post(null, INITIALIZE.formatted(version)));
            assertThat(answer.at("/result/protocolVersion").asText()).isEqualTo(version);
        }
        var newest = json(post(null, INITIALIZE.formatted("2099-01-01")));
        assertThat(newest.at("/result/protocolVersion").asText()).isEqualTo("2025-11-25");
        String session = "0123";
        assertThat(post(session, request("ping"), "MCP-Protocol-Version: 1999-01-01").status())
                .isEqualTo(400);
    }

    @Test
    void messagesThatAreNoneAreRefusedByWhatIsWrongWithThem() throws Exception {
        String session = begin("2025-11-25");
        Map<String, Integer> refused =
                Map.of(
                        "{",
                        -32700,
                        "",
                        -32700,
                        "[" + request("ping") + "]",
                        -32600,
                        "7",
                        -32600,
                        "{\"id\":1,\"method\":\"ping\"}",
                        -32600,
                        "{\"jsonrpc\":\"1.0\",\"id\":1,\"method\":\"ping\"}",
                        -32600,
                        "{\"jsonrpc\":\"2.0\",\"id\":1.5,\"method\":\"ping\"}",
                        -32600,
                        "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\",\"params\":[1]}",
                        -32600,
                        "{\"jsonrpc\":\"2.0\",\"id\":1}",
                        -32600,
                        "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\",\"params\":"
                                + "{\"a\":".repeat(90)
                                + "1"
                                + "}".repeat(91),
                        -32700);
        for (Map.Entry<String, Integer> each : refused.entrySet()) {
            RawClient.Answer answer = post(session, each.getKey());
            assertThat(answer.status()).as(each.getKey()).isEqualTo(400);
            assertThat(json(answer).at("/error/code").asInt())
                    .as(each.getKey())
                    .isEqualTo(each.getValue());
        }
        assertThat(json(post(session, request("ping"))).path("result").isObject()).isTrue();
        var unknown = json(post(session, request("no/such")));
        assertThat(unknown.at("/error/code").asInt()).isEqualTo(-32601);
        var wrong =
                json(
                        post(
                                session,
                                "{\"jsonrpc\":\"2.0\",\"id\":8,\"method\":\"tools/call\",\"params\":{\"name\":{\"sk-secret\":1}}}"));
        assertThat(wrong.at("/error/code").asInt()).isEqualTo(-32602);
        assertThat(wrong.toString()).doesNotContain("sk-secret");
    }

    @Test
    void aBodyThatIsTooLargeIsRefused() {
        String session = begin("2025-11-25");
        String large = "{\"jsonrpc\":\"2.0\",\"method\":\"" + "x".repeat(2 << 20) + "\"}";
        assertThat(post(session, large).status()).isEqualTo(413);
    }

    @Test
    void aSessionIsAskedFor() throws Exception {
        assertThat(post(null, request("ping")).status()).isEqualTo(400);
        RawClient.Answer unknown = post("f".repeat(32), request("ping"));
        assertThat(unknown.status()).isEqualTo(404);
        assertThat(json(unknown).at("/error/message").asText()).contains("initialize");
    }

    @Test
    void aSessionIsTheKeysThatBeganIt() {
        String mine = served.key("mine", Scope.AGENT);
        String other = served.key("other", Scope.AGENT);
        String client = served.key("talker", Scope.CLIENT);
        assertThat(post(null, INITIALIZE.formatted("2025-11-25")).status()).isEqualTo(401);
        assertThat(
                        post(
                                        null,
                                        INITIALIZE.formatted("2025-11-25"),
                                        "Authorization: Bearer " + client)
                                .status())
                .isEqualTo(403);
        String session = begin("2025-11-25", "Authorization: Bearer " + mine);
        assertThat(post(session, request("ping"), "Authorization: Bearer " + mine).status())
                .isEqualTo(200);
        assertThat(post(session, request("ping"), "Authorization: Bearer " + other).status())
                .isEqualTo(404);
    }

    @Test
    void aCancelledCallIsEndedAndNotAnswered() throws Exception {
        String session = begin("2025-11-25");
        try (RawClient held = new RawClient(served.port())) {
            held.send(
                    RawClient.post(
                            "/mcp/test",
                            toolCall(9, "hold"),
                            "Accept: application/json, text/event-stream",
                            "Mcp-Session-Id: " + session));
            assertThat(take()).isEqualTo("begun");
            String again =
                    "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/cancelled\",\"params\":{\"requestId\":9}}";
            assertThat(post(session, again).status()).isEqualTo(202);
            assertThat(take()).isEqualTo("cancelled: the client cancelled it");
            assertThat(held.receive().text()).doesNotContain("held");
        }
        assertThat(json(post(session, request("ping"))).has("result")).isTrue();
    }

    @Test
    void aClientThatLeavesBeforeItHasAnIdEndsItsCall() {
        String session = begin("2025-11-25");
        try (RawClient held = new RawClient(served.port())) {
            held.send(
                    RawClient.post(
                            "/mcp/test",
                            toolCall(9, "hold"),
                            "Accept: application/json, text/event-stream",
                            "Mcp-Session-Id: " + session));
            assertThat(take()).isEqualTo("begun");
        }
        assertThat(take()).isEqualTo("cancelled: the client left");
    }

    @Test
    void aClientThatLostItsConnectionComesBackForTheAnswer() {
        String session = begin("2025-11-25");
        try (RawClient lost = new RawClient(served.port())) {
            lost.send(
                            RawClient.post(
                                    "/mcp/test",
                                    toolCall(9, "slow"),
                                    "Accept: application/json, text/event-stream",
                                    "Mcp-Session-Id: " + session))
                    .awaitText("id: r1-1");
        }
        release.countDown();
        try (RawClient back = new RawClient(served.port())) {
            String rest = back.send(listen(session, "Last-Event-ID: r1-1\r\n")).receive().text();
            assertThat(rest).contains("id: r1-2").contains("slow is done").doesNotContain("half");
        }
        try (RawClient wrong = new RawClient(served.port())) {
            assertThat(wrong.send(listen(session, "Last-Event-ID: r77-1\r\n")).receive().status())
                    .isEqualTo(404);
        }
    }

    private static String listen(String session, String more) {
        return "GET /mcp/test HTTP/1.1\r\nHost: localhost\r\nAccept: text/event-stream\r\nMcp-Session-Id: "
                + session
                + "\r\n"
                + more
                + "\r\n";
    }

    @Test
    void whatIsSaidUnaskedIsHeardOnceByWhoListens() {
        String session = begin("2025-06-18");
        served.endpoint.tellAll("notifications/tools/list_changed");
        try (RawClient first = new RawClient(served.port())) {
            first.send(listen(session, "")).awaitText("list_changed");
            served.endpoint.tellLog(_ -> true, McpSchema.LoggingLevel.DEBUG, "too quiet");
            served.endpoint.tellLog(
                    "local/raw"::equals, McpSchema.LoggingLevel.ERROR, "loud enough");
            StringBuilder heard = new StringBuilder();
            first.awaitText("loud enough", heard);
            assertThat(heard.toString()).doesNotContain("too quiet");
            try (RawClient second = new RawClient(served.port())) {
                second.send(listen(session, "")).awaitText(": ");
                served.endpoint.tellAll("notifications/prompts/list_changed");
                StringBuilder other = new StringBuilder();
                second.awaitText("prompts/list_changed", other);
                assertThat(other.toString()).doesNotContain("loud enough");
                // Who comes later takes over: the last chunk of the first one's answer.
                first.awaitText("\r\n0\r\n\r\n");
            }
        }
    }

    @Test
    void noMoreSessionsAreBornThanAreBorne() throws Exception {
        String first = begin("2025-11-25");
        begin("2025-11-25");
        begin("2025-11-25");
        RawClient.Answer refused = post(null, INITIALIZE.formatted("2025-11-25"));
        assertThat(refused.status()).isEqualTo(503);
        assertThat(refused.header("Retry-After")).isPresent();
        try (RawClient client = new RawClient(served.port())) {
            assertThat(
                            client.send(
                                            "DELETE /mcp/test HTTP/1.1\r\nHost: localhost\r\nMcp-Session-Id: "
                                                    + first
                                                    + "\r\n\r\n")
                                    .receive()
                                    .status())
                    .isEqualTo(204);
        }
        begin("2025-11-25");
        assertThat(post(first, request("ping")).status()).isEqualTo(404);
    }

    @Test
    void aSessionThatNobodyUsesIsForgotten() {
        serve(new Bounds(3, 2, Duration.ZERO, 2, Duration.ofSeconds(5), Duration.ofSeconds(15)));
        String session = begin("2025-11-25");
        assertThat(post(session, request("ping")).status()).isEqualTo(404);
    }

    @Test
    void anAnswerThatTakesLongIsBegunAsAStreamThatStaysAlive() {
        serve(
                new Bounds(
                        3,
                        2,
                        Duration.ofMinutes(5),
                        2,
                        Duration.ofMillis(50),
                        Duration.ofMillis(50)));
        String session = begin("2025-11-25");
        try (RawClient client = new RawClient(served.port())) {
            StringBuilder heard = new StringBuilder();
            client.send(
                            RawClient.post(
                                    "/mcp/test",
                                    toolCall(9, "hold"),
                                    "Accept: application/json, text/event-stream",
                                    "Mcp-Session-Id: " + session))
                    .awaitText("id: r1-0", heard)
                    .awaitText(": \n\n", heard);
            release.countDown();
            client.awaitText("held", heard);
            assertThat(heard.toString()).contains("text/event-stream").contains("id: r1-1");
        }
    }

    @Test
    void whoHasTheAnswerMayAskAgainByTheSameId() throws Exception {
        String session = begin("2025-11-25");
        for (int i = 0; i < 200; i++) {
            assertThat(json(post(session, toolCall(9, "who"))).path("error").isMissingNode())
                    .isTrue();
        }
    }

    @Test
    void whoTakesNoStreamGetsTheAnswerAlone() throws Exception {
        String session = begin("2025-11-25");
        release.countDown();
        try (RawClient client = new RawClient(served.port())) {
            RawClient.Answer answer =
                    client.send(
                                    RawClient.post(
                                            "/mcp/test",
                                            toolCall(9, "slow"),
                                            "Accept: application/json",
                                            "Mcp-Session-Id: " + session))
                            .receive();
            assertThat(json(answer).at("/result/content/0/text").asText())
                    .isEqualTo("slow is done");
        }
        try (RawClient client = new RawClient(served.port())) {
            assertThat(
                            client.send(
                                            RawClient.post(
                                                    "/mcp/test",
                                                    toolCall(9, "who"),
                                                    "Accept: text/html",
                                                    "Mcp-Session-Id: " + session))
                                    .receive()
                                    .status())
                    .isEqualTo(406);
        }
    }

    @Test
    void noMoreCallsRunAtOnceThanAreBorne() throws Exception {
        String session = begin("2025-11-25");
        List<RawClient> held = new ArrayList<>();
        try {
            for (int id : List.of(21, 22)) {
                RawClient client = new RawClient(served.port());
                held.add(client);
                client.send(
                        RawClient.post(
                                "/mcp/test",
                                toolCall(id, "hold"),
                                "Accept: application/json, text/event-stream",
                                "Mcp-Session-Id: " + session));
                assertThat(take()).isEqualTo("begun");
            }
            assertThat(post(session, toolCall(23, "who")).status()).isEqualTo(400);
        } finally {
            held.forEach(RawClient::close);
        }
    }

    @Test
    void callsAreNotedForWhoLooksAfterTheServer() throws Exception {
        String session = begin("2025-11-25");
        assertThat(post(session, toolCall(3, "who")).status()).isEqualTo(200);
        assertThat(post(session, toolCall(4, "broken")).status()).isEqualTo(200);
        try (RawClient client = new RawClient(served.port())) {
            JsonNode status =
                    json(client.send("GET /api/mcp HTTP/1.1\r\nHost: localhost\r\n\r\n").receive());
            JsonNode server = status.at("/servers/0");
            assertThat(server.path("path").asText()).isEqualTo("/mcp/test");
            assertThat(server.path("sessions").asInt()).isOne();
            assertThat(server.at("/tools/0/calls").asInt()).isOne();
            assertThat(server.at("/tools/0/tier").asText()).isEqualTo("read");
            assertThat(status.at("/recent/0/tool").asText()).isEqualTo("broken");
            assertThat(status.at("/recent/0/outcome").asText()).isEqualTo("error");
            assertThat(status.at("/recent/1/asker").asText()).isEqualTo("local/raw");
        }
    }
}
