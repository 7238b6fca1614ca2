package hal0.agent.mcp.login;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hal0.agent.mcp.McpParts;
import hal0.agent.mcp.McpServers;
import hal0.agent.mcp.ServerSpec;
import hal0.agent.mcp.WebServer;
import hal0.providers.http.AddressGuard;
import hal0.providers.http.CancelToken;
import hal0.providers.http.OkHttpTransport;
import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class LoginTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @TempDir Path folder;
    private final CancelToken cancel = new CancelToken();
    private Instant now = Instant.parse("2026-11-21T12:00:00Z");
    private final InstantSource clock = () -> now;
    private final HttpClient browser = HttpClient.newHttpClient();
    private final Map<String, String> asked = new HashMap<>();
    private OkHttpTransport transport;
    private WebServer web;
    private TokenFile file;

    @BeforeEach
    void open() throws Exception {
        web = new WebServer();
        web.locked = true;
        web.accepted = "nobody's";
        file = new TokenFile(folder.resolve("mcp-tokens.json"));
        transport = new OkHttpTransport("t", new AddressGuard(Set.of()), _ -> Optional.empty());
    }

    @AfterEach
    void close() {
        browser.close();
        web.close();
        transport.close();
    }

    private void login(Consumer<URI> browsing) {
        new Login("web", web.url(), file, transport, clock).run(browsing, PATIENCE, cancel);
    }

    /// What the browser of a user does who says yes.
    private void yes(URI page) {
        read(page);
        visit("code=the-code&state=" + encoded("state") + "&iss=" + web.url().resolve("/as"));
    }

    private void read(URI page) {
        for (String pair : page.getRawQuery().split("&")) {
            int at = pair.indexOf('=');
            asked.put(
                    pair.substring(0, at),
                    URLDecoder.decode(pair.substring(at + 1), StandardCharsets.UTF_8));
        }
        web.challenge(asked.get("code_challenge"));
    }

    private String encoded(String name) {
        return URLEncoder.encode(asked.get(name), StandardCharsets.UTF_8);
    }

    private String visit(String query) {
        URI back = URI.create(asked.get("redirect_uri") + "?" + query);
        try {
            return browser.send(
                            HttpRequest.newBuilder(back).build(),
                            HttpResponse.BodyHandlers.ofString())
                    .body();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private List<String> tools() {
        McpParts parts =
                new McpParts(
                        transport,
                        _ -> Optional.empty(),
                        Map.of(),
                        folder,
                        _ -> new StoredBearer("web", web.url(), file, transport, clock));
        ServerSpec spec =
                new ServerSpec(
                        "web",
                        new ServerSpec.Reach.Web(web.url(), Map.of()),
                        Duration.ofSeconds(10),
                        true);
        return McpServers.tryOut(spec, parts, cancel).tools().stream()
                .map(tool -> tool.name())
                .toList();
    }

    @Test
    void loginGetsATokenThatServesAndIsReadableByItsUserOnly() throws Exception {
        login(this::yes);
        assertThat(asked)
                .containsEntry("response_type", "code")
                .containsEntry("client_id", "c-7")
                .containsEntry("code_challenge_method", "S256")
                .containsEntry("resource", web.url().toString())
                .containsEntry("scope", "files:read")
                .containsEntry("tenant", "1");
        assertThat(asked.get("redirect_uri")).matches("http://127\\.0\\.0\\.1:\\d+/callback");
        assertThat(tools()).containsExactly("one");
        Path tokens = folder.resolve("mcp-tokens.json");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(tokens)))
                .isEqualTo("rw-------");
        assertThat(file.has("web", web.url())).isTrue();
        assertThat(file.has("web", web.url().resolve("/other")))
                .as("another address does not get the token")
                .isFalse();
        assertThat(file.remove("web")).isTrue();
        assertThat(file.remove("web")).isFalse();
        assertThat(Files.readString(tokens)).doesNotContain("access-1");
        assertThatThrownBy(this::tools).hasMessageContaining("hal0 mcp login web");
    }

    @Test
    void tokenIsRenewedBeforeItEnds() {
        login(this::yes);
        now = now.plusSeconds(3590);
        assertThat(tools()).containsExactly("one");
        assertThat(web.accepted).isEqualTo("access-2");
        assertThat(web.last("POST /as/token").body())
                .contains("grant_type=refresh_token", "refresh_token=refresh-1", "client_id=c-7");
    }

    @Test
    void tokenThatTheServerRefusesIsRenewedOnce() {
        login(this::yes);
        web.accepted = "revoked";
        assertThat(tools()).containsExactly("one");
        assertThat(web.lines().stream().filter("POST /as/token"::equals)).hasSize(2);
    }

    @Test
    void refusalOfTheUserIsTold() {
        assertThatThrownBy(() ->
                        login(page -> {
                            read(page);
                            visit("error=access_denied&state=" + encoded("state"));
                        }))
                .hasMessage(
                        "the login to the MCP server web failed: it was refused (access_denied)");
    }

    @Test
    void answerThatNobodyAskedForIsNotTaken() {
        login(page -> {
            read(page);
            visit("code=stolen&state=guessed");
            visit("code=stolen");
            yes(page);
        });
        assertThat(web.last("POST /as/token").body()).contains("code=the-code");
    }

    @Test
    void answerInTheNameOfAnotherIssuerIsNotTaken() {
        assertThatThrownBy(() ->
                        login(page -> {
                            read(page);
                            visit("code=the-code&iss=https://evil.test&state=" + encoded("state"));
                        }))
                .hasMessageContaining("comes from https://evil.test");
    }

    @Test
    void giverOfTokensWithoutProofOfPossessionIsNotUsed() {
        web.proofs = List.of("plain");
        assertThatThrownBy(() -> login(this::yes)).hasMessageContaining("PKCE with S256");
    }

    @Test
    void serverThatSaysItIsAnotherGetsNoToken() {
        web.resource = "https://bank.example/mcp";
        assertThatThrownBy(() -> login(this::yes))
                .hasMessageContaining("says that it is https://bank.example/mcp");
    }

    @Test
    void giverOfTokensThatRegistersNobodyIsSaidHowToUseAllTheSame() {
        web.registers = false;
        assertThatThrownBy(() -> login(this::yes))
                .hasMessageContaining("mcp.servers.web.headers.Authorization");
    }

    @Test
    void openServerNeedsNoLogin() {
        web.locked = false;
        assertThatThrownBy(() -> login(this::yes)).hasMessageContaining("lets everybody in");
    }

    @Test
    void interruptEndsTheWaiting() {
        assertThatThrownBy(() -> login(_ -> cancel.cancel("the user")))
                .hasMessage("the login was cancelled");
    }
}
