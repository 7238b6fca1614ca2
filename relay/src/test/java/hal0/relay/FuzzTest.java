package hal0.relay;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import hal0.relay.testing.RawClient;
import hal0.relay.testing.RawUpstream;
import hal0.relay.testing.RelayFixture;
import hal0.relay.testing.RelayFixture.Setup;
import java.io.ByteArrayOutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Good requests of every route, broken at random: whatever comes, the relay answers with something
/// that is no fault of its own, or hangs up; it never hangs, and a good request is answered right
/// after.
///
/// **Shape** `-Dhal0.fuzz.seed=N` repeats a run, `-Dhal0.fuzz.rounds=N` makes it longer.
class FuzzTest {
    private static final long SEED = Long.getLong("hal0.fuzz.seed", 20261121L);
    private static final int ROUNDS = Integer.getInteger("hal0.fuzz.rounds", 4_000);

    private static final String[] SPICE = {
        "\u0000",
        "\r\n",
        "\n",
        "\r",
        "\r\n\r\n",
        "%",
        "%2e%2e/",
        "{",
        "}",
        "[",
        "\"",
        "\\",
        ":",
        ",",
        "\u00ff",
        "\u00c0\u00af",
        "NaN",
        "1e999999999",
        "-",
        "\\u0000",
        "\\ud800",
        "null",
        "true",
        "\"model\":\"x\",",
        "Content-Length: 3\r\n",
        "Transfer-Encoding: chunked\r\n",
        "--b-1",
        "Host: localhost\r\n",
        "ffffffff",
        "\u0001",
        "\ufeff"
    };

    @Test
    void whateverComesIsAnsweredOrEnded(@TempDir Path folder) {
        try (RawUpstream upstream = new RawUpstream();
                RelayFixture relay =
                        new RelayFixture(
                                folder,
                                Setup.of(
                                                RelayFixture.openAi(upstream).retries(0).build(),
                                                RelayFixture.anthropic(upstream).retries(0).build())
                                        .settings(RelayFixture.settings().withUploads(5, 5, 5)))) {
            upstream.always(turn ->
                    turn.send("HTTP/1.1 200 OK\r\nContent-Length: 14\r\n\r\n{\"choices\":[]}"));
            Random random = new Random(SEED);
            List<byte[]> good = good();
            byte[] next =
                    "GET /api/health HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(ISO_8859_1);
            for (int round = 0; round < ROUNDS; round++) {
                byte[] broken = broken(good.get(random.nextInt(good.size())), random);
                try (RawClient client = new RawClient(relay.port())) {
                    // What is cut in the middle would be waited for, as it should be.
                    client.sendAnyway(broken).endSending();
                    String said = client.whatComes();
                    String what =
                            "seed %d, round %d: %s"
                                    .formatted(SEED, round, new String(broken, ISO_8859_1));
                    assertThat(said).as(what).doesNotContain("HTTP/1.1 500");
                    if (!said.isEmpty()) {
                        assertThat(said).as(what).startsWith("HTTP/1.1 ");
                    }
                    assertThat(said)
                            .as(what)
                            .doesNotContain("Exception", "at hal0.", "at io.", "relay.internal");
                }
            }
            assertThat(relay.ask(next).status()).isEqualTo(200);
            assertThat(upstream.asked())
                    .as("requests that reached the upstream")
                    .allSatisfy(asked ->
                            assertThat(asked.headers())
                                    .noneMatch(line -> line.indexOf('\u0000') >= 0)
                                    .filteredOn(line -> line.startsWith("Content-Length:"))
                                    .hasSizeLessThanOrEqualTo(1));
        }
    }

    private static List<byte[]> good() {
        List<byte[]> good = new ArrayList<>();
        for (String path :
                List.of(
                        "/v1/chat/completions",
                        "/v1/completions",
                        "/v1/embeddings",
                        "/v1/rerank",
                        "/v1/moderations",
                        "/v1/images/generations",
                        "/v1/audio/speech",
                        "/v1/responses",
                        "/v1/messages",
                        "/v1/messages/count_tokens",
                        "/v1beta/models/up/m:generateContent",
                        "/v1beta/models/up/m:streamGenerateContent")) {
            good.add(
                    RawClient.post(
                            path,
                            "{\"model\":\"up/m\",\"stream\":true,\"max_tokens\":5,\"input\":\"hi\",\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"text\",\"text\":\"h\\u00e9\"}]}],\"contents\":[{\"parts\":[{\"text\":\"x\"}]}],\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"f\",\"parameters\":{}}}],\"n\":1,\"temperature\":0.5}",
                            "Authorization: Bearer x",
                            "Accept-Encoding: gzip"));
            good.add(RawClient.post(path, "{\"model\":\"claude/c\",\"messages\":[]}"));
        }
        for (String path : List.of("/v1/audio/transcriptions", "/v1/images/edits")) {
            good.add(
                    OperationsTest.form(
                            path, OperationsTest.fields("file", "abc", "model", "up/m", "n", "1")));
        }
        good.add("GET /v1/models HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(ISO_8859_1));
        good.add("GET /v1/models/up/m HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(ISO_8859_1));
        good.add(
                "POST /v1/embeddings HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n10\r\n{\"model\":\"up/m\"}\r\n0\r\n\r\n"
                        .getBytes(ISO_8859_1));
        return good;
    }

    private static byte[] broken(byte[] good, Random random) {
        byte[] bytes = good;
        for (int i = random.nextInt(4); i >= 0; i--) {
            bytes = once(bytes, random);
        }
        return bytes;
    }

    private static byte[] once(byte[] bytes, Random random) {
        int at = random.nextInt(bytes.length + 1);
        int length = Math.min(bytes.length - at, random.nextInt(20));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(bytes, 0, at);
        switch (random.nextInt(6)) {
            case 0 -> out.write(bytes, at + length, bytes.length - at - length);
            case 1 -> {
                out.writeBytes(SPICE[random.nextInt(SPICE.length)].getBytes(UTF_8));
                out.write(bytes, at, bytes.length - at);
            }
            case 2 -> {
                out.writeBytes(SPICE[random.nextInt(SPICE.length)].getBytes(ISO_8859_1));
                out.write(bytes, at + length, bytes.length - at - length);
            }
            case 3 -> {
                out.write(bytes, at, length);
                out.write(bytes, at, bytes.length - at);
            }
            case 4 -> {
                byte[] rest = java.util.Arrays.copyOfRange(bytes, at, bytes.length);
                if (rest.length > 0) {
                    rest[random.nextInt(rest.length)] ^= (byte) (1 << random.nextInt(8));
                }
                out.writeBytes(rest);
            }
            default -> out.write(random.nextInt(256));
        }
        return out.toByteArray();
    }
}
