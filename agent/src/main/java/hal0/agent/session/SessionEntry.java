package hal0.agent.session;

import hal0.agent.checkpoint.FileChange;
import hal0.agent.checkpoint.Kept;
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
/// **Shape** everything that happened stays here, failures too and what was undone; what holds of
/// it now is [History]'s to say, and what a model is told of that [Conversation]'s. Entries are
/// numbered from 0 in the order of the file.
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

        /// What it said in words.
        public String text() {
            StringBuilder text = new StringBuilder();
            for (Part part : parts) {
                if (part instanceof Part.Text(var piece)) {
                    text.append(piece);
                }
            }
            return text.toString();
        }

        /// Whether the turn goes on with calls of tools.
        public boolean owesResults() {
            return ending instanceof Ending.Stopped(var reason)
                    && reason != StopReason.LENGTH
                    && reason != StopReason.REFUSAL
                    && parts.stream().anyMatch(Part.ToolCall.class::isInstance);
        }

        /// Whether something was used up, counted or not: not by an answer that failed before it
        /// said anything.
        public boolean spent() {
            return usage != null || !parts.isEmpty() || !(ending instanceof Ending.Failed);
        }
    }

    /// No answer began. `kind` is CANCELLED when the user did not want one any more.
    record NobodyAnswered(Instant at, ErrorKind kind, String message) implements SessionEntry {}

    /// The turn ended without another answer behind its last calls: the user interrupted them, or
    /// there was to be no more of them.
    record Halted(Instant at, String why) implements SessionEntry {}

    /// What came of a call of a tool. `diff` shows people what it changed, `title` what it was;
    /// null where that was not kept yet.
    record ToolAnswered(
            Instant at, Part.ToolResult result, @Nullable String diff, @Nullable String title)
            implements SessionEntry {

        public ToolAnswered(Instant at, Part.ToolResult result, @Nullable String diff) {
            this(at, result, diff, null);
        }
    }

    /// Something that the model was told within a turn: by the user who would not wait, or by a
    /// hook that did not let the turn end. `by` is `user`, `hook`, `hal0` for what belongs to what
    /// the user said, or `shell` for what a command gave that the user ran.
    record Nudged(Instant at, String by, String text) implements SessionEntry {}

    /// The agent's plan, as it was written last.
    record Planned(Instant at, List<Todo> todos) implements SessionEntry {
        public Planned {
            todos = List.copyOf(todos);
        }
    }

    /// What was spent beside the conversation: `purpose` is a word such as `compaction` or `task`.
    record SpentBeside(
            Instant at,
            String purpose,
            String requestId,
            String provider,
            String model,
            @Nullable Usage usage,
            Cost cost)
            implements SessionEntry {}

    /// From here on `summary` stands for what was said before the entry with the number `from`.
    record Compacted(Instant at, String summary, int from) implements SessionEntry {}

    /// The last [Compacted] does not hold any more.
    record Expanded(Instant at) implements SessionEntry {}

    /// What was kept before a call that may change files; recorded before it runs, so that what it
    /// did is known even if hal0 is killed meanwhile.
    record FilesKept(Instant at, Kept kept) implements SessionEntry {}

    /// The files that the call before it changed, so that it can be undone: one for each
    /// [FilesKept], and empty when it changed none.
    record FilesChanged(Instant at, List<FileChange> changes) implements SessionEntry {
        public FilesChanged {
            changes = List.copyOf(changes);
        }
    }

    /// What was said from the entry with the number `from` on was taken back.
    record Undone(Instant at, int from) implements SessionEntry {}

    /// The last [Undone] was taken back, before anything else was said.
    record Redone(Instant at) implements SessionEntry {}

    /// How an answer ended.
    sealed interface Ending {
        record Stopped(StopReason reason) implements Ending {}

        record Interrupted() implements Ending {}

        record Failed(ErrorKind kind, String message) implements Ending {}
    }
}
