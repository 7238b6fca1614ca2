package hal0.home.activity;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// One change, or the attempt at one.
///
/// **Shape** `action` is a noun and a verb (`upstream.add`), `subject` what it was done to;
/// `before` and `after` are JSON, null where there was nothing, with secrets masked by who notes
/// it. `reason` says why it failed, null where it did not.
public record Deed(
        String actor,
        String action,
        String subject,
        @Nullable String before,
        @Nullable String after,
        Outcome outcome,
        @Nullable String reason) {

    /// Whether it came to pass.
    public enum Outcome {
        DONE,
        REFUSED
    }

    /// A deed as it was noted; a later one has a higher `id`.
    public record Noted(long id, Instant at, Deed deed) {}

    /// One that was done.
    public static Deed done(
            String actor,
            String action,
            String subject,
            @Nullable String before,
            @Nullable String after) {
        return new Deed(actor, action, subject, before, after, Outcome.DONE, null);
    }

    /// One that was refused, or failed; nothing is changed then.
    public static Deed refused(String actor, String action, String subject, String reason) {
        return new Deed(actor, action, subject, null, null, Outcome.REFUSED, reason);
    }
}
