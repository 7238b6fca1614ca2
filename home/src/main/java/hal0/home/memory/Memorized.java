package hal0.home.memory;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A note as it is kept.
///
/// **Shape** `id` counts up and is never used again; `toldAt` is when it was last said, `usedAt`
/// when a search last found it for somebody who used it, null for never.
public record Memorized(
        long id,
        Note note,
        Instant createdAt,
        Instant toldAt,
        @Nullable Instant usedAt,
        long uses) {}
