package hal0.home;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RelayFileTest {
    @TempDir Path folder;
    private Home home;
    private final List<String> logged = new ArrayList<>();
    private final Logger logger = Logger.getLogger(RelayFile.class.getName());
    private final Handler recorder =
            new Handler() {
                @Override
                public void publish(LogRecord entry) {
                    logged.add(entry.getMessage() + List.of(entry.getParameters()));
                }

                @Override
                public void flush() {}

                @Override
                public void close() {}
            };

    private static RelayFile relay(String host, String instance) {
        return new RelayFile(
                host,
                8080,
                instance,
                "token-secret",
                4711,
                Instant.parse("2026-11-21T08:00:00.123Z"),
                "0.1.0");
    }

    @BeforeEach
    void set() {
        home = new Home(folder, folder.resolve("data"), folder.resolve("state"));
        logger.addHandler(recorder);
        logger.setUseParentHandlers(false);
    }

    @AfterEach
    void unset() {
        logger.removeHandler(recorder);
        logger.setUseParentHandlers(true);
    }

    @Test
    void whatIsWrittenIsRead() throws IOException {
        RelayFile relay = relay("127.0.0.1", "i-\"1\"");

        relay.write(home);

        assertThat(RelayFile.read(home)).contains(relay);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(home.relayFile())))
                .isEqualTo("rw-------");
        assertThat(logged).isEmpty();
    }

    @Test
    void aMissingFileIsEmptyAndNothingIsLogged() {
        assertThat(RelayFile.read(home)).isEmpty();
        assertThat(logged).isEmpty();
    }

    @Test
    void fieldsOfALaterVersionAreIgnored() throws IOException {
        relay("::1", "i").write(home);
        String json = Files.readString(home.relayFile());
        Files.writeString(
                home.relayFile(), json.replaceFirst("\\{", "{\"new\": {\"a\": [1]}, \"b\": null,"));

        assertThat(RelayFile.read(home)).contains(relay("::1", "i"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "[]",
                "null",
                "{\"admin_token\": \"token-secret\"",
                "{\"admin_token\": token-secret}",
                "{\"host\": \"token-secret\"}",
                "{\"host\":\"h\",\"port\":99999,\"instance_id\":\"i\",\"admin_token\":\"token-secret\","
                        + "\"pid\":1,\"started_at\":\"2026-11-21T08:00:00Z\",\"version\":\"1\"}",
                "{\"host\":\"h\",\"port\":1,\"instance_id\":\"i\",\"admin_token\":\"token-secret\","
                        + "\"pid\":1,\"started_at\":\"token-secret\",\"version\":\"1\"}",
            })
    void aBrokenFileIsEmptyAndLoggedWithoutItsContent(String json) throws IOException {
        Files.createDirectories(home.state());
        Files.writeString(home.relayFile(), json);

        assertThat(RelayFile.read(home)).isEmpty();
        assertThat(logged)
                .singleElement(org.assertj.core.api.InstanceOfAssertFactories.STRING)
                .contains(home.relayFile().toString(), "its content is broken")
                .doesNotContain("secret");
    }

    @Test
    void onlyTheOwnFileIsDeleted() throws IOException {
        RelayFile old = relay("h", "old");
        RelayFile now = relay("h", "new");
        now.write(home);

        old.delete(home);
        assertThat(RelayFile.read(home)).contains(now);
        now.delete(home);
        assertThat(home.relayFile()).doesNotExist();
        now.delete(home);
    }

    @Test
    void theTokenIsNotInTheTextForm() {
        assertThat(relay("h", "i").toString()).doesNotContain("secret").contains("4711");
    }

    @ParameterizedTest
    @CsvSource({
        "127.0.0.1, http://127.0.0.1:8080",
        "0.0.0.0, http://127.0.0.1:8080",
        "::, http://[::1]:8080",
        "::1, http://[::1]:8080",
        "[::1], http://[::1]:8080",
        "box.local, http://box.local:8080",
    })
    void theAddressIsOneThatCanBeReached(String host, String address) {
        assertThat(relay(host, "i").address()).isEqualTo(URI.create(address));
    }

    @Test
    void aRelayWithoutAPortIsNone() {
        assertThatThrownBy(() -> new RelayFile("h", 0, "i", "t", 1, Instant.EPOCH, "1"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static RelayFile of(long pid, Instant startedAt) {
        return new RelayFile("127.0.0.1", 8080, "i", "token-secret", pid, startedAt, "0.1.0");
    }

    @Test
    void onlyTheProcessThatWroteItCountsAsRunning() throws Exception {
        long own = ProcessHandle.current().pid();
        assertThat(of(own, Instant.now()).isRunning()).isTrue();
        assertThat(of(own, Instant.EPOCH).isRunning())
                .as("a younger process with the number of a dead one")
                .isFalse();
        Process gone = new ProcessBuilder("true").start();
        gone.waitFor();
        assertThat(of(gone.pid(), Instant.now()).isRunning()).isFalse();
    }
}
