package hal0.slots.model.pull;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// How far a pull is.
///
/// **Shape** `job` names it; `reference` holds no key; `model` is the id that it is registered as,
/// null before that is known; `code` says why it failed, for programs, and `message` for people;
/// `path` is the file that servers are told, once it is there. **Units** bytes; `total` 0 as long
/// as it is not known.
public record PullStatus(
        String job,
        String reference,
        @Nullable String model,
        State state,
        String message,
        @Nullable String code,
        @Nullable String file,
        long done,
        long total,
        long bytesPerSecond,
        @Nullable Path path,
        Instant startedAt,
        @Nullable Instant endedAt) {

    /// What it is at.
    public enum State {
        /// Finding out which files are meant.
        RESOLVING,
        /// Looking through what was fetched before.
        CHECKING,
        DOWNLOADING,
        DONE,
        FAILED,
        CANCELLED;

        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        public boolean isOver() {
            return switch (this) {
                case DONE, FAILED, CANCELLED -> true;
                case RESOLVING, CHECKING, DOWNLOADING -> false;
            };
        }
    }
}
