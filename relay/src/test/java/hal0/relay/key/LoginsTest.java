package hal0.relay.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hal0.home.key.KeyStore;
import hal0.home.store.Database;
import hal0.relay.error.RelayException;
import hal0.relay.guard.Allowance;
import hal0.relay.guard.Scope;
import hal0.relay.key.KeyControl.Made;
import hal0.relay.key.KeyControl.Wish;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LoginsTest {
    @TempDir private Path folder;
    private Instant now = Instant.parse("2030-01-01T00:00:00Z");
    private Database database;
    private KnownKeys known;
    private Keys keys;
    private Made admin;

    @BeforeEach
    void open() {
        database = Database.at(folder.resolve("hal0.db"));
        KeyStore store = new KeyStore(database, folder.resolve("hal0.db"));
        known = new KnownKeys(store, () -> now);
        keys = new Keys(store, known, new Limits(store, () -> now), () -> now, (_, _, _) -> {});
        admin = keys.create(new Wish("me", Scope.ADMIN, Allowance.ALL, false));
    }

    @AfterEach
    void close() {
        known.close();
        database.close();
    }

    private Logins logins() {
        return new Logins(known, new LoginFile(folder.resolve("logins.json")), () -> now);
    }

    @Test
    void aCookieHoldsForEightHours() {
        Logins logins = logins();
        String token = logins.open(admin.key()).token();

        now = now.plus(Logins.LIFE).minusSeconds(1);
        assertThat(logins.find(token)).isPresent();
        now = now.plusSeconds(1);
        assertThat(logins.find(token)).isEmpty();
    }

    @Test
    void aPageStaysSignedInOverARestartAndNobodyElseCanReadTheFile() throws Exception {
        String token = logins().open(admin.key()).token();

        assertThat(logins().find(token)).map(Login::name).contains("me");
        assertThat(
                        PosixFilePermissions.toString(
                                Files.getPosixFilePermissions(folder.resolve("logins.json"))))
                .isEqualTo("rw-------");
    }

    @Test
    void aFileThatIsSpoiltSignsOutAndLetsSignIn() throws Exception {
        String token = logins().open(admin.key()).token();

        for (String spoilt :
                List.of("", "{", "[]", "{\"a\":1}", "{\"a\":{\"expires_at\":\"x\"}}")) {
            Files.writeString(folder.resolve("logins.json"), spoilt);
            Logins logins = logins();
            assertThat(logins.find(token)).isEmpty();
            assertThat(logins.find(logins.open(admin.key()).token())).isPresent();
        }
    }

    @Test
    void oneMoreThanMayBeEndsTheOldest() {
        Logins logins = logins();
        List<String> tokens = new ArrayList<>();
        for (int i = 0; i <= Logins.MOST; i++) {
            tokens.add(logins.open(admin.key()).token());
        }
        assertThat(logins.find(tokens.getFirst())).isEmpty();
        assertThat(tokens.subList(1, tokens.size())).allMatch(t -> logins.find(t).isPresent());
        assertThat(tokens).doesNotHaveDuplicates();
    }

    @Test
    void theTextOfALoginSaysNothingOfItsCookie() {
        Login.Opened opened = logins().open(admin.key());

        assertThat(opened.toString()).doesNotContain(opened.token());
    }

    @Test
    void eachFurtherWrongKeyWaitsTwiceAsLongUpToAMinute() {
        LoginBrake brake = new LoginBrake(() -> now);
        for (int i = 0; i < 4; i++) {
            brake.wrong("10.0.0.1");
            assertThatCode(() -> brake.check("10.0.0.1")).doesNotThrowAnyException();
        }
        List<Long> waits = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            brake.wrong("10.0.0.1");
            Duration wait = waitOf(brake, "10.0.0.1");
            waits.add(wait.toSeconds());
            now = now.plus(wait);
            assertThatCode(() -> brake.check("10.0.0.1")).doesNotThrowAnyException();
        }
        assertThat(waits).containsExactly(1L, 2L, 4L, 8L, 16L, 32L, 60L, 60L);
        assertThatCode(() -> brake.check("10.0.0.2")).doesNotThrowAnyException();
        brake.right("10.0.0.1");
        brake.wrong("10.0.0.1");
        assertThatCode(() -> brake.check("10.0.0.1")).doesNotThrowAnyException();
    }

    @Test
    void whoHasANetworkOfAddressesIsOnePeer() {
        LoginBrake brake = new LoginBrake(() -> now);
        for (int i = 1; i < 6; i++) {
            brake.wrong("2001:db8:1:2::" + i);
        }
        assertThatThrownBy(() -> brake.check("2001:db8:1:2::ffff"))
                .isInstanceOf(RelayException.class);
        assertThatCode(() -> brake.check("2001:db8:1:3::1")).doesNotThrowAnyException();
    }

    private static Duration waitOf(LoginBrake brake, String peer) {
        try {
            brake.check(peer);
        } catch (RelayException e) {
            return e.retryAfter();
        }
        throw new AssertionError("it may try at once");
    }
}
