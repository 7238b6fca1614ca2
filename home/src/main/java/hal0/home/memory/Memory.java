package hal0.home.memory;

import hal0.home.store.Database;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What a home remembers, which other processes may change too.
///
/// **Shape** a bank begins with its first note; null for a bank is all of them. A home without a
/// database remembers nothing, and looking makes none. **Errors** [hal0.home.store.StoreException].
/// **Threads** any; blocks on the disk.
public final class Memory {
    /// A note of today counts half as much again as an old one that fits as well.
    private static final double RECENT = 0.5;

    private static final Duration HALF_LIFE = Duration.ofDays(30);

    private final Database database;
    private final Path file;
    private final InstantSource clock;

    /// `file` is where the database is, or will be.
    public Memory(Database database, Path file, InstantSource clock) {
        this.database = database;
        this.file = file;
        this.clock = clock;
    }

    /// Where a note is kept; `known` when it was remembered already, and is now again.
    public record Kept(long id, boolean known) {}

    /// A note that was found; a higher score fits better.
    public record Hit(Memorized item, double score) {}

    public Kept add(Note note) {
        return addAll(List.of(note)).getFirst();
    }

    /// All of them or, when it cannot be written, none.
    public List<Kept> addAll(List<Note> notes) {
        Instant now = clock.instant();
        return database.write(connection -> {
            List<Kept> kept = new ArrayList<>();
            for (Note note : notes) {
                kept.add(MemoryTable.add(connection, note, now));
            }
            return kept;
        });
    }

    /// Keeps a copy of what another home remembered, with its times; what is known here stays.
    List<Kept> restore(List<Memorized> items) {
        return database.write(connection -> {
            List<Kept> kept = new ArrayList<>();
            for (Memorized item : items) {
                kept.add(MemoryTable.restore(connection, item));
            }
            return kept;
        });
    }

    /// Those that fit a query best, best first: with all of its words, and where these are too few
    /// with any of them or what begins with one.
    public List<Hit> search(@Nullable String bank, String query, int limit) {
        List<String> terms = Words.terms(query);
        if (terms.isEmpty() || !exists()) {
            return List.of();
        }
        Instant now = clock.instant();
        return database.read(connection -> {
            Map<Long, Double> found = Ranking.of(connection, bank, terms, limit);
            List<Hit> hits = new ArrayList<>();
            for (Memorized item : MemoryTable.byIds(connection, found.keySet())) {
                hits.add(new Hit(item, weighed(found.getOrDefault(item.id(), 0.0), item, now)));
            }
            hits.sort(
                    Comparator.comparingDouble(Hit::score)
                            .reversed()
                            .thenComparing(hit -> hit.item().id(), Comparator.reverseOrder()));
            return List.copyOf(hits.subList(0, Math.min(limit, hits.size())));
        });
    }

    private static double weighed(double words, Memorized item, Instant now) {
        double age = Math.max(0, Duration.between(item.toldAt(), now).toMillis());
        return words * (1 + RECENT * Math.pow(2, -age / HALF_LIFE.toMillis()));
    }

    /// The newest, newest first, of those with an id below `before`.
    public List<Memorized> newest(@Nullable String bank, long before, int limit) {
        return exists()
                ? database.read(c -> MemoryTable.newest(c, bank, before, limit))
                : List.of();
    }

    /// The oldest, oldest first, of those with an id above `after`.
    public List<Memorized> oldest(@Nullable String bank, long after, int limit) {
        return exists() ? database.read(c -> MemoryTable.oldest(c, bank, after, limit)) : List.of();
    }

    public Optional<Memorized> find(long id) {
        return exists()
                ? database.read(c -> MemoryTable.byIds(c, List.of(id))).stream().findFirst()
                : Optional.empty();
    }

    /// The banks and how many notes each holds.
    public Map<String, Long> banks() {
        return exists() ? database.read(MemoryTable::banks) : Map.of();
    }

    /// Notes that somebody has use for these.
    public void used(List<Long> ids) {
        Instant now = clock.instant();
        database.write(connection -> MemoryTable.used(connection, ids, now));
    }

    /// Forgets a note; false when there is none with that id.
    public boolean delete(long id) {
        return exists() && database.write(connection -> MemoryTable.delete(connection, id));
    }

    /// Forgets what was last said before then, and returns how many that were.
    public int deleteToldBefore(@Nullable String bank, Instant then) {
        return exists() ? database.write(c -> MemoryTable.deleteToldBefore(c, bank, then)) : 0;
    }

    private boolean exists() {
        return Files.exists(file);
    }
}
