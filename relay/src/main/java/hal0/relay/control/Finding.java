package hal0.relay.control;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/// What one check of `hal0 doctor` found.
///
/// **Shape** `id` is what was looked at, such as `key.groq`; `fix` says what to do, empty where
/// there is nothing to do. Neither that nor `message` holds a secret.
public record Finding(String id, Status status, String message, String fix) {

    /// How it is.
    public enum Status {
        PASS,
        WARN,
        FAIL,
        /// Could not be looked at, or there is nothing to look at.
        SKIP;

        /// As it stands in JSON.
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        static Optional<Status> find(String word) {
            return Arrays.stream(values()).filter(status -> status.word().equals(word)).findFirst();
        }
    }
}
