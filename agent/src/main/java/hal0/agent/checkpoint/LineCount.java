package hal0.agent.checkpoint;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// How many lines of a file come and go.
final class LineCount {
    private static final int MOST_BYTES = 1 << 20;

    private final ObjectStore store;

    LineCount(ObjectStore store) {
        this.store = store;
    }

    /// The step with its lines; 0 for what is no text, is long, or was not kept.
    FileStep counted(FileStep step, @Nullable FileChange change) {
        return switch (step.kind()) {
            case MODE, SAME, LEFT, CONFLICT -> step;
            case RESTORE, DELETE, RECREATE -> {
                String now = change == null ? null : text(change.before());
                String then = change == null ? null : text(change.after());
                if (now == null || then == null) {
                    yield step;
                }
                Map<String, Integer> more = new HashMap<>();
                then.lines().forEach(line -> more.merge(line, 1, Integer::sum));
                now.lines().forEach(line -> more.merge(line, -1, Integer::sum));
                int added = more.values().stream().mapToInt(n -> Math.max(n, 0)).sum();
                int removed = more.values().stream().mapToInt(n -> Math.max(-n, 0)).sum();
                yield new FileStep(step.path(), step.kind(), added, removed, step.why());
            }
        };
    }

    /// Empty where there was no file; null for what is no text, is long, or was not kept.
    @Nullable String text(FileState state) {
        if (!(state instanceof FileState.Saved(var hash, _))) {
            return "";
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            store.copy(hash, bytes);
        } catch (IOException _) {
            return null; // only the numbers are missing; the doing says why
        }
        String text = bytes.toString(StandardCharsets.UTF_8);
        return bytes.size() > MOST_BYTES || text.indexOf('\0') >= 0 ? null : text;
    }
}
