package hal0.home.memory;

import hal0.home.store.Database;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/// What a home remembers, which other processes may change too.
///
/// **Shape** a bank begins with its first note; null for a bank is all of them. A home without a
/// database remembers nothing, and looking makes none. Where there is a model for embeddings, notes
/// are found by their meaning too, once [Embedding] has given them their vectors. **Errors**
/// [hal0.home.store.StoreException]. **Threads** any; blocks on the disk.
public final class Memory {
    /// A note of today counts half as much again as an old one that fits as well.
    private static final double RECENT = 0.5;

    private static final Duration HALF_LIFE = Duration.ofDays(30);

    /// Somebody waits for the answer of a search, and words alone find most.
    private static final Duration PATIENCE = Duration.ofMillis(400);

    private final Database database;
    private final Path file;
    private final InstantSource clock;
    private final Queries queries;
    private final Nearness nearness = new Nearness();
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();

    /// `file` is where the database is, or will be. Notes are found by their words alone.
    public Memory(Database database, Path file, InstantSource clock) {
        this(database, file, clock, Embedder.NONE);
    }

    /// `embedder` tells what queries mean.
    public Memory(Database database, Path file, InstantSource clock, Embedder embedder) {
        this(database, file, clock, embedder, PATIENCE);
    }

    Memory(
            Database database,
            Path file,
            InstantSource clock,
            Embedder embedder,
            Duration patience) {
        this.database = database;
        this.file = file;
        this.clock = clock;
        this.queries = new Queries(embedder, patience, System::nanoTime);
    }

    /// Where a note is kept; `known` when it was remembered already, and is now again.
    public record Kept(long id, boolean known) {}

    /// A note that was found; a higher score fits better.
    public record Hit(Memorized item, double score) {}

    /// By what notes are found.
    public enum By {
        /// Their words alone, which asks no model and costs nothing.
        WORDS,
        /// Their meaning too, where there is a model for it.
        MEANING
    }

    /// Hears of every change that this object makes, on the thread that makes it.
    public void listen(Runnable listener) {
        listeners.add(listener);
    }

    private void changed() {
        listeners.forEach(Runnable::run);
    }

    public Kept add(Note note) {
        return addAll(List.of(note)).getFirst();
    }

    /// All of them or, when it cannot be written, none.
    public List<Kept> addAll(List<Note> notes) {
        Instant now = clock.instant();
        List<Kept> all =
                database.write(connection -> {
                    List<Kept> kept = new ArrayList<>();
                    for (Note note : notes) {
                        kept.add(MemoryTable.add(connection, note, now));
                    }
                    return kept;
                });
        changed();
        return all;
    }

    /// Keeps a copy of what another home remembered, with its times; what is known here stays.
    public List<Kept> restore(List<Memorized> items) {
        List<Kept> all =
                database.write(connection -> {
                    List<Kept> kept = new ArrayList<>();
                    for (Memorized item : items) {
                        kept.add(MemoryTable.restore(connection, item));
                    }
                    return kept;
                });
        changed();
        return all;
    }

    /// Changes a note, which keeps its id and times; empty when there is none. Another one of its
    /// bank that says the same is taken into it.
    ///
    /// **Errors** [IllegalArgumentException] for what would be no note.
    public Optional<Memorized> revise(long id, Revision revision) {
        if (!exists()) {
            return Optional.empty();
        }
        Optional<Memorized> revised =
                database.write(connection -> MemoryTable.revise(connection, id, revision));
        changed();
        return revised;
    }

    /// Those of a bank that fit a query best, by their meaning too.
    public List<Hit> search(@Nullable String bank, String query, int limit) {
        return search(Scope.of(bank), query, limit, By.MEANING);
    }

    /// Those that fit a query best, best first: with all of its words, and where these are too few
    /// with any of them or what begins with one; and those whose meaning is near.
    public List<Hit> search(Scope scope, String query, int limit, By by) {
        List<String> terms = Words.terms(query);
        if (query.isBlank() || !exists()) {
            return List.of();
        }
        Optional<Queries.Pending> asked =
                by == By.WORDS ? Optional.empty() : Optional.of(queries.begin(query));
        Map<Long, Double> words =
                terms.isEmpty() ? Map.of() : database.read(c -> Ranking.of(c, scope, terms, limit));
        Optional<Queries.Answer> meaning = asked.flatMap(Queries.Pending::await);
        return database.read(connection -> {
            Map<Long, Double> ranked;
            if (meaning.isPresent()) {
                Queries.Answer told = meaning.get();
                Nearness.Found near =
                        nearness.of(connection, scope, told.model(), told.vector(), words.keySet());
                ranked = fused(words, near);
            } else {
                ranked = weighed(words, MemoryTable.toldAt(connection, words.keySet()));
            }
            return hits(MemoryTable.byIds(connection, first(ranked, limit)), ranked);
        });
    }

    /// Both orders heed the time before they become one: ranks are too close to each other to be
    /// weighed by it afterwards.
    private Map<Long, Double> fused(Map<Long, Double> words, Nearness.Found near) {
        double least = near.likeness().values().stream().mapToDouble(each -> each).min().orElse(0);
        Map<Long, Double> likeness = new HashMap<>();
        near.likeness().forEach((id, alike) -> likeness.put(id, alike - least));
        return Fusion.of(
                List.of(
                        List.copyOf(weighed(words, near.toldAt()).keySet()),
                        List.copyOf(weighed(likeness, near.toldAt()).keySet())));
    }

    /// The same values, more for what was told lately, ordered; without what is gone meanwhile.
    private Map<Long, Double> weighed(Map<Long, Double> values, Map<Long, Instant> toldAt) {
        Instant now = clock.instant();
        Map<Long, Double> weighed = new HashMap<>();
        values.forEach((id, value) -> {
            Instant told = toldAt.get(id);
            if (told != null) {
                double age = Math.max(0, Duration.between(told, now).toMillis());
                weighed.put(id, value * (1 + RECENT * Math.pow(2, -age / HALF_LIFE.toMillis())));
            }
        });
        return Fusion.ordered(weighed);
    }

    private static List<Long> first(Map<Long, Double> ranked, int limit) {
        return ranked.keySet().stream().limit(limit).toList();
    }

    private static List<Hit> hits(List<Memorized> items, Map<Long, Double> ranked) {
        Map<Long, Memorized> byId = new HashMap<>();
        items.forEach(item -> byId.put(item.id(), item));
        List<Hit> hits = new ArrayList<>();
        ranked.forEach((id, score) -> {
            Memorized item = byId.get(id);
            if (item != null) {
                hits.add(new Hit(item, score));
            }
        });
        return List.copyOf(hits);
    }

    /// The newest, newest first, of those with an id below `before`.
    public List<Memorized> newest(@Nullable String bank, long before, int limit) {
        return newest(Scope.of(bank), before, limit);
    }

    /// The newest of those that are meant, newest first, with an id below `before`.
    public List<Memorized> newest(Scope scope, long before, int limit) {
        return exists()
                ? database.read(c -> MemoryTable.newest(c, scope, before, limit))
                : List.of();
    }

    /// The oldest, oldest first, of those with an id above `after`.
    public List<Memorized> oldest(Scope scope, long after, int limit) {
        return exists()
                ? database.read(c -> MemoryTable.oldest(c, scope, after, limit))
                : List.of();
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
