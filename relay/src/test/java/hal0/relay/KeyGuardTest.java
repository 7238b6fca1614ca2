package hal0.relay;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import hal0.home.key.KeyStore;
import hal0.home.store.Database;
import hal0.relay.guard.Allowance;
import hal0.relay.guard.Scope;
import hal0.relay.key.KeyControl.Made;
import hal0.relay.key.KeyControl.Wish;
import hal0.relay.key.Keys;
import hal0.relay.key.KnownKeys;
import hal0.relay.key.Limits;
import hal0.relay.testing.RawClient;
import hal0.relay.testing.RawClient.Answer;
import hal0.relay.testing.RawUpstream;
import hal0.relay.testing.RelayFixture;
import hal0.relay.testing.RelayFixture.Setup;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Who is let in by which key, and who is not.
class KeyGuardTest {
    private static final String OK =
            "HTTP/1.1 200 OK\r\nContent-Length: 14\r\n\r\n{\"choices\":[]}";
    private static final String BODY = "{\"model\":\"up/m\"}";

    @TempDir private Path folder;
    private RawUpstream upstream;
    private RelayFixture relay;

    @BeforeEach
    void start() {
        upstream = new RawUpstream().always(turn -> turn.send(OK));
        relay = new RelayFixture(folder, Setup.of(RelayFixture.openAi(upstream).build()));
    }

    @AfterEach
    void stop() {
        relay.close();
        upstream.close();
    }

    private Made key(String name, Scope scope) {
        return relay.keys().create(new Wish(name, scope, Allowance.ALL, false));
    }

    private Answer get(String path, String... headers) {
        StringBuilder head = new StringBuilder("GET " + path + " HTTP/1.1\r\nHost: localhost\r\n");
        for (String header : headers) {
            head.append(header).append("\r\n");
        }
        return relay.ask(head.append("\r\n").toString().getBytes(ISO_8859_1));
    }

    private Answer post(String path, String... headers) {
        return relay.ask(RawClient.post(path, BODY, headers));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Authorization: Bearer sk-anything",
                "authorization: bearer x",
                "x-api-key: dummy",
                "Authorization: Bearer ",
                "Authorization: Basic abc",
                "X-Nothing: 1"
            })
    void whileNoKeyWasMadeAnythingOrNothingIsLetInFromThisMachine(String header) {
        assertThat(relay.chat(BODY, header).status()).isEqualTo(200);
    }

    @Test
    void fromTheFirstKeyOnItIsNeeded() {
        Made made = key("phone", Scope.CLIENT);

        Answer without = relay.chat(BODY);
        Answer dummy = relay.chat(BODY, "Authorization: Bearer sk-anything");
        Answer with = relay.chat(BODY, "Authorization: Bearer " + made.key());

        assertThat(without.status()).isEqualTo(401);
        assertThat(without.header("WWW-Authenticate")).contains("Bearer realm=\"hal0\"");
        assertThat(without.text())
                .contains(
                        "\"type\":\"authentication_error\"",
                        "guard.key_missing",
                        "hal0 keys create");
        assertThat(dummy.status()).isEqualTo(401);
        assertThat(dummy.text()).contains("guard.key_invalid").doesNotContain("sk-anything");
        assertThat(with.status()).isEqualTo(200);
        assertThat(relay.rows(1).getFirst().client()).isEqualTo("phone");
    }

    @ParameterizedTest
    @CsvSource({
        "/v1/chat/completions, Authorization: Bearer KEY",
        "/v1/chat/completions, authorization: bearer  KEY",
        "/v1/chat/completions, x-api-key: KEY",
        "/v1/chat/completions, x-goog-api-key: KEY",
        "/v1/chat/completions?key=KEY, X-Nothing: 1",
        "/v1/chat/completions?a=b&key=KEY&c, X-Nothing: 1"
    })
    void everyWayOfShowingAKeyIsAsGoodAndNoneGoesUpstream(String path, String header) {
        String key = key("phone", Scope.CLIENT).key();

        Answer answer = post(path.replace("KEY", key), header.replace("KEY", key));

        assertThat(answer.status()).isEqualTo(200);
        assertThat(upstream.asked()).hasSize(1);
        assertThat(upstream.asked().getFirst().head()).doesNotContain(key);
        assertThat(upstream.asked().getFirst().text()).doesNotContain(key);
    }

    @Test
    void theSameKeyTwiceIsOneAndTwoKeysAreRefused() {
        String key = key("phone", Scope.CLIENT).key();
        String other = key("tablet", Scope.ADMIN).key();

        assertThat(relay.chat(BODY, "x-api-key: " + key, "Authorization: Bearer " + key).status())
                .isEqualTo(200);
        for (String second : List.of(other, "own-token", "sk-anything")) {
            Answer two = relay.chat(BODY, "x-api-key: " + key, "Authorization: Bearer " + second);
            assertThat(two.status()).isEqualTo(400);
            assertThat(two.text()).contains("guard.two_keys").doesNotContain(key, second);
        }
    }

    @Test
    void anEmptyKeyIsNone() {
        key("phone", Scope.CLIENT);

        for (String header :
                List.of("Authorization: Bearer ", "Authorization: Bearer", "x-api-key: ")) {
            assertThat(relay.chat(BODY, header).text()).contains("guard.key_missing");
        }
        assertThat(post("/v1/chat/completions?key=").text()).contains("guard.key_missing");
    }

    @Test
    void aRevokedKeyIsRefusedByNameAtOnceAndNobodyElseIsLetInBecauseOfIt() {
        Made made = key("phone", Scope.CLIENT);
        relay.keys().revoke("phone");

        Answer revoked = relay.chat(BODY, "x-api-key: " + made.key());

        assertThat(revoked.status()).isEqualTo(401);
        assertThat(revoked.text()).contains("guard.key_revoked", "\\\"phone\\\"");
        assertThat(relay.chat(BODY).status()).isEqualTo(401);
    }

    @Test
    void forgettingTheLastKeyEndsTheNeedOfOneButNotForIt() {
        Made made = key("phone", Scope.CLIENT);
        relay.keys().forget("phone");

        assertThat(relay.chat(BODY).status()).isEqualTo(200);
        assertThat(relay.chat(BODY, "x-api-key: " + made.key()).status()).isEqualTo(401);
    }

    @Test
    void aKeyOfLaunchCountsForItsSpendAndAsksNothingOfOthers() {
        Made made = relay.keys().create(new Wish("claude", Scope.CLIENT, Allowance.ALL, true));

        assertThat(relay.chat(BODY).status()).isEqualTo(200);
        assertThat(relay.chat(BODY, "Authorization: Bearer " + made.key()).status()).isEqualTo(200);
        assertThat(relay.rows(2)).extracting(RelayFixture.Row::client).contains("relay", "claude");
    }

    @Test
    void theRefusalIsInTheWordsOfTheClientsProtocol() {
        key("phone", Scope.CLIENT);

        assertThat(post("/v1/messages").text())
                .startsWith("{\"type\":\"error\",\"error\":{\"type\":\"authentication_error\"");
        assertThat(post("/v1beta/models/m:generateContent").text())
                .contains("\"code\":401", "UNAUTHENTICATED");
        assertThat(get("/api/providers").text())
                .startsWith("{\"error\":{\"code\":\"guard.key_missing\"");
    }

    @Test
    void healthAndModelsNeedNoKeyOnThisMachineButAWrongOneIsTold() {
        key("phone", Scope.CLIENT);

        assertThat(get("/api/health").status()).isEqualTo(200);
        assertThat(get("/v1/models").status()).isEqualTo(200);
        assertThat(get("/v1/models", "x-api-key: sk-dummy").status()).isEqualTo(200);
        assertThat(get("/v1/models", "x-api-key: hal0-wrong").status()).isEqualTo(401);
    }

    @Test
    void scopesOpenWhatTheySayAndNoMore() {
        String client = key("phone", Scope.CLIENT).key();
        String agent = key("robot", Scope.AGENT).key();
        String admin = key("me", Scope.ADMIN).key();

        for (String key : List.of(client, agent)) {
            Answer refused = get("/api/providers", "Authorization: Bearer " + key);
            assertThat(refused.status()).isEqualTo(403);
            assertThat(refused.text()).contains("guard.access", "scope admin");
            assertThat(relay.chat(BODY, "x-api-key: " + key).status()).isEqualTo(200);
        }
        assertThat(get("/api/providers", "Authorization: Bearer " + admin).status()).isEqualTo(200);
        assertThat(get("/api/providers", "Authorization: Bearer own-token").status())
                .isEqualTo(200);
    }

    @Test
    void aKeyThatAnotherProcessMadeIsKnownAndOneThatItRevokedIsNot() {
        key("phone", Scope.CLIENT);
        assertThat(relay.chat(BODY).status()).isEqualTo(401);
        try (Database database = Database.at(folder.resolve("hal0.db"))) {
            Keys elsewhere = elsewhere(database);
            Made made = elsewhere.create(new Wish("t", Scope.CLIENT, Allowance.ALL, false));

            await(() -> relay.chat(BODY, "x-api-key: " + made.key()).status() == 200);
            elsewhere.revoke("t");

            await(() -> relay.chat(BODY, "x-api-key: " + made.key()).status() == 401);
        }
    }

    private Keys elsewhere(Database database) {
        InstantSource clock = InstantSource.system();
        KeyStore store = new KeyStore(database, folder.resolve("hal0.db"));
        Limits limits = new Limits(store, clock);
        return new Keys(store, new KnownKeys(store, clock), limits, clock, (_, _, _) -> {});
    }

    private static void await(BooleanSupplier condition) {
        long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("time").isLessThan(end);
        }
    }

    @Test
    void keysThatWereValidStayValidWhileTheDatabaseIsAway() {
        Made made = key("phone", Scope.CLIENT);
        String shown = "x-api-key: " + made.key();
        assertThat(relay.chat(BODY, shown).status()).isEqualTo(200);

        breakDatabase();
        await(() -> relay.chat(BODY, shown).status() == 200 && relay.known().problem().isPresent());

        assertThat(relay.known().problem().orElseThrow()).contains("hal0.db", "relay_key");
        assertThat(relay.chat(BODY, shown).status()).isEqualTo(200);
        assertThat(relay.chat(BODY).status()).isEqualTo(401);
        assertThat(relay.chat(BODY, "x-api-key: hal0-wrong").status()).isEqualTo(401);
    }

    /// The table is gone, as it is from a database that was replaced.
    private void breakDatabase() {
        try (Database database = Database.at(folder.resolve("hal0.db"))) {
            database.write(connection -> {
                try (var statement = connection.createStatement()) {
                    return statement.execute("ALTER TABLE relay_key RENAME TO away");
                }
            });
        }
    }

    @Test
    void theKeyItselfIsInNoFile() throws Exception {
        Made made = key("phone", Scope.CLIENT);
        relay.chat(BODY, "x-api-key: " + made.key());
        relay.rows(1);
        relay.close();

        try (var files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                assertThat(new String(Files.readAllBytes(file), ISO_8859_1))
                        .as(file.toString())
                        .doesNotContain(made.key());
            }
        }
        start();
    }
}
