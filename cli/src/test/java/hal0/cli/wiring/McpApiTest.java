package hal0.cli.wiring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import hal0.relay.guard.Allowance;
import hal0.relay.guard.Scope;
import hal0.relay.key.KeyControl;
import io.modelcontextprotocol.client.McpClient;
import io.modelcontextprotocol.client.McpSyncClient;
import io.modelcontextprotocol.client.transport.HttpClientStreamableHttpTransport;
import io.modelcontextprotocol.spec.McpSchema;
import io.modelcontextprotocol.spec.McpSchema.CallToolRequest;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import io.modelcontextprotocol.spec.McpSchema.TextContent;
import io.modelcontextprotocol.spec.McpSchema.TextResourceContents;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// `/mcp/admin` and `/mcp/memory` of the whole program, through the SDK's own client, which holds
/// each answer against the schema of its tool.
@Timeout(120)
class McpApiTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String SECRET = "sk-never-to-be-seen-4711";

    @TempDir private Path folder;
    private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();
    private final List<McpSyncClient> clients = new ArrayList<>();
    private ApiFixture api;

    @BeforeEach
    void start() throws Exception {
        ApiFixture.write(
                folder,
                "config.toml",
                """
                [active]
                provider = "demo"
                [providers.demo]
                base_url = "http://127.0.0.1:9/v1"
                api_key_env = "DEMO_KEY"
                """);
        ApiFixture.write(
                folder,
                "upstreams.toml",
                """
                [[upstream]]
                name = "listed"
                url = "http://127.0.0.1:9/v1"
                auth_value_env = "LISTED_KEY"
                """);
        api = new ApiFixture(folder, Map.of());
    }

    @AfterEach
    void stop() {
        clients.forEach(McpSyncClient::close);
        api.close();
    }

    private McpSyncClient client(String server, String... headers) {
        var transport =
                HttpClientStreamableHttpTransport.builder(api.url("").toString())
                        .endpoint("/mcp/" + server)
                        .openConnectionOnStartup(true);
        for (int i = 0; i < headers.length; i += 2) {
            String name = headers[i];
            String value = headers[i + 1];
            transport.addHttpRequestCustomizer(
                    (request, _, _, _, _) -> request.header(name, value));
        }
        McpSyncClient client =
                McpClient.sync(transport.build())
                        .clientInfo(McpSchema.Implementation.builder("tester", "1").build())
                        .requestTimeout(Duration.ofSeconds(30))
                        .enableCallToolSchemaCaching(true)
                        .loggingConsumer(line -> heard.add("log " + line.data()))
                        .resourcesUpdateConsumer(
                                all -> all.forEach(each -> heard.add("updated " + each.uri())))
                        .toolsChangeConsumer(_ -> heard.add("tools changed"))
                        .build();
        clients.add(client);
        client.initialize();
        return client;
    }

    private void awaitHeard(String part) throws InterruptedException {
        String next = "";
        while (!next.contains(part)) {
            next = heard.poll(30, TimeUnit.SECONDS);
            assertThat(next).as("waiting for " + part).isNotNull();
        }
    }

    private static CallToolResult result(
            McpSyncClient client, String tool, Map<String, Object> arguments) {
        return client.callTool(CallToolRequest.builder(tool).arguments(arguments).build());
    }

    private static String text(CallToolResult result) {
        return ((TextContent) result.content().getFirst()).text();
    }

    private static JsonNode call(McpSyncClient client, String tool, Map<String, Object> arguments)
            throws Exception {
        CallToolResult result = result(client, tool, arguments);
        assertThat(result.isError()).as(tool + ": " + text(result)).isNotEqualTo(Boolean.TRUE);
        JsonNode structured = JSON.valueToTree(result.structuredContent());
        assertThat(JSON.readTree(text(result))).as("the text says the same").isEqualTo(structured);
        return structured;
    }

    private static String refused(
            McpSyncClient client, String tool, Map<String, Object> arguments) {
        CallToolResult result = result(client, tool, arguments);
        assertThat(result.isError()).as(tool + ": " + text(result)).isTrue();
        return text(result);
    }

    @Test
    void everyToolThatLooksAnswersAsItsSchemaSays() throws Exception {
        McpSyncClient admin = client("admin");
        List<String> called = new ArrayList<>();
        for (McpSchema.Tool tool : admin.listTools().tools()) {
            assertThat(tool.description()).isNotBlank();
            assertThat(tool.outputSchema()).as(tool.name()).isNotNull();
            boolean needs = tool.inputSchema().containsKey("required");
            if (Boolean.TRUE.equals(tool.annotations().readOnlyHint()) && !needs) {
                call(admin, tool.name(), Map.of());
                called.add(tool.name());
            }
        }
        assertThat(called)
                .contains(
                        "status",
                        "health",
                        "hardware",
                        "gpu",
                        "slots_list",
                        "models_list",
                        "providers_list",
                        "usage",
                        "requests_list",
                        "activity_list",
                        "events_recent",
                        "approvals_list");
        assertThat(call(admin, "provider_get", Map.of("provider", "listed")).path("name").asText())
                .isEqualTo("listed");
        assertThat(
                        call(admin, "provider_test", Map.of("provider", "listed"))
                                .path("ok")
                                .asBoolean())
                .isFalse();
        assertThat(refused(admin, "provider_get", Map.of("provider", "listd")))
                .contains("there is no upstream \"listd\"")
                .contains("listed");
        assertThat(refused(admin, "usage", Map.of("by", "colour"))).contains("by: it is one of");
        assertThat(refused(admin, "usage", Map.of("since", "soon"))).contains("since:");
        assertThat(refused(admin, "usage", Map.of("form", "x"))).contains("there is no such field");
    }

    @Test
    void whatCanBeUndoneIsDoneAndNotedWithWhoAsked() throws Exception {
        McpSyncClient admin = client("admin");
        JsonNode off = call(admin, "provider_disable", Map.of("provider", "listed"));
        assertThat(off.path("enabled").asBoolean()).isFalse();
        assertThat(api.read("upstreams.toml")).contains("enabled = false");
        call(admin, "provider_enable", Map.of("provider", "listed"));
        call(admin, "use_model", Map.of("provider", "listed", "model", "m1"));
        assertThat(api.read("config.toml")).contains("m1");
        call(admin, "reload", Map.of());

        JsonNode noted = call(admin, "activity_list", Map.of("limit", 10)).path("activity");
        assertThat(noted.findValuesAsText("who")).containsOnly("local/tester");
        assertThat(noted.findValuesAsText("action"))
                .containsExactly(
                        "config.reload", "active.use", "upstream.change", "upstream.change");
    }

    @Test
    void whatCannotBeUndoneWaitsForTheOwner() throws Exception {
        McpSyncClient admin = client("admin");
        JsonNode pending =
                call(
                        admin,
                        "provider_add",
                        Map.of("name", "fresh", "url", "http://127.0.0.1:9/v1"));
        assertThat(pending.path("status").asText()).isEqualTo("pending_approval");
        String id = pending.path("approval_id").asText();
        assertThat(api.read("upstreams.toml")).doesNotContain("fresh");
        assertThat(call(admin, "approval_get", Map.of("approval_id", id)).path("state").asText())
                .isEqualTo("waiting");

        assertThat(api.send("POST", "/api/approvals/" + id, "{\"approve\":true}").status())
                .isEqualTo(200);

        JsonNode done = call(admin, "approval_get", Map.of("approval_id", id, "wait_s", 30));
        assertThat(done.path("state").asText()).isEqualTo("done");
        assertThat(done.at("/outcome/name").asText()).isEqualTo("fresh");
        assertThat(api.read("upstreams.toml")).contains("fresh");
        awaitHeard("log done: add the provider fresh");
        assertThat(call(admin, "activity_list", Map.of()).path("activity").findValuesAsText("who"))
                .contains("local/tester", "local");

        String denied =
                call(admin, "provider_remove", Map.of("provider", "fresh"))
                        .path("approval_id")
                        .asText();
        api.send("POST", "/api/approvals/" + denied, "{\"approve\":false}");
        assertThat(
                        call(admin, "approval_get", Map.of("approval_id", denied))
                                .path("state")
                                .asText())
                .isEqualTo("denied");
        assertThat(api.read("upstreams.toml")).contains("fresh");
    }

    @Test
    void whatFailsAfterItWasApprovedSaysWhy() throws Exception {
        McpSyncClient admin = client("admin");
        String id =
                call(admin, "provider_remove", Map.of("provider", "listed"))
                        .path("approval_id")
                        .asText();
        assertThat(api.send("DELETE", "/api/upstreams/listed", "").status()).isLessThan(300);
        api.send("POST", "/api/approvals/" + id, "{\"approve\":true}");
        JsonNode failed = call(admin, "approval_get", Map.of("approval_id", id, "wait_s", 30));
        assertThat(failed.path("state").asText()).isEqualTo("failed");
        assertThat(failed.path("outcome").asText()).contains("there is no upstream \"listed\"");
    }

    @Test
    void theOwnerIsNotAskedForWhatCannotBeDone() throws Exception {
        McpSyncClient admin = client("admin");
        String before = api.read("upstreams.toml");

        refused(admin, "provider_remove", Map.of("provider", "demo"), "not declared in upstreams");
        refused(admin, "provider_edit", Map.of("provider", "nobody"), "no upstream \"nobody\"");
        refused(
                admin,
                "provider_add",
                Map.of("name", "not allowed", "url", "http://127.0.0.1:9/v1"),
                "this cannot be a name");
        refused(
                admin,
                "provider_add",
                Map.of("name", "listed", "url", "http://127.0.0.1:9/v1"),
                "listed is declared in upstreams.toml");
        refused(
                admin,
                "credential_set",
                Map.of("provider", "listed", "variable", "OTHER_KEY", "value", SECRET),
                "listed reads LISTED_KEY and no other variable");
        refused(
                admin,
                "setting_set",
                Map.of("values", Map.of("tui.no_such_key", "x")),
                "no_such_key");
        refused(admin, "slot_create", Map.of("name", "Not a name"), "cannot name a slot");
        refused(admin, "slot_delete", Map.of("slot", "nothing"), "");
        refused(admin, "profile_edit", Map.of("name", "nothing"), "there is no profile");
        refused(admin, "profile_remove", Map.of("name", "nothing"), "there is no profile");
        refused(admin, "model_remove", Map.of("id", "nothing"), "nothing");
        refused(
                admin,
                "model_pull",
                Map.of("reference", "hf:a/b:Q4_0", "sha256", "short"),
                "64 hexadecimal digits");

        assertThat(api.get("/api/approvals").body()).isEmpty();
        assertThat(api.read("upstreams.toml")).isEqualTo(before);
    }

    private static void refused(
            McpSyncClient admin, String tool, Map<String, Object> arguments, String why) {
        assertThat(refused(admin, tool, arguments)).contains(why);
    }

    @Test
    void aSecretIsWrittenAndNeverTold() throws Exception {
        McpSyncClient admin = client("admin");
        Map<String, Object> arguments =
                Map.of("provider", "listed", "variable", "LISTED_KEY", "value", SECRET);
        String id = call(admin, "credential_set", arguments).path("approval_id").asText();
        String other =
                call(
                                admin,
                                "credential_set",
                                Map.of(
                                        "provider",
                                        "listed",
                                        "variable",
                                        "LISTED_KEY",
                                        "value",
                                        "another"))
                        .path("approval_id")
                        .asText();
        assertThat(other).as("another value is another call").isNotEqualTo(id);
        api.send("POST", "/api/approvals/" + id, "{\"approve\":true}");
        call(admin, "approval_get", Map.of("approval_id", id, "wait_s", 30));

        assertThat(api.hal0().configuration().secrets().find("LISTED_KEY")).contains(SECRET);
        StringBuilder told = new StringBuilder();
        for (String tool :
                List.of("approvals_list", "activity_list", "events_recent", "settings_list")) {
            told.append(call(admin, tool, Map.of()));
        }
        told.append(api.get("/api/approvals").text()).append(api.get("/api/mcp").text());
        told.append(api.get("/api/activity").text()).append(heard);
        assertThat(told.toString()).contains("***REDACTED***").doesNotContain(SECRET);
    }

    @Test
    void nothingThatRunsAProgramOrLoosensARuleIsTakenFromACaller() throws Exception {
        McpSyncClient admin = client("admin");
        for (String key :
                List.of(
                        "mcp.servers.x.command",
                        "hooks.before_tool",
                        "permissions.allow",
                        "agent.mode",
                        "relay.host",
                        "providers.demo.api_key")) {
            assertThat(refused(admin, "setting_set", Map.of("values", Map.of(key, "x"))))
                    .as(key)
                    .contains("only keys of active");
        }
        refused(
                admin,
                "slot_create",
                Map.of("name", "evil", "slot", Map.of("runtime", "process", "type", "llm")),
                "slot.command");
        assertThat(folder.resolve("slots/evil.toml")).doesNotExist();
        assertThat(
                        refused(
                                admin,
                                "slot_create",
                                Map.of("name", "evil", "slot", Map.of("command", "rm"))))
                .contains("slot.command: there is no such field");
    }

    @Test
    void settingsAreChangedOnceTheyAreApproved() throws Exception {
        McpSyncClient admin = client("admin");
        String id =
                call(
                                admin,
                                "setting_set",
                                Map.of("values", Map.of("dispatcher.wait_for_load_s", 7)))
                        .path("approval_id")
                        .asText();
        api.send("POST", "/api/approvals/" + id, "{\"approve\":true}");
        call(admin, "approval_get", Map.of("approval_id", id, "wait_s", 30));
        assertThat(api.read("config.toml")).contains("wait_for_load_s = 7");
    }

    @Test
    void resourcesAreReadAndFollowed() throws Exception {
        McpSyncClient admin = client("admin");
        List<String> uris =
                admin.listResources().resources().stream().map(McpSchema.Resource::uri).toList();
        assertThat(uris)
                .contains(
                        "hal0://status", "hal0://slots", "hal0://providers", "hal0://usage/today");
        for (String uri : uris) {
            var read = admin.readResource(McpSchema.ReadResourceRequest.builder(uri).build());
            TextResourceContents contents = (TextResourceContents) read.contents().getFirst();
            assertThat(JSON.readTree(contents.text()).isObject()).as(uri).isTrue();
        }
        assertThatThrownBy(() ->
                        admin.readResource(
                                McpSchema.ReadResourceRequest.builder("file:///etc/passwd")
                                        .build()))
                .hasMessageContaining("there is no such resource");
        String listed = "hal0://providers/listed";
        admin.subscribeResource(McpSchema.SubscribeRequest.builder(listed).build());
        call(admin, "provider_disable", Map.of("provider", "listed"));
        awaitHeard("updated " + listed);
    }

    @Test
    void theToolsNameTheSlotsAndSayWhenThatChanges() throws Exception {
        McpSyncClient admin = client("admin");
        Path slots = Files.createDirectories(folder.resolve("slots"));
        Files.writeString(
                slots.resolve("chat.toml"),
                "[slot]\nname = \"chat\"\ntype = \"llm\"\nruntime = \"docker\"\nimage = \"i\"\n[model]\ndefault = \"m.gguf\"\n");
        call(admin, "reload", Map.of());
        awaitHeard("tools changed");
        McpSchema.Tool load =
                admin.listTools().tools().stream()
                        .filter(tool -> tool.name().equals("slot_load"))
                        .findFirst()
                        .orElseThrow();
        assertThat(load.inputSchema().toString()).contains("enum=[chat]");
        assertThat(refused(admin, "slot_load", Map.of("slot", "chta"))).contains("one of chat");
        assertThat(refused(admin, "slot_load", Map.of("slot", "chat", "model", "/etc/passwd")))
                .contains("there is no model \"/etc/passwd\"");
        var completed =
                admin.completeCompletion(
                        new McpSchema.CompleteRequest(
                                new McpSchema.PromptReference("diagnose_slot"),
                                new McpSchema.CompleteRequest.CompleteArgument("slot", "c"),
                                null,
                                null));
        assertThat(completed.completion().values()).containsExactly("chat");
    }

    @Test
    void promptsSayWhatToLookAt() {
        McpSyncClient admin = client("admin");
        assertThat(admin.listPrompts().prompts()).hasSize(3);
        var prompt =
                admin.getPrompt(
                        McpSchema.GetPromptRequest.builder("diagnose_slot")
                                .arguments(Map.of("slot", "chat"))
                                .build());
        assertThat(((TextContent) prompt.messages().getFirst().content()).text())
                .contains("\"chat\"")
                .contains("slot_logs");
        assertThatThrownBy(() ->
                        admin.getPrompt(
                                McpSchema.GetPromptRequest.builder("diagnose_slot").build()))
                .hasMessageContaining("\"slot\" is missing");
    }

    private String key(String name, Scope scope) {
        KeyControl keys = api.hal0().ownKeys();
        return keys.create(new KeyControl.Wish(name, scope, Allowance.ALL, false)).key();
    }

    @Test
    void anAgentHearsOfItsOwnApprovalsOnly() throws Exception {
        String one = "Bearer " + key("one", Scope.AGENT);
        String two = "Bearer " + key("two", Scope.AGENT);
        McpSyncClient first = client("admin", "Authorization", one);
        McpSyncClient second = client("admin", "Authorization", two);
        String id =
                call(first, "provider_remove", Map.of("provider", "listed"))
                        .path("approval_id")
                        .asText();
        assertThat(call(first, "approvals_list", Map.of()).path("approvals")).hasSize(1);
        assertThat(call(second, "approvals_list", Map.of()).path("approvals")).isEmpty();
        assertThat(refused(second, "approval_get", Map.of("approval_id", id)))
                .contains("it is another's");
    }

    @Test
    void whatIsRememberedIsFoundAgainAndForgotten() throws Exception {
        McpSyncClient memory = client("memory", "X-hal0-Agent", "hermes");
        JsonNode added =
                call(
                        memory,
                        "memory_add",
                        Map.of(
                                "text",
                                "The staging host is called badger.",
                                "tags",
                                List.of("hosts"),
                                "metadata",
                                Map.of("project", "zoo")));
        assertThat(added.path("bank").asText()).isEqualTo("hermes");
        long id = added.path("id").asLong();
        JsonNode found = call(memory, "memory_search", Map.of("query", "staging host"));
        assertThat(found.at("/notes/0/id").asLong()).isEqualTo(id);
        assertThat(found.at("/notes/0/metadata/project").asText()).isEqualTo("zoo");
        assertThat(call(memory, "memory_list", Map.of()).path("notes")).hasSize(1);
        assertThat(call(memory, "memory_get", Map.of("id", id)).path("text").asText())
                .contains("badger");
        JsonNode changed =
                call(memory, "memory_update", Map.of("id", id, "text", "It is called otter."));
        assertThat(changed.path("text").asText()).contains("otter");
        assertThat(changed.at("/tags/0").asText()).isEqualTo("hosts");
        call(memory, "memory_delete", Map.of("id", id));
        assertThat(refused(memory, "memory_get", Map.of("id", id))).contains("there is no note");
        assertThat(refused(memory, "memory_add", Map.of("text", " "))).contains("no text");
    }

    @Test
    void anAgentSeesNoBankButItsOwn() throws Exception {
        String one = "Bearer " + key("one", Scope.AGENT);
        String two = "Bearer " + key("two", Scope.AGENT);
        String owner = "Bearer " + key("owner", Scope.ADMIN);
        McpSyncClient first = client("memory", "Authorization", one);
        long id = call(first, "memory_add", Map.of("text", "One likes tea.")).path("id").asLong();
        List<McpSyncClient> others =
                Stream.of("one", "ONE", "", "two")
                        .map(agent -> client("memory", "Authorization", two, "X-hal0-Agent", agent))
                        .toList();
        for (McpSyncClient other : others) {
            assertThat(call(other, "memory_search", Map.of("query", "tea")).path("notes"))
                    .isEmpty();
            assertThat(refused(other, "memory_get", Map.of("id", id))).contains("no note");
            assertThat(refused(other, "memory_delete", Map.of("id", id))).contains("no note");
            assertThat(refused(other, "memory_update", Map.of("id", id, "text", "x")))
                    .contains("no note");
            assertThat(refused(other, "memory_list", Map.of("bank", "one")))
                    .contains("leave bank out");
        }
        McpSyncClient all = client("memory", "Authorization", owner);
        assertThat(call(all, "memory_search", Map.of("query", "tea", "bank", "one")).path("notes"))
                .hasSize(1);
    }
}
