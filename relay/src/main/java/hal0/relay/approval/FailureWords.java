package hal0.relay.approval;

import java.util.Optional;

/// Says what may be shown of a failure.
@FunctionalInterface
public interface FailureWords {
    /// Its message where that is for people; empty for a fault in hal0, which the log tells of.
    Optional<String> of(Exception failure);
}
