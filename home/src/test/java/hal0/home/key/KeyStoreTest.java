package hal0.home.key;

import static org.assertj.core.api.Assertions.assertThat;

import hal0.home.store.Database;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.sql.PreparedStatement;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeyStoreTest {
    private static final Instant NOW = Instant.ofEpochMilli(1_700_000_000_123L);

    @TempDir Path folder;
    private Database database;
    private KeyStore store;

    @BeforeEach
    void open() {
        database = Database.at(folder.resolve("hal0.db"));
        store = new KeyStore(database, folder.resolve("hal0.db"));
    }

    @AfterEach
    void close() {
        database.close();
    }

    private static KeyRow key(String id, String name, boolean launch, @Nullable Long rpm) {
        return new KeyRow(
                id,
                name,
                "hash of " + id,
                "…abcd",
                "agent",
                List.of("claude-*", "openai/*"),
                rpm,
                null,
                new BigDecimal("2.5"),
                launch,
                NOW,
                null,
                null);
    }

    @Test
    void aHomeWithoutADatabaseHasNoKeysAndGetsNone() {
        assertThat(store.all()).isEmpty();
        assertThat(store.spentBefore("k", NOW)).isZero();
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void aKeyIsKeptAsItIs() {
        KeyRow kept = key("k1", "phone", false, 7L);

        assertThat(store.add(kept)).isTrue();

        assertThat(store.all()).containsExactly(kept);
    }

    @Test
    void twoKeysInUseHaveTwoNamesUnlessTheProgramMadeThem() {
        assertThat(store.add(key("k1", "phone", false, null))).isTrue();
        assertThat(store.add(key("k2", "phone", false, null))).isFalse();
        assertThat(store.add(key("k3", "phone", true, null))).isTrue();
        assertThat(store.add(key("k4", "phone", true, null))).isTrue();

        store.revoke("k1", NOW);

        assertThat(store.add(key("k5", "phone", false, null))).isTrue();
        assertThat(store.all()).extracting(KeyRow::id).containsExactly("k1", "k3", "k4", "k5");
    }

    @Test
    void aKeyIsRevokedOnceAndThenNoLongerChanged() {
        store.add(key("k1", "phone", false, null));

        assertThat(store.change(key("k1", "phone", false, 9L))).isTrue();
        assertThat(store.revoke("k1", NOW)).isTrue();
        assertThat(store.revoke("k1", NOW.plusSeconds(1))).isFalse();
        assertThat(store.change(key("k1", "phone", false, 10L))).isFalse();

        KeyRow revoked = store.all().getFirst();
        assertThat(revoked.rpm()).isEqualTo(9L);
        assertThat(revoked.revokedAt()).isEqualTo(NOW);
        assertThat(store.forget("k1")).isTrue();
        assertThat(store.forget("k1")).isFalse();
    }

    @Test
    void theLaterUseStands() {
        store.add(key("k1", "phone", false, null));

        store.used(Map.of("k1", NOW.plusSeconds(9)));
        store.used(Map.of("k1", NOW, "unknown", NOW));

        assertThat(store.all().getFirst().lastUsedAt()).isEqualTo(NOW.plusSeconds(9));
    }

    @Test
    void spendIsThatOfTheKeyBeforeTheMoment() {
        store.add(key("k1", "phone", false, null));
        spend("k1", NOW.minusMillis(1), 1_500_000_000_000L);
        spend("k1", NOW.minusMillis(2), 7L);
        spend("k1", NOW.minusMillis(3), null);
        spend("k1", NOW, 1_000L);
        spend("other", NOW.minusMillis(1), 1_000L);

        assertThat(store.spentBefore("k1", NOW)).isEqualByComparingTo("1.500000000007");
    }

    private void spend(String key, Instant at, @Nullable Long pico) {
        database.write(connection -> {
            String sql =
                    """
                    INSERT INTO usage_ledger (id, request_id, at_ms, client, key_id, protocol,
                        requested_model, provider, model, outcome, status, attempts, streamed,
                        input_tokens, output_tokens, cache_read_tokens, cache_write_tokens,
                        reasoning_tokens, cost_pico_usd, is_local, latency_ms, first_token_ms,
                        overhead_us)
                    VALUES (?, 'r', ?, 'c', ?, 'openai', 'm', 'p', 'm', 'ANSWERED', 200, 1, 0,
                        0, 0, 0, 0, 0, ?, 0, 0, 0, 0)\
                    """;
            try (PreparedStatement insert = connection.prepareStatement(sql)) {
                insert.setString(1, key + at + pico);
                insert.setLong(2, at.toEpochMilli());
                insert.setString(3, key);
                insert.setObject(4, pico);
                return insert.executeUpdate();
            }
        });
    }
}
