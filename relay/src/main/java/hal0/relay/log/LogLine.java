package hal0.relay.log;

import java.time.Instant;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/// One line of the log.
///
/// **Shape** `id` counts up from 1 within one run of hal0; `name` is the logger's, without `hal0.`;
/// `text` has more than one line where it ends in a stack trace.
public record LogLine(long id, Instant at, Level level, String name, String text) {

    /// How much it matters; each one and those after it are asked for together.
    public enum Level {
        DEBUG,
        INFO,
        WARNING,
        ERROR;

        /// As it stands in JSON.
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        public static Optional<Level> find(String word) {
            return Arrays.stream(values()).filter(level -> level.word().equals(word)).findFirst();
        }
    }

    /// As the log has it.
    public String whole() {
        return "%s %s %s %s".formatted(at, level, name, text);
    }
}
