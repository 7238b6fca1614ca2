package hal0.relay;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import hal0.providers.client.RequestBuilder;
import hal0.relay.error.RelayException;
import hal0.relay.guard.Allowance;
import hal0.relay.guard.Scope;
import hal0.relay.key.HttpKeys;
import hal0.relay.key.KeyControl;
import hal0.relay.key.KeyControl.Made;
import hal0.relay.key.KeyControl.Wish;
import hal0.relay.key.KeyInfo;
import hal0.relay.testing.RawClient.Answer;
import hal0.relay.testing.RelayFixture;
import hal0.relay.testing.RelayFixture.Setup;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// `/api/keys`, by hand and as this program's other processes use it.
class KeyRoutesTest {
    @TempDir private Path folder;
    private RelayFixture relay;

    @BeforeEach
    void start() {
        relay = new RelayFixture(folder, Setup.of());
    }

    @AfterEach
    void stop() {
        relay.close();
    }

    private Answer send(String method, String path, String body) {
        byte[] bytes = body.getBytes(UTF_8);
        return relay.ask(
                ("%s %s HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer own-token\r\nContent-Length: %d\r\n\r\n%s"
                                .formatted(method, path, bytes.length, body))
                        .getBytes(UTF_8));
    }

    private static JsonNode json(Answer answer) throws IOException {
        return new ObjectMapper().readTree(answer.body());
    }

    @Test
    void aKeyIsToldOnceWhenItIsMade() throws Exception {
        Answer made =
                send(
                        "POST",
                        "/api/keys",
                        "{\"name\":\"phone\",\"models\":[\"a*\"],\"rpm\":5,\"budget_usd\":1.25}");
        Answer list = send("GET", "/api/keys", "");

        assertThat(made.status()).isEqualTo(201);
        assertThat(made.header("Cache-Control")).contains("no-store");
        String key = json(made).path("key").asText();
        assertThat(key).startsWith("hal0-");
        assertThat(list.text()).doesNotContain(key).contains("\"budget_usd\":1.25", "\"rpm\":5");
        assertThat(json(list).get(0).path("spent_usd").asInt(-1)).isZero();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{                                   | 400 | line 1, column",
                "[]                                  | 400 | not a JSON object",
                "{} {}                               | 400 | not JSON",
                "{}                                  | 422 | \"loc\":\"name\"",
                "{\"name\":5}                        | 422 | \"loc\":\"name\"",
                "{\"name\":\"a b\"}                  | 422 | \"loc\":\"name\"",
                "{\"name\":\"a\",\"key\":\"hal0-s\"} | 422 | \"loc\":\"key\"",
                "{\"name\":\"a\",\"rpm\":\"5\"}      | 422 | \"loc\":\"rpm\"",
                "{\"name\":\"a\",\"rpm\":1.5}        | 422 | \"loc\":\"rpm\"",
                "{\"name\":\"a\",\"tpm\":-1}         | 422 | \"loc\":\"tpm\"",
                "{\"name\":\"a\",\"budget_usd\":0}   | 422 | \"loc\":\"budget_usd\"",
                "{\"name\":\"a\",\"models\":\"x\"}   | 422 | \"loc\":\"models\"",
                "{\"name\":\"a\",\"models\":[1]}     | 422 | \"loc\":\"models[0]\"",
                "{\"name\":\"a\",\"scope\":\"root\"} | 422 | \"loc\":\"scope\"",
            })
    void whatCannotBeIsToldByField(String body, int status, String told) {
        Answer answer = send("POST", "/api/keys", body);

        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.text()).contains(told).doesNotContain("hal0-s");
        assertThat(relay.keys().list()).isEmpty();
    }

    @Test
    void everyFaultIsToldAtOnce() {
        assertThat(send("POST", "/api/keys", "{\"name\":5,\"rpm\":\"x\",\"colour\":1}").text())
                .contains(
                        "validation.invalid",
                        "\"loc\":\"name\"",
                        "\"loc\":\"rpm\"",
                        "\"loc\":\"colour\"");
    }

    @Test
    void limitsCanBeChangedOneByOneAndTakenAway() throws Exception {
        send("POST", "/api/keys", "{\"name\":\"phone\",\"rpm\":5,\"tpm\":100}");

        Answer changed = send("PATCH", "/api/keys/phone", "{\"rpm\":null,\"budget_usd\":3}");

        assertThat(changed.status()).isEqualTo(200);
        KeyInfo key = relay.keys().list().getFirst();
        assertThat(key.allowance())
                .isEqualTo(new Allowance(List.of(), null, 100L, BigDecimal.valueOf(3)));
        assertThat(send("PATCH", "/api/keys/phone", "{\"name\":\"x\"}").status()).isEqualTo(422);
        assertThat(send("PATCH", "/api/keys/nobody", "{}").status()).isEqualTo(404);
    }

    @Test
    void aKeyIsEndedOnceAndThenForgotten() {
        send("POST", "/api/keys", "{\"name\":\"phone\"}");

        assertThat(send("POST", "/api/keys", "{\"name\":\"phone\"}").status()).isEqualTo(409);
        assertThat(send("DELETE", "/api/keys/phone", "").text()).contains("\"revoked_at\":\"2");
        assertThat(send("DELETE", "/api/keys/phone", "").status()).isEqualTo(404);
        assertThat(send("DELETE", "/api/keys/phone?forget=true", "").status()).isEqualTo(200);
        assertThat(send("GET", "/api/keys", "").text()).isEqualTo("[]");
    }

    @Test
    void otherProcessesOfTheHomeDoTheSameThroughIt() {
        KeyControl keys =
                new HttpKeys(
                        relay.transport(),
                        new RequestBuilder(_ -> Optional.empty()),
                        relay.relay().address(),
                        "own-token");
        Allowance allowance = new Allowance(List.of("a/*"), 3L, 4L, new BigDecimal("0.5"));

        Made made = keys.create(new Wish("a@b", Scope.AGENT, allowance, true));

        assertThat(made.toString()).doesNotContain(made.key());
        assertThat(keys.list()).containsExactly(made.info());
        assertThat(made.info().allowance()).isEqualTo(allowance);
        assertThat(made.info().launch()).isTrue();
        assertThat(keys.change("a@b", Scope.CLIENT, Allowance.ALL).allowance())
                .isEqualTo(Allowance.ALL);
        assertThat(keys.revoke("a@b").isRevoked()).isTrue();
        Assertions.assertThatThrownBy(() -> keys.revoke("a@b"))
                .isInstanceOf(RelayException.class)
                .hasMessageContaining("a@b");
        keys.forget("a@b");
        assertThat(keys.list()).isEmpty();
    }
}
