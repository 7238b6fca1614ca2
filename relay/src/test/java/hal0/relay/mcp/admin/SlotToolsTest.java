package hal0.relay.mcp.admin;

import static org.assertj.core.api.Assertions.assertThat;

import hal0.home.activity.Activity;
import hal0.home.store.Database;
import hal0.providers.http.CancelToken;
import hal0.relay.approval.ApprovalDesk;
import hal0.relay.approval.ApprovalNews;
import hal0.relay.control.Audit;
import hal0.relay.control.ProfileControl;
import hal0.relay.control.ShownFailures;
import hal0.relay.mcp.ServedMcp;
import hal0.relay.model.ModelControl;
import hal0.relay.model.ModelEntry;
import hal0.relay.model.NewModel;
import hal0.relay.testing.RelayFixture;
import hal0.relay.testing.ScriptedSlots;
import hal0.slots.definition.HomeDefinitions;
import hal0.slots.definition.ProfileEdits;
import hal0.slots.lifecycle.StateName;
import hal0.slots.model.pull.PullStatus;
import hal0.slots.model.pull.PullWish;
import hal0.slots.model.pull.Pulls;
import io.modelcontextprotocol.client.McpClient;
import io.modelcontextprotocol.client.McpSyncClient;
import io.modelcontextprotocol.client.transport.HttpClientStreamableHttpTransport;
import io.modelcontextprotocol.spec.McpSchema;
import io.modelcontextprotocol.spec.McpSchema.CallToolRequest;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import io.modelcontextprotocol.spec.McpSchema.TextContent;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// What agents tell slots to do.
@Timeout(60)
class SlotToolsTest {
    @TempDir Path folder;
    @TempDir Path served;
    private final ScriptedSlots slots = new ScriptedSlots();
    private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();
    private Database database;
    private RelayFixture relay;
    private ServedMcp mcp;
    private McpSyncClient client;

    @BeforeEach
    void start() {
        slots.with("chat", StateName.OFFLINE, "qwen", URI.create("http://127.0.0.1:8081"));
        relay = new RelayFixture(folder, RelayFixture.Setup.of());
        relay.run(slots);
        database = Database.at(served.resolve("activity.db"));
        InstantSource clock = InstantSource.system();
        Activity activity = new Activity(database, clock);
        Audit audit = new Audit(activity, "test");
        HomeDefinitions definitions = new HomeDefinitions(served);
        ProfileControl profiles =
                new ProfileControl(
                        definitions, new ProfileEdits(served, definitions), () -> {}, audit);
        Ground ground =
                new Ground(
                        _ -> relay.control(),
                        new OneModel(),
                        profiles,
                        relay.rehearsal(profiles),
                        () -> {
                            throw new UnsupportedOperationException();
                        },
                        List::of,
                        new ApprovalDesk(
                                new ApprovalNews(relay.events(), activity),
                                ShownFailures::words,
                                clock),
                        audit,
                        relay.events(),
                        ZoneOffset.UTC);
        mcp = new ServedMcp(served, AdminServer.open(ground, clock));
        client =
                McpClient.sync(
                                HttpClientStreamableHttpTransport.builder(mcp.address().toString())
                                        .endpoint("/mcp/test")
                                        .openConnectionOnStartup(true)
                                        .build())
                        .clientInfo(McpSchema.Implementation.builder("tester", "1").build())
                        .requestTimeout(Duration.ofSeconds(20))
                        .progressConsumer(told -> heard.add(told.progress() + " " + told.message()))
                        .resourcesUpdateConsumer(
                                all -> all.forEach(each -> heard.add("updated " + each.uri())))
                        .build();
        client.initialize();
    }

    @AfterEach
    void stop() {
        client.close();
        relay.events().close();
        mcp.close();
        relay.close();
        database.close();
    }

    private CallToolResult call(String tool, Map<String, Object> arguments) {
        return client.callTool(
                CallToolRequest.builder(tool).arguments(arguments).progressToken(tool).build());
    }

    private static String text(CallToolResult result) {
        return ((TextContent) result.content().getFirst()).text();
    }

    @Test
    void aSlotIsLoadedAndItsProgressTold() {
        slots.becomes("chat", StateName.STARTING, "qwen", "its server starts");
        CallToolResult result = call("slot_load", Map.of("slot", "chat", "wait_s", 3));
        assertThat(text(result)).contains("\"state\":\"starting\"").contains("\"settled\":false");
        assertThat(slots.orders()).contains("load chat", "await chat 1");
        assertThat(heard).contains("1.0 chat is starting its server starts");
    }

    @Test
    void whatIsDoneIsToldAtOnce() {
        slots.becomes("chat", StateName.READY, "qwen", "");
        assertThat(text(call("slot_load", Map.of("slot", "chat", "model", "qwen"))))
                .contains("\"settled\":true");
        assertThat(text(call("slot_unload", Map.of("slot", "chat", "wait_s", 0)))).contains("chat");
        assertThat(text(call("slot_restart", Map.of("slot", "chat")))).contains("chat");
        assertThat(slots.orders()).contains("load chat qwen", "unload chat", "restart chat");
    }

    @Test
    void aSwapIsNotForGoodAndTakesNoPath() {
        slots.becomes("chat", StateName.READY, "qwen", "");
        call("slot_swap", Map.of("slot", "chat", "model", "llama"));
        assertThat(slots.orders()).contains("swap chat llama");
        assertThat(relay.definitions()).as("nothing is written").isEmpty();
        CallToolResult path = call("slot_swap", Map.of("slot", "chat", "model", "/etc/shadow"));
        assertThat(path.isError()).isTrue();
        assertThat(text(path)).contains("models_list has the ids");
        assertThat(slots.orders()).noneMatch(order -> order.contains("shadow"));
    }

    @Test
    void whoFollowsASlotHearsThatItChanged() throws Exception {
        client.subscribeResource(McpSchema.SubscribeRequest.builder("hal0://slots/chat").build());
        slots.becomes("chat", StateName.READY, "qwen", "");
        String next = "";
        while (!next.equals("updated hal0://slots/chat")) {
            next = heard.poll(20, TimeUnit.SECONDS);
            assertThat(next).isNotNull();
        }
    }

    /// A registry with two models.
    private static final class OneModel implements ModelControl {
        @Override
        public List<ModelEntry> list() {
            return List.of(entry("qwen"), entry("llama"));
        }

        private static ModelEntry entry(String id) {
            return new ModelEntry(
                    id,
                    ModelEntry.State.READY,
                    null,
                    null,
                    null,
                    null,
                    0,
                    0,
                    List.of(),
                    null,
                    List.of(),
                    null,
                    "");
        }

        @Override
        public ModelEntry one(String id, long contextSize) {
            return entry(id);
        }

        @Override
        public Pulls.Begun pull(PullWish wish) {
            throw new UnsupportedOperationException();
        }

        @Override
        public List<PullStatus> pulls() {
            return List.of();
        }

        @Override
        public PullStatus pull(String job) {
            throw new UnsupportedOperationException();
        }

        @Override
        public PullStatus cancel(String job) {
            throw new UnsupportedOperationException();
        }

        @Override
        public PullStatus follow(String job, Consumer<PullStatus> listener, CancelToken left) {
            throw new UnsupportedOperationException();
        }

        @Override
        public ModelEntry register(NewModel model) {
            throw new UnsupportedOperationException();
        }

        @Override
        public ModelEntry remove(String id, boolean files, boolean force) {
            throw new UnsupportedOperationException();
        }

        @Override
        public ModelEntry assign(String id, String slot) {
            throw new UnsupportedOperationException();
        }
    }
}
