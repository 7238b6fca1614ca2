package hal0.home.memory;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Carries notes from home to home, as lines of JSON.
///
/// **Shape** a few at a time, so that there may be any number. What is remembered already stays as
/// it is, so that the same lines may come twice.
public final class MemoryFile {
    private static final int AT_ONCE = 500;
    private static final int LONGEST_LINE = 256 * 1024;

    private final Notes notes;

    public MemoryFile(Notes notes) {
        this.notes = notes;
    }

    /// Where the notes are.
    public interface Notes {
        /// The oldest, oldest first, of those with an id above `after`.
        List<Memorized> oldest(Scope scope, long after, int limit);

        /// Keeps copies, with their times; what is known stays as it is.
        Imported keep(List<Memorized> items);
    }

    /// Those of a memory.
    public static MemoryFile of(Memory memory) {
        return new MemoryFile(
                new Notes() {
                    @Override
                    public List<Memorized> oldest(Scope scope, long after, int limit) {
                        return memory.oldest(scope, after, limit);
                    }

                    @Override
                    public Imported keep(List<Memorized> items) {
                        return Imported.of(memory.restore(items));
                    }
                });
    }

    /// How many were new, and how many were known.
    public record Imported(int added, int known) {
        /// What was kept, counted.
        public static Imported of(List<Memory.Kept> kept) {
            int known = (int) kept.stream().filter(Memory.Kept::known).count();
            return new Imported(kept.size() - known, known);
        }
    }

    /// A line that is no note; those before it are remembered.
    public static final class BadLineException extends RuntimeException {
        private static final long serialVersionUID = 1;

        BadLineException(int line, String reason) {
            super("line %d: %s".formatted(line, reason));
        }
    }

    /// Writes all of a bank, oldest first, and returns how many; null for all banks.
    public int write(@Nullable String bank, Writer out) throws IOException {
        Scope where = Scope.of(bank);
        int count = 0;
        long after = 0;
        for (List<Memorized> page = notes.oldest(where, after, AT_ONCE);
                !page.isEmpty();
                page = notes.oldest(where, after, AT_ONCE)) {
            for (Memorized item : page) {
                out.append(MemoryLines.line(item)).append('\n');
            }
            count += page.size();
            after = page.getLast().id();
        }
        return count;
    }

    /// Remembers every line; those that name no bank in `bank`.
    ///
    /// **Errors** [BadLineException], [IOException].
    public Imported read(BufferedReader in, String bank, Instant now) throws IOException {
        Batch batch = new Batch();
        int number = 0;
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            number++;
            if (line.isBlank()) {
                continue;
            }
            try {
                batch.items.add(parsed(line, number, bank, now));
            } catch (BadLineException e) {
                batch.remember();
                throw e;
            }
            if (batch.items.size() == AT_ONCE) {
                batch.remember();
            }
        }
        batch.remember();
        return new Imported(batch.added, batch.known);
    }

    private final class Batch {
        private final List<Memorized> items = new ArrayList<>();
        private int added;
        private int known;

        void remember() {
            if (!items.isEmpty()) {
                Imported kept = notes.keep(items);
                added += kept.added();
                known += kept.known();
                items.clear();
            }
        }
    }

    /// A note as a line, without the end of it.
    public static String line(Memorized item) {
        return MemoryLines.line(item);
    }

    private static Memorized parsed(String line, int number, String bank, Instant now) {
        if (line.length() > LONGEST_LINE) {
            throw new BadLineException(number, "it is longer than 256 KB");
        }
        try {
            return MemoryLines.parse(number == 1 ? unmarked(line) : line, bank, now);
        } catch (IllegalArgumentException e) {
            throw new BadLineException(number, String.valueOf(e.getMessage()));
        }
    }

    private static String unmarked(String line) {
        return line.startsWith("\uFEFF") ? line.substring(1) : line;
    }
}
