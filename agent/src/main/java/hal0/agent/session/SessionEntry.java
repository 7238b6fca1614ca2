package hal0.agent.session;

import hal0.home.error.ErrorKind;
import hal0.providers.event.StopReason;
import hal0.providers.event.Usage;
import hal0.providers.message.Part;
import hal0.providers.price.Cost;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One line of a session.
///
/// **Shape** everything that happened stays here, failures too; what a model is told of it is
/// [Conversation]'s to say.
public sealed interface SessionEntry {
    Instant at();

    record UserSaid(Instant at, List<Part> parts) implements SessionEntry {
        public UserSaid {
            parts = List.copyOf(parts);
        }
    }

    /// An answer that began, however it ended. `usage` is null when the provider did not count.
    record ModelSaid(
            Instant at,
            String requestId,
            String provider,
            String model,
            List<Part> parts,
            @Nullable Usage usage,
            Cost cost,
            Ending ending)
            implements SessionEntry {
        public ModelSaid {
            parts = List.copyOf(parts);
        }

        /// Whether something was used up, counted or not: not by an answer that failed before it
        /// said anything.
        public boolean spent() {
            return usage != null || !parts.isEmpty() || !(ending instanceof Ending.Failed);
        }
    }

    /// No answer began. `kind` is CANCELLED when the user did not want one any more.
    record NobodyAnswered(Instant at, ErrorKind kind, String message) implements SessionEntry {}

    /// How an answer ended.
    sealed interface Ending {
        record Stopped(StopReason reason) implements Ending {}

        record Interrupted() implements Ending {}

        record Failed(ErrorKind kind, String message) implements Ending {}
    }
}
