package hal0.agent;

import hal0.agent.session.History;
import hal0.agent.session.SessionEntry;
import hal0.agent.session.SessionEntry.ModelSaid;
import hal0.providers.event.Usage;
import hal0.providers.message.Message;
import hal0.providers.message.Part;
import java.util.List;
import java.util.Optional;

/// When older turns are told as a summary, and which.
///
/// **Shape** `at` is the part of the context window that may be used, from 0 to 1; more than 1 is
/// never. Pairs of a call and its result stay together.
public record Compaction(double at) {
    public static final Compaction OFF = new Compaction(2);

    boolean isOff() {
        return at > 1;
    }

    /// So much of the window is left to what was said last.
    private static final double RECENT = 0.25;

    /// A picture or a document, in characters of text.
    private static final int MEDIA = 6000;

    /// How many tokens the next request will hold at least: what the provider counted last, and
    /// about a quarter of the characters since.
    public static long used(History history) {
        int from = history.summary().map(SessionEntry.Compacted::from).orElse(0);
        long characters = 0;
        boolean summarized = false;
        for (History.Numbered each : history.all().reversed()) {
            SessionEntry entry = each.entry();
            // What was counted before a summary took the place of something counts that too.
            if (!summarized && entry instanceof ModelSaid said && said.usage() != null) {
                Usage usage = said.usage();
                return usage.totalInput() + usage.output() + characters / 4;
            }
            boolean summary = entry instanceof SessionEntry.Compacted;
            if (summary ? !summarized : each.number() >= from) {
                characters += characters(entry);
            }
            summarized |= summary;
        }
        return characters / 4;
    }

    /// Whether it is time for a summary in a window of so many tokens.
    boolean due(History history, long window) {
        return used(history) >= at * window;
    }

    /// The number of the first entry that is still told as it was said; empty when nothing older
    /// stands before it. In a window of 0 only the last answer is kept.
    Optional<Integer> cut(History history, long window) {
        List<History.Numbered> all = history.all();
        int since = history.summary().map(SessionEntry.Compacted::from).orElse(-1);
        long room = (long) (RECENT * window * 4);
        int cut = -1;
        for (int i = all.size() - 1; i >= 0; i--) {
            History.Numbered each = all.get(i);
            if (each.number() < since) {
                break;
            }
            room -= characters(each.entry());
            if (room < 0 && cut >= 0) {
                break;
            }
            if (begins(all, i)) {
                cut = i;
            }
        }
        if (cut <= 0 || nothingToldBefore(all, cut, since)) {
            return Optional.empty();
        }
        return Optional.of(all.get(cut).number());
    }

    /// Whether the conversation may be cut before an entry: what the user said, or an answer after
    /// which all calls of the one before have their results.
    private static boolean begins(List<History.Numbered> all, int index) {
        return switch (all.get(index).entry()) {
            case SessionEntry.UserSaid _ -> true;
            case ModelSaid _ -> index > 0;
            default -> false;
        };
    }

    private static boolean nothingToldBefore(List<History.Numbered> all, int cut, int since) {
        return all.subList(0, cut).stream()
                .noneMatch(each ->
                        each.number() >= since
                                && (each.entry() instanceof ModelSaid
                                        || each.entry() instanceof SessionEntry.ToolAnswered));
    }

    private static long characters(SessionEntry entry) {
        return switch (entry) {
            case SessionEntry.UserSaid said -> characters(said.parts());
            case ModelSaid said -> characters(said.parts());
            case SessionEntry.ToolAnswered answered -> characters(List.of(answered.result()));
            case SessionEntry.Nudged nudged -> nudged.text().length();
            case SessionEntry.Compacted compacted -> compacted.summary().length();
            case SessionEntry.NobodyAnswered _,
                    SessionEntry.Halted _,
                    SessionEntry.Planned _,
                    SessionEntry.SpentBeside _,
                    SessionEntry.Expanded _,
                    SessionEntry.FilesKept _,
                    SessionEntry.FilesChanged _,
                    SessionEntry.Undone _,
                    SessionEntry.Redone _ ->
                    0;
        };
    }

    /// About how long messages are, in characters of text.
    public static long charactersOf(List<Message> messages) {
        return messages.stream().mapToLong(message -> characters(message.parts())).sum();
    }

    static long characters(List<Part> parts) {
        long sum = 0;
        for (Part part : parts) {
            sum +=
                    switch (part) {
                        case Part.Text(var text) -> text.length();
                        case Part.Thinking(var text, _) -> text.length();
                        case Part.RedactedThinking(var data) -> data.length();
                        case Part.ToolCall call -> call.name().length() + call.arguments().length();
                        case Part.ToolResult(_, var content, _) -> characters(content);
                        case Part.Opaque opaque -> opaque.json().length();
                        case Part.Image _, Part.Document _, Part.Audio _ -> MEDIA;
                        case Part.Cache _ -> 0;
                    };
        }
        return sum;
    }
}
