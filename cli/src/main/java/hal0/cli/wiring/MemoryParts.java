package hal0.cli.wiring;

import hal0.home.memory.Embedder;
import hal0.home.memory.Embedding;
import hal0.home.memory.Memory;
import hal0.home.store.Database;
import hal0.relay.event.Event.Severity;
import hal0.relay.event.Events;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The memory of this home; in the process that owns it also what gives notes their vectors.
///
/// **Shape** nothing is read and nobody is asked until it is used or begun.
final class MemoryParts implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger("hal0.memory");

    final Memory memory;
    private final Database database;
    private final Path file;
    private final Embedder embedder;
    private @Nullable Embedding embedding;

    MemoryParts(
            Configuration configuration,
            Database database,
            Embedder embedder,
            InstantSource clock) {
        this.database = database;
        this.file = configuration.home().database();
        this.embedder = embedder;
        this.memory = new Memory(database, file, clock, embedder);
        memory.listen(this::changed);
    }

    /// Embeds from now on, as only the owner of a home does.
    synchronized void begin(Events events) {
        embedding = Embedding.start(database, file, embedder, reason -> tell(events, reason));
    }

    private static void tell(Events events, String reason) {
        LOG.log(System.Logger.Level.WARNING, "notes get no vectors: {0}", reason);
        events.emit(
                "memory.not_embedded",
                Severity.WARNING,
                "memory",
                "notes are found by their words alone: " + reason,
                Map.of());
    }

    /// There may be notes to embed, or another model.
    synchronized void changed() {
        if (embedding != null) {
            embedding.wake();
        }
    }

    Embedding.Progress progress() {
        Embedding running;
        synchronized (this) {
            running = embedding;
        }
        return running == null
                ? Embedding.progress(database, file, embedder.model())
                : running.progress();
    }

    @Override
    public synchronized void close() {
        if (embedding != null) {
            embedding.close();
            embedding = null;
        }
    }
}
