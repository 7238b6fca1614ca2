package hal0.relay.control;

import hal0.home.memory.Embedding;
import hal0.home.memory.Memorized;
import hal0.home.memory.Memory;
import hal0.home.memory.MemoryFile;
import hal0.home.memory.Note;
import hal0.home.memory.Revision;
import hal0.home.memory.Scope;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What a home remembers, looked at and changed, as [Memory] has it.
///
/// **Errors** [ControlException], [hal0.home.store.StoreException]; [IllegalArgumentException] for
/// what is no note. **Threads** any; blocks.
public interface MemoryControl extends MemoryFile.Notes {

    Memory.Kept add(Note note);

    /// Those that fit a query best, best first.
    List<Memory.Hit> search(Scope scope, String query, int limit, Memory.By by);

    /// The newest, newest first, of those with an id below `before`.
    List<Memorized> newest(Scope scope, long before, int limit);

    Optional<Memorized> find(long id);

    /// The banks and how many notes each holds.
    Map<String, Long> banks();

    /// Changes a note, which keeps its id; empty when there is none.
    Optional<Memorized> revise(long id, Revision revision);

    /// Forgets a note; false when there is none with that id.
    boolean delete(long id);

    /// Forgets what was last told before then, and returns how many that were.
    int deleteToldBefore(@Nullable String bank, Instant then);

    /// How far notes have their vectors.
    Embedding.Progress progress();
}
