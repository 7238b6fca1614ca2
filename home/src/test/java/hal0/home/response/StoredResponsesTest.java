package hal0.home.response;

import static org.assertj.core.api.Assertions.assertThat;

import hal0.home.response.StoredResponses.Limits;
import hal0.home.store.Database;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoredResponsesTest {
    private static final Instant START = Instant.parse("2026-11-21T10:00:00Z");

    @TempDir private Path folder;
    private Database database;
    private volatile Instant now = START;

    @BeforeEach
    void open() {
        database = Database.at(folder.resolve("hal0.db"));
    }

    @AfterEach
    void close() {
        database.close();
    }

    private StoredResponses stored(Limits limits) {
        return new StoredResponses(database, () -> now, limits);
    }

    private StoredResponse response(String id, @Nullable String previous) {
        return new StoredResponse(
                id, "key", now, previous, "[\"in " + id + "\"]", "{\"id\":\"" + id + "\"}");
    }

    /// Waits until everything that was saved is written.
    private void written(StoredResponses stored, String id) {
        while (database.read(c -> ResponseTable.find(c, "key", id, Instant.EPOCH)).isEmpty()) {
            assertThat(stored.find("key", id)).isPresent();
        }
    }

    @Test
    void whatWasSavedIsFoundAtOnceAndByTheNextProcess() {
        StoredResponses stored = stored(StoredResponses.USUAL);
        stored.save(response("a", null));
        assertThat(stored.find("key", "a")).contains(response("a", null));
        written(stored, "a");

        assertThat(stored(StoredResponses.USUAL).find("key", "a")).contains(response("a", null));
    }

    @Test
    void anAnswerBelongsToWhoAsked() {
        StoredResponses stored = stored(StoredResponses.USUAL);
        stored.save(response("a", null));
        for (int times = 0; times < 2; times++) {
            assertThat(stored.find("other", "a")).isEmpty();
            assertThat(stored.chain("other", "a")).isEmpty();
            assertThat(stored.delete("other", "a")).isFalse();
            written(stored, "a");
        }
        assertThat(stored.find("key", "a")).isPresent();
    }

    @Test
    void aChainIsThereWholeOrNotAtAll() {
        StoredResponses stored = stored(StoredResponses.USUAL);
        stored.save(response("a", null));
        written(stored, "a");
        stored.save(response("b", "a"));
        stored.save(response("c", "b"));

        assertThat(stored.chain("key", "c"))
                .extracting(StoredResponse::id)
                .containsExactly("a", "b", "c");
        assertThat(stored.delete("key", "a")).isTrue();
        assertThat(stored.delete("key", "a")).isFalse();
        assertThat(stored.chain("key", "c")).isEmpty();
    }

    @Test
    void whatIsOldIsGone() {
        StoredResponses stored = stored(StoredResponses.USUAL);
        stored.save(response("a", null));
        written(stored, "a");
        now = START.plus(Duration.ofDays(31));

        assertThat(stored.find("key", "a")).isEmpty();
        assertThat(stored.chain("key", "a")).isEmpty();
    }

    @Test
    void theOldestGoWhenThereAreTooMany() {
        for (int i = 0; i < 5; i++) {
            now = START.plusSeconds(i);
            StoredResponse one = response("r" + i, null);
            database.write(c -> ResponseTable.insert(c, one));
        }
        long two = response("r0", null).size() * 2;
        assertThat(count(new Limits(Duration.ofDays(30), 3, Long.MAX_VALUE))).isEqualTo(3);
        assertThat(count(new Limits(Duration.ofDays(30), 3, two))).isEqualTo(2);
        assertThat(stored(StoredResponses.USUAL).find("key", "r4")).isPresent();
    }

    private long count(Limits limits) {
        database.write(c -> ResponseTable.forget(c, Instant.EPOCH, limits));
        long count = 0;
        for (int i = 0; i < 5; i++) {
            count += stored(limits).find("key", "r" + i).isPresent() ? 1 : 0;
        }
        return count;
    }
}
