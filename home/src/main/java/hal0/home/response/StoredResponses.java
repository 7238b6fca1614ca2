package hal0.home.response;

import hal0.home.store.Database;
import hal0.home.store.StoreException;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// Keeps answers that clients go on from.
///
/// **Shape** what is saved is found at once and written by a thread of its own; what the disk does
/// not take is gone when the process ends, and said in the log. **Errors** [StoreException] from
/// what reads. **Threads** any.
public final class StoredResponses {
    /// As long as OpenAI keeps its own. **Source** platform.openai.com/docs/guides/your-data, read
    /// 2026-11-21.
    public static final Limits USUAL = new Limits(Duration.ofDays(30), 10_000, 512L * 1024 * 1024);

    /// Forgetting reads the size of every row: not each time.
    private static final int BETWEEN_LOOKS = 100;

    private static final int LONGEST_CHAIN = 10_000;

    /// How much is kept. **Units** `size` characters of all together.
    public record Limits(Duration age, int count, long size) {}

    private final Database database;
    private final InstantSource clock;
    private final Limits limits;
    private final Map<String, StoredResponse> unwritten = new ConcurrentHashMap<>();
    private final AtomicInteger saved = new AtomicInteger();

    public StoredResponses(Database database, InstantSource clock, Limits limits) {
        this.database = database;
        this.clock = clock;
        this.limits = limits;
    }

    /// Returns at once.
    public void save(StoredResponse response) {
        if (response.size() > limits.size()) {
            log().log(Level.WARNING, "response {0} is too large to be kept", response.id());
            return;
        }
        unwritten.put(response.id(), response);
        Thread.ofVirtual().name("response-save").start(() -> write(response));
    }

    private void write(StoredResponse response) {
        boolean looks = saved.getAndIncrement() % BETWEEN_LOOKS == 0;
        try {
            database.write(connection -> {
                // It may have been deleted meanwhile.
                if (unwritten.containsKey(response.id())) {
                    ResponseTable.insert(connection, response);
                }
                return looks ? ResponseTable.forget(connection, oldest(), limits) : 0;
            });
        } catch (StoreException e) {
            log().log(
                            Level.WARNING,
                            "response {0} is not kept: {1}",
                            response.id(),
                            e.getMessage());
        } finally {
            unwritten.remove(response.id());
        }
    }

    private Instant oldest() {
        return clock.instant().minus(limits.age());
    }

    /// An answer of that owner's.
    public Optional<StoredResponse> find(String owner, String id) {
        StoredResponse waiting = unwritten(owner, id);
        return waiting != null
                ? Optional.of(waiting)
                : database.read(c -> ResponseTable.find(c, owner, id, oldest()));
    }

    private @Nullable StoredResponse unwritten(String owner, String id) {
        StoredResponse waiting = unwritten.get(id);
        boolean theirs =
                waiting != null
                        && waiting.owner().equals(owner)
                        && !waiting.created().isBefore(oldest());
        return theirs ? waiting : null;
    }

    /// The answer and all that it went on from, oldest first; empty where one of them is gone.
    public List<StoredResponse> chain(String owner, String id) {
        List<StoredResponse> chain = new ArrayList<>();
        String next = id;
        StoredResponse waiting = unwritten(owner, next);
        while (waiting != null) {
            chain.add(waiting);
            next = waiting.previous();
            waiting = next == null ? null : unwritten(owner, next);
        }
        String written = next;
        boolean whole =
                written == null
                        || database.read(connection -> {
                            String at = written;
                            while (at != null && chain.size() < LONGEST_CHAIN) {
                                StoredResponse found =
                                        ResponseTable.find(connection, owner, at, oldest())
                                                .orElse(null);
                                if (found == null) {
                                    return false;
                                }
                                chain.add(found);
                                at = found.previous();
                            }
                            return at == null;
                        });
        return whole ? chain.reversed() : List.of();
    }

    /// Whether there was such an answer.
    public boolean delete(String owner, String id) {
        boolean waiting = unwritten(owner, id) != null && unwritten.remove(id) != null;
        boolean written = database.write(c -> ResponseTable.delete(c, owner, id));
        return waiting || written;
    }

    private static System.Logger log() {
        return System.getLogger(StoredResponses.class.getName());
    }
}
