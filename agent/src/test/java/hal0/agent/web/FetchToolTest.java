package hal0.agent.web;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import hal0.agent.permission.Deed;
import hal0.agent.tool.ToolException;
import hal0.agent.tool.ToolOutcome;
import hal0.agent.tool.ToolRun;
import hal0.providers.http.CancelToken;
import hal0.providers.http.Transport;
import hal0.providers.message.MediaSource;
import hal0.providers.message.Part;
import java.io.IOException;
import java.net.URI;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import okio.Buffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FetchToolTest {
    private final MockWebServer server = new MockWebServer();
    private final Transport transport = FetchTool.transport("0", _ -> Optional.empty());
    private final FetchTool fetch = new FetchTool(transport);
    private final CancelToken cancel = new CancelToken();

    @BeforeEach
    void start() throws IOException {
        server.start();
    }

    @AfterEach
    void close() {
        transport.close();
        server.close();
    }

    private ToolOutcome fetched(String url) {
        return fetched(url, 0);
    }

    private ToolOutcome fetched(String url, int offset) {
        ObjectNode given = new ObjectMapper().createObjectNode().put("url", url);
        return fetch.plan(given.put("offset", offset)).run(new ToolRun("call_1", cancel, _ -> {}));
    }

    private String url(String path) {
        return "http://localhost:" + server.getPort() + path;
    }

    private void answer(String type, String body) {
        server.enqueue(
                new MockResponse.Builder().addHeader("Content-Type", type).body(body).build());
    }

    private void redirect(String to) {
        server.enqueue(new MockResponse.Builder().code(302).addHeader("Location", to).build());
    }

    @Test
    void aPageIsMarkdownAndNothingOfTheUserIsSent() throws InterruptedException {
        answer("text/html; charset=utf-8", "<h1>Hi</h1><p>a <a href='/b'>link</a></p>");

        assertThat(fetched(url("/a?q=1")).text()).isEqualTo("# Hi\n\na [link](" + url("/b") + ")");
        RecordedRequest request = server.takeRequest();
        assertThat(request.getTarget()).isEqualTo("/a?q=1");
        assertThat(request.getHeaders().names())
                .doesNotContain("Cookie", "Authorization", "Referer");
    }

    @Test
    void textAndJsonAreGivenAsTheyAre() {
        answer("application/problem+json", "{\"a\": 1}");
        answer("text/plain; charset=iso-8859-1", "x");

        assertThat(fetched(url("/")).text()).isEqualTo("{\"a\": 1}");
        assertThat(fetched(url("/")).text()).isEqualTo("x");
    }

    @Test
    void theCharsetOfThePageOrOfTheAnswerIsHeeded() {
        byte[] meta =
                "<html><head><meta charset='iso-8859-1'></head><body>Löwe</body></html>"
                        .getBytes(ISO_8859_1);
        server.enqueue(
                new MockResponse.Builder()
                        .addHeader("Content-Type", "text/html")
                        .body(new Buffer().write(meta))
                        .build());
        server.enqueue(
                new MockResponse.Builder()
                        .addHeader("Content-Type", "text/plain; charset=\"ISO-8859-1\"")
                        .body(new Buffer().write("Löwe".getBytes(ISO_8859_1)))
                        .build());

        assertThat(fetched(url("/")).text()).isEqualTo("Löwe");
        assertThat(fetched(url("/")).text()).isEqualTo("Löwe");
    }

    @Test
    void aLongPageIsGivenInPieces() {
        answer("text/plain", "a".repeat(Page.GIVEN) + "end");
        answer("text/plain", "a".repeat(Page.GIVEN) + "end");

        assertThat(fetched(url("/")).text())
                .endsWith("[characters 0 to 50000 of 50003; go on with offset 50000]");
        assertThat(fetched(url("/"), Page.GIVEN).text()).isEqualTo("end");
    }

    @Test
    void ofAHugeAnswerOnlyTheFirstPartIsRead() {
        answer("text/plain", "a".repeat(Page.LARGEST + 100));

        assertThat(fetched(url("/"), Page.LARGEST - 10).text())
                .isEqualTo("a".repeat(10) + "\n[only the first 5 MB were read]");
    }

    @Test
    void aPictureIsShownAndOtherKindsAreRefusedByName() {
        answer("image/png", "not really");
        answer("application/zip", "PK");

        assertThat(fetched(url("/")).content())
                .containsExactly(
                        new Part.Image(new MediaSource.Base64("image/png", "bm90IHJlYWxseQ==")));
        assertThatThrownBy(() -> fetched(url("/")))
                .isInstanceOf(ToolException.class)
                .hasMessageContaining("is application/zip, which fetch cannot show");
    }

    @Test
    void aRedirectWithinTheHostIsFollowed() {
        redirect("/b");
        answer("text/plain", "there");

        assertThat(fetched(url("/a")).text()).isEqualTo("there");
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://example.com/", "//127.0.0.1/x", "http://localhost:1/"})
    void aRedirectElsewhereIsTold(String to) {
        redirect(to);

        assertThat(fetched(url("/a")).text()).contains("redirects to http://", "on another host");
        assertThat(server.getRequestCount()).isEqualTo(1);
    }

    @Test
    void aRedirectToWhatIsNoPageOrRoundAndRoundIsAnError() {
        redirect("file:///etc/passwd");
        assertThatThrownBy(() -> fetched(url("/a"))).hasMessageContaining("no address of the web");
        for (int i = 0; i < 6; i++) {
            redirect("/a");
        }
        assertThatThrownBy(() -> fetched(url("/a"))).hasMessageContaining("more than 5 times");
    }

    @Test
    void tlsMayBeAddedByARedirectButNotTakenAway() {
        URI plain = URI.create("http://a.example/x");
        URI secure = URI.create("https://a.example/x");

        assertThat(Fetch.sameHost(plain, secure)).isTrue();
        assertThat(Fetch.sameHost(secure, plain)).isFalse();
        assertThat(Fetch.sameHost(secure, URI.create("https://A.example/y"))).isTrue();
        assertThat(Fetch.sameHost(secure, URI.create("https://a.example:8443/y"))).isFalse();
    }

    @Test
    void anErrorOfTheServerIsToldWithWhatItSays() {
        server.enqueue(
                new MockResponse.Builder()
                        .code(404)
                        .addHeader("Content-Type", "text/html")
                        .body("<title>Gone</title><p>Not here")
                        .build());

        ToolOutcome outcome = fetched(url("/a"));

        assertThat(outcome.failed()).isTrue();
        assertThat(outcome.text()).isEqualTo(url("/a") + " answered 404: # Gone Not here");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "file:///etc/passwd",
                "ftp://a.example/",
                "localhost:8080/x",
                "http://user:secret@a.example/",
                "http:///x",
                "http://a b/",
                "javascript:alert(1)"
            })
    void whatIsNoPlainAddressIsRefusedWithoutRepeatingSecrets(String url) {
        assertThatThrownBy(() -> fetched(url))
                .isInstanceOf(ToolException.class)
                .hasMessageContaining("the url")
                .hasMessageNotContaining("secret");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://169.254.169.254/latest/meta-data",
                "http://[fe80::1]/",
                "http://[fd00:ec2::254]/"
            })
    void metadataServicesAreNotFetchedFrom(String url) {
        assertThatThrownBy(() -> fetched(url))
                .isInstanceOf(ToolException.class)
                .hasMessageContaining("is not fetched from");
    }

    @Test
    void whoIsNotThereIsToldApart() throws IOException {
        MockWebServer gone = new MockWebServer();
        gone.start();
        int port = gone.getPort();
        gone.close();

        assertThatThrownBy(() -> fetched("http://localhost:" + port + "/"))
                .hasMessage("nothing accepts connections at localhost:" + port);
        assertThatThrownBy(() -> fetched("http://no-such-host.invalid/"))
                .hasMessage("there is no host no-such-host.invalid");
    }

    @Test
    @Timeout(20)
    void cancellingEndsAnAnswerThatNeverEnds() throws InterruptedException {
        server.enqueue(
                new MockResponse.Builder()
                        .addHeader("Content-Type", "text/plain")
                        .body("x".repeat(1000))
                        .throttleBody(1, 1, TimeUnit.SECONDS)
                        .build());
        Thread user =
                Thread.ofVirtual()
                        .start(() -> {
                            try {
                                server.takeRequest();
                                cancel.cancel("the user");
                            } catch (InterruptedException e) {
                                Thread.currentThread().interrupt();
                            }
                        });

        assertThatThrownBy(() -> fetched(url("/"))).hasMessage("cancelled");
        user.join();
    }

    @Test
    void permissionIsAskedForTheAddress() {
        ObjectNode given = new ObjectMapper().createObjectNode().put("url", "https://a.example/b");

        assertThat(fetch.plan(given).deeds())
                .containsExactly(new Deed.Fetch(URI.create("https://a.example/b")));
    }
}
