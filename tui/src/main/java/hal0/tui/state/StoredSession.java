package hal0.tui.state;

import java.time.Instant;

/// A session that can be gone on with. **Shape** `excerpt` is where words stand that were looked
/// for, empty when none were; `cost` is as it is shown. **Units** `messages` counts what the user
/// said and what was answered.
public record StoredSession(
        String id,
        String title,
        String folder,
        Instant changed,
        int messages,
        String cost,
        String model,
        String excerpt) {

    public StoredSession withExcerpt(String words) {
        return new StoredSession(id, title, folder, changed, messages, cost, model, words);
    }
}
