package hal0.relay;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import hal0.relay.guard.Allowance;
import hal0.relay.guard.Scope;
import hal0.relay.key.KeyControl.Made;
import hal0.relay.key.KeyControl.Wish;
import hal0.relay.testing.RawClient.Answer;
import hal0.relay.testing.RelayFixture;
import hal0.relay.testing.RelayFixture.Setup;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// A page that signs in with the admin key, and the pages that would like to be it.
class LoginTest {
    private static final String OURS = "Origin: http://localhost:8080";
    private static final String RELOAD = "/api/reload";

    @TempDir private Path folder;
    private RelayFixture relay;
    private Made admin;

    @BeforeEach
    void start() {
        relay = new RelayFixture(folder, Setup.of());
        admin = relay.keys().create(new Wish("me", Scope.ADMIN, Allowance.ALL, false));
    }

    @AfterEach
    void stop() {
        relay.close();
    }

    private Answer send(String method, String path, String body, String... headers) {
        String head = "%s %s HTTP/1.1\r\nHost: localhost:8080\r\n".formatted(method, path);
        String more = headers.length == 0 ? "" : String.join("\r\n", headers) + "\r\n";
        return relay.ask(
                "%s%sContent-Length: %d\r\n\r\n%s"
                        .formatted(head, more, body.length(), body)
                        .getBytes(UTF_8));
    }

    private Answer login(String key, String... headers) {
        return send("POST", "/api/login", "{\"key\":\"" + key + "\"}", headers);
    }

    private String cookie() {
        Answer answer = login(admin.key(), OURS);
        assertThat(answer.status()).isEqualTo(204);
        return "Cookie: a=b; "
                + answer.header("Set-Cookie").orElseThrow().replaceFirst(";.*", "")
                + "; c=d";
    }

    @Test
    void theCookieOpensWhatTheKeyOpensAndNoScriptCanReadIt() throws Exception {
        Answer answer = login(admin.key(), OURS);

        assertThat(answer.header("Set-Cookie").orElseThrow())
                .matches(
                        "hal0_session=[A-Za-z0-9_-]{43}; Path=/; Max-Age=28800; HttpOnly; SameSite=Strict");
        assertThat(answer.header("Cache-Control")).contains("no-store");
        String cookie = cookie();
        assertThat(send("GET", "/api/keys", "", cookie).status()).isEqualTo(200);
        assertThat(send("POST", RELOAD, "", cookie, OURS).status()).isEqualTo(200);
        assertThat(send("GET", "/api/keys", "").status()).isEqualTo(401);
        // Whoever reads the home cannot make a cookie of what is kept.
        assertThat(Files.readString(folder.resolve("logins.json")))
                .doesNotContain(cookie.replaceFirst(".*hal0_session=", "").replaceFirst(";.*", ""));
    }

    @Test
    void aPageOverTlsGetsACookieForTlsAlone() {
        assertThat(login(admin.key(), "Origin: https://localhost:8080").header("Set-Cookie"))
                .hasValueSatisfying(set -> assertThat(set).endsWith("; Secure"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "X-Nothing: 1",
                "Origin: http://localhost:3000",
                "Origin: http://127.0.0.1:8080",
                "Origin: null",
                "Origin: http://evil.example",
                "Sec-Fetch-Site: cross-site",
                "Sec-Fetch-Site: same-site",
                "Sec-Fetch-Site: none",
                "Referer: http://localhost:8080/"
            })
    void aChangeThatComesWithACookieButNotFromOurPageIsRefused(String header) {
        String cookie = cookie();

        for (String method : List.of("POST", "PUT", "PATCH", "DELETE")) {
            Answer answer = send(method, "/api/keys/me", "{}", cookie, header);
            assertThat(answer.status()).isEqualTo(403);
            assertThat(answer.text()).contains("guard.origin");
        }
        assertThat(relay.keys().list()).noneMatch(key -> key.isRevoked());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/x-www-form-urlencoded",
                "text/plain",
                "multipart/form-data; boundary=x"
            })
    void aFormOfAnotherSiteCanNeitherChangeAnythingNorSignIn(String type) {
        String cookie = cookie();

        for (String origin : List.of("Origin: http://evil.example", "Origin: null")) {
            assertThat(send("POST", RELOAD, "a=b", cookie, origin, "Content-Type: " + type))
                    .satisfies(answer -> assertThat(answer.status()).isEqualTo(403));
            assertThat(login(admin.key(), origin, "Content-Type: " + type))
                    .satisfies(answer -> {
                        assertThat(answer.status()).isEqualTo(403);
                        assertThat(answer.header("Set-Cookie")).isEmpty();
                    });
        }
        // Where no cookie and no key is needed, the browser's word is what is left.
        assertThat(send("POST", RELOAD, "", "Sec-Fetch-Site: cross-site").status()).isEqualTo(403);
    }

    @Test
    void ourPageIsKnownByWhatTheBrowserSaysWhereItNamesNoOrigin() {
        assertThat(send("POST", RELOAD, "", cookie(), "Sec-Fetch-Site: same-origin").status())
                .isEqualTo(200);
    }

    @Test
    void aProgramWithAKeyNeedsNoOriginThoughACookieLiesAround() {
        assertThat(send("POST", RELOAD, "", cookie(), "x-api-key: " + admin.key()).status())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({"evil.example", "localhost.evil.example:8080", "169.254.169.254"})
    void aNameThatWasTurnedOnThisMachineIsRefusedWithTheCookieToo(String host) {
        Answer answer =
                relay.ask(
                        "GET /api/keys HTTP/1.1\r\nHost: %s\r\n%s\r\n\r\n"
                                .formatted(host, cookie())
                                .getBytes(UTF_8));

        assertThat(answer.status()).isEqualTo(421);
    }

    @Test
    void aCookieEndsWithItsKey() {
        String cookie = cookie();
        relay.keys().create(new Wish("other", Scope.ADMIN, Allowance.ALL, false));

        relay.keys().revoke("me");

        Answer answer = send("GET", "/api/keys", "", cookie);
        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.text()).contains("guard.login_ended");
        assertThat(send("GET", "/api/session", "", cookie).text())
                .isEqualTo(
                        "{\"login_needed\":true,\"signed_in\":false,\"scope\":null,\"name\":null,\"expires_at\":null}");
    }

    @Test
    void aKeyThatOpensLessNowTakesItsCookieAlong() {
        String cookie = cookie();

        relay.keys().change("me", Scope.CLIENT, Allowance.ALL);

        assertThat(send("GET", "/api/keys", "", cookie).status()).isEqualTo(401);
    }

    @Test
    void whoSignsOutIsOutAndNobodyElse() {
        String mine = cookie();
        String other = cookie();

        Answer out = send("POST", "/api/logout", "", mine, OURS);

        assertThat(out.status()).isEqualTo(204);
        assertThat(out.header("Set-Cookie").orElseThrow())
                .startsWith("hal0_session=; Path=/; Max-Age=0");
        assertThat(send("GET", "/api/keys", "", mine).status()).isEqualTo(401);
        assertThat(send("GET", "/api/keys", "", other).status()).isEqualTo(200);
        assertThat(send("POST", "/api/logout", "").status()).isEqualTo(204);
    }

    @Test
    void theSessionSaysWhoAsksAndUntilWhen() throws Exception {
        Made phone = relay.keys().create(new Wish("phone", Scope.CLIENT, Allowance.ALL, false));

        assertThat(send("GET", "/api/session", "").text()).contains("\"login_needed\":true");
        assertThat(send("GET", "/api/session", "", cookie()).text())
                .contains("\"login_needed\":false", "\"signed_in\":true", "\"scope\":\"admin\"")
                .containsPattern("\"name\":\"me\",\"expires_at\":\"20");
        assertThat(send("GET", "/api/session", "", "x-api-key: " + phone.key()).text())
                .contains("\"login_needed\":true", "\"signed_in\":false", "\"scope\":\"client\"");
        assertThat(send("GET", "/api/session", "", "Cookie: hal0_session=made-up").text())
                .contains("\"login_needed\":true", "\"signed_in\":false");
    }

    @Test
    void onThisMachineNoLoginIsNeededWhileThereIsNoKey() {
        relay.keys().forget("me");

        assertThat(send("GET", "/api/session", "").text())
                .contains("\"login_needed\":false", "\"signed_in\":false", "\"scope\":\"admin\"");
        assertThat(send("GET", "/api/keys", "", "Cookie: hal0_session=old").status())
                .isEqualTo(200);
    }

    @Test
    void otherKeysThanThoseForEverythingAreRefusedAndNoneIsRepeated() {
        Made phone = relay.keys().create(new Wish("phone", Scope.CLIENT, Allowance.ALL, false));

        Answer scope = login(phone.key());
        assertThat(scope.status()).isEqualTo(403);
        assertThat(scope.text()).contains("login.scope", "phone").doesNotContain(phone.key());
        Answer wrong = login("hal0-wrong");
        assertThat(wrong.status()).isEqualTo(401);
        assertThat(wrong.text()).contains("login.refused").doesNotContain("hal0-wrong");
        assertThat(send("POST", "/api/login", "{}").status()).isEqualTo(422);
        assertThat(send("POST", "/api/login", "{\"key\":5}").status()).isEqualTo(422);
    }

    @Test
    void whoTriesManyKeysHasToWait() {
        for (int i = 0; i < 5; i++) {
            assertThat(login("hal0-wrong" + i).status()).isEqualTo(401);
        }
        Answer late = login("hal0-wrong");

        assertThat(late.status()).isEqualTo(429);
        assertThat(late.text()).contains("login.too_many", "retry_after_s");
        assertThat(late.header("Retry-After")).isPresent();
    }
}
