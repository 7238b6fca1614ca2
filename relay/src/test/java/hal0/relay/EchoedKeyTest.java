package hal0.relay;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import hal0.providers.Auth;
import hal0.providers.Secret;
import hal0.relay.testing.RawClient;
import hal0.relay.testing.RawClient.Answer;
import hal0.relay.testing.RawUpstream;
import hal0.relay.testing.RelayFixture;
import hal0.relay.testing.RelayFixture.Setup;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A provider that repeats our key in an error does not tell it to the client.
class EchoedKeyTest {
    private static final String KEY = "sk-live-0123456789abcdef";
    private static final String STARS = "*".repeat(KEY.length());

    @TempDir private Path folder;
    private RawUpstream upstream;
    private RelayFixture relay;

    @BeforeEach
    void start() {
        upstream = new RawUpstream();
        relay =
                new RelayFixture(
                        folder,
                        Setup.of(
                                RelayFixture.openAi(upstream)
                                        .auth(new Auth.Bearer())
                                        .inlineKey(new Secret(KEY))
                                        .retries(0)
                                        .build()));
    }

    @AfterEach
    void stop() {
        relay.close();
        upstream.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/v1/chat/completions", "/v1/embeddings"})
    void theKeyIsStarsAndEverythingElseIsAsTheProviderWroteIt(String path) {
        String said = "{\"error\": {\"message\":\"bad key %s, %s!\", \"sk-\":\"sk-liv\"}}";
        upstream.sends(
                "HTTP/1.1 401 No\r\nWWW-Authenticate: Bearer key=%s\r\nContent-Length: %d\r\n\r\n%s"
                        .formatted(
                                KEY, said.formatted(KEY, KEY).length(), said.formatted(KEY, KEY)));

        Answer answer = relay.ask(RawClient.post(path, "{\"model\":\"up/m\"}"));

        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.text()).isEqualTo(said.formatted(STARS, STARS));
        assertThat(answer.header("WWW-Authenticate")).contains("Bearer key=" + STARS);
        assertThat(upstream.takeAsked().headers()).contains("Authorization: Bearer " + KEY);
    }

    @Test
    void aKeyInPiecesIsFoundAndNothingElseIsHeldBack() {
        CountDownLatch seen = new CountDownLatch(1);
        upstream.then(turn -> {
            turn.send("HTTP/1.1 400 No\r\nTransfer-Encoding: chunked\r\n\r\n");
            turn.chunk("first ");
            assertThat(seen.await(20, TimeUnit.SECONDS)).isTrue();
            for (char c : (KEY + " last sk-live").toCharArray()) {
                turn.chunk(String.valueOf(c));
            }
            turn.chunk("");
        });
        try (RawClient client = new RawClient(relay.port())) {
            client.send(RawClient.post("/v1/chat/completions", "{\"model\":\"up/m\"}"));
            RawClient.Head head = client.receiveHead();
            assertThat(head.status()).isEqualTo(400);
            client.awaitText("first ");
            seen.countDown();
            StringBuilder rest = new StringBuilder();
            client.awaitText("\r\n0\r\n\r\n", rest);
            assertThat(rest.toString().replaceAll("\r\n[0-9a-f]+\r\n", ""))
                    .startsWith(STARS + " last sk-live");
        }
    }

    @Test
    void aPackedErrorIsUnpackedToBeLookedInto() throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
            out.write(("no: " + KEY).getBytes(UTF_8));
        }
        ByteArrayOutputStream answered = new ByteArrayOutputStream();
        answered.writeBytes(
                ("HTTP/1.1 403 No\r\nContent-Encoding: gzip\r\nContent-Length: "
                                + packed.size()
                                + "\r\n\r\n")
                        .getBytes(ISO_8859_1));
        answered.writeBytes(packed.toByteArray());
        upstream.sends(answered.toByteArray());

        Answer answer = relay.chat("{\"model\":\"up/m\"}", "Accept-Encoding: gzip");

        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.headers("Content-Encoding")).isEmpty();
        assertThat(answer.text()).isEqualTo("no: " + STARS);
    }

    @Test
    void anAnswerOfSuccessIsNotTouched() {
        upstream.sends("HTTP/1.1 200 OK\r\nContent-Length: " + KEY.length() + "\r\n\r\n" + KEY);

        assertThat(relay.chat("{\"model\":\"up/m\"}").text()).isEqualTo(KEY);
    }
}
