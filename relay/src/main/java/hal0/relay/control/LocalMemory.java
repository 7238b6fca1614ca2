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
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The memory of this process's home. Changes are noted by number and bank alone: what is forgotten
/// shall not stand in the list of changes for ever.
public final class LocalMemory implements MemoryControl {
    private final Memory memory;
    private final Supplier<Embedding.Progress> progress;
    private final Audit audit;

    public LocalMemory(Memory memory, Supplier<Embedding.Progress> progress, Audit audit) {
        this.memory = memory;
        this.progress = progress;
        this.audit = audit;
    }

    /// This, for who is called so in the audit.
    public LocalMemory by(String actor) {
        return new LocalMemory(memory, progress, audit.by(actor));
    }

    @Override
    public Memory.Kept add(Note note) {
        Memory.Kept kept = memory.add(note);
        audit.done("memory.add", subject(kept.id(), note.bank()));
        return kept;
    }

    private static String subject(long id, String bank) {
        return "%s #%d".formatted(bank, id);
    }

    @Override
    public List<Memory.Hit> search(Scope scope, String query, int limit, Memory.By by) {
        return memory.search(scope, query, limit, by);
    }

    @Override
    public List<Memorized> newest(Scope scope, long before, int limit) {
        return memory.newest(scope, before, limit);
    }

    @Override
    public List<Memorized> oldest(Scope scope, long after, int limit) {
        return memory.oldest(scope, after, limit);
    }

    @Override
    public MemoryFile.Imported keep(List<Memorized> items) {
        MemoryFile.Imported kept = MemoryFile.Imported.of(memory.restore(items));
        audit.done("memory.import", "%d notes".formatted(kept.added()));
        return kept;
    }

    @Override
    public Optional<Memorized> find(long id) {
        return memory.find(id);
    }

    @Override
    public Map<String, Long> banks() {
        return memory.banks();
    }

    @Override
    public Optional<Memorized> revise(long id, Revision revision) {
        Optional<Memorized> revised = memory.revise(id, revision);
        revised.ifPresent(now -> audit.done("memory.update", subject(now.id(), now.note().bank())));
        return revised;
    }

    @Override
    public boolean delete(long id) {
        boolean deleted = memory.delete(id);
        if (deleted) {
            audit.done("memory.delete", "#" + id);
        }
        return deleted;
    }

    @Override
    public int deleteToldBefore(@Nullable String bank, Instant then) {
        int deleted = memory.deleteToldBefore(bank, then);
        audit.done(
                "memory.delete",
                "%d notes of %s told before %s"
                        .formatted(deleted, bank == null ? "all banks" : bank, then));
        return deleted;
    }

    @Override
    public Embedding.Progress progress() {
        return progress.get();
    }
}
