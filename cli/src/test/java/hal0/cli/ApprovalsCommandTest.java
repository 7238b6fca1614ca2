package hal0.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import hal0.cli.Hal0Process.Ended;
import hal0.cli.console.ExitCode;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The owner's word from a shell, for calls that came over MCP.
@Timeout(90)
class ApprovalsCommandTest {
    private static final Pattern ID = Pattern.compile("appr_[0-9a-f]+");

    @TempDir private Path home;
    @TempDir private Path elsewhere;
    private final HttpClient http = HttpClient.newHttpClient();
    private String relay;
    private String session;

    private HttpResponse<String> post(String message) throws Exception {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(relay + "/mcp/admin"))
                        .header("Content-Type", "application/json")
                        .header("Accept", "application/json, text/event-stream");
        if (session != null) {
            request.header("Mcp-Session-Id", session);
        }
        return http.send(
                request.POST(HttpRequest.BodyPublishers.ofString(message)).build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private void greet() throws Exception {
        session =
                post("{\"jsonrpc\":\"2.0\",\"id\":0,\"method\":\"initialize\",\"params\":{\"protocolVersion\":\"2025-06-18\",\"capabilities\":{},\"clientInfo\":{\"name\":\"bot\",\"version\":\"1\"}}}")
                        .headers()
                        .firstValue("Mcp-Session-Id")
                        .orElseThrow();
        post("{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}");
    }

    /// Has a provider of that name added; gives back the id of the approval.
    private String asks(String provider) throws Exception {
        String answer =
                post("{\"jsonrpc\":\"2.0\",\"id\":\"%1$s\",\"method\":\"tools/call\",\"params\":{\"name\":\"provider_add\",\"arguments\":{\"name\":\"%1$s\",\"url\":\"http://127.0.0.1:9/v1\"}}}"
                                .formatted(provider))
                        .body();
        Matcher id = ID.matcher(answer);
        assertThat(id.find()).as(answer).isTrue();
        return id.group();
    }

    @Test
    void callsWaitAreApprovedAndDenied() throws Exception {
        try (Hal0Process serve = Hal0Process.in(home).start("serve", "--port", "0")) {
            relay = serve.relayAddress();
            greet();
            String wanted = asks("box");
            String unwanted = asks("other");

            Ended listed = Hal0Process.in(home).run("approvals");
            assertThat(listed.out()).contains(wanted, unwanted, "bot", "add the provider box");

            Ended approved = Hal0Process.in(home).run("approvals", "approve", wanted);
            assertThat(approved.exit()).as(approved.err()).isEqualTo(ExitCode.DONE);
            assertThat(approved.err()).contains("Approved: add the provider box");
            assertThat(new ObjectMapper().readTree(approved.out()).path("name").asText())
                    .isEqualTo("box");
            assertThat(Files.readString(home.resolve("upstreams.toml"))).contains("\"box\"");

            Ended denied =
                    Hal0Process.in(elsewhere)
                            .set("HAL0_API_URL", relay)
                            .run("approvals", "deny", unwanted);
            assertThat(denied.exit()).as(denied.err()).isEqualTo(ExitCode.DONE);
            assertThat(Files.readString(home.resolve("upstreams.toml"))).doesNotContain("other");

            JsonNode all =
                    new ObjectMapper()
                            .readTree(
                                    Hal0Process.in(home).run("approvals", "--all", "--json").out());
            assertThat(all.findValuesAsText("state")).containsExactly("denied", "done");

            Ended again = Hal0Process.in(home).run("approvals", "approve", unwanted);
            assertThat(again.exit()).isEqualTo(ExitCode.FAILED);
            assertThat(again.err()).contains("denied");
        }
        Ended none = Hal0Process.in(home).run("approvals");
        assertThat(none.exit()).isEqualTo(ExitCode.FAILED);
        assertThat(none.err()).contains("no hal0 runs for this home");
    }
}
