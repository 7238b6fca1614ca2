package hal0.relay.rescue;

import hal0.providers.ChatStream;
import hal0.providers.event.StreamEvent;
import hal0.providers.event.Usage;
import hal0.providers.message.Message;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What another answer says beyond what was shown of the first.
///
/// **Shape** either it was given what was shown and continues it, or it was asked afresh and counts
/// only once it has said exactly the same. Its thoughts before that are not shown: they led to
/// words that stand there already. **Threads** as [ChatStream].
public final class Rest implements ChatStream {
    private final ChatStream stream;
    private final boolean afterThoughts;
    private final Deque<StreamEvent> ready = new ArrayDeque<>();
    private final Overlap overlap;
    private @Nullable Usage counted;

    private Rest(ChatStream stream, String shown, boolean afterThoughts) {
        this.stream = stream;
        this.afterThoughts = afterThoughts;
        this.overlap = new Overlap(shown);
    }

    /// What a target is told to have said itself, so that it continues that. White space at its end
    /// is left out, which some refuse.
    ///
    /// **Source** Anthropic answers 400 "final assistant content cannot end with trailing
    /// whitespace": tailcallhq/forgecode issue 1872, read 2026-11-21.
    public static List<Message> prefill(Shown shown) {
        return List.of(Message.assistant(shown.text().stripTrailing()));
    }

    /// Whether there is something to continue: a thought cannot be put into another's mouth.
    public static boolean canPrefill(Shown shown) {
        return !shown.text().isBlank();
    }

    /// The answer of a target that was given [#prefill].
    public static Rest continued(ChatStream stream, Shown shown) {
        String text = shown.text();
        return new Rest(stream, text.substring(text.stripTrailing().length()), false);
    }

    /// The answer of a target that was asked the same question.
    public static Rest afresh(ChatStream stream, Shown shown) {
        boolean onlyThoughts = shown.isOnlyThoughts();
        return new Rest(stream, onlyThoughts ? shown.thoughts() : shown.text(), onlyThoughts);
    }

    /// Reads until the answer goes beyond what was shown; false when it says something else.
    ///
    /// **Errors** the stream's own.
    public boolean begins() {
        while (ready.stream().noneMatch(Rest::goesOn)) {
            StreamEvent event = stream.next();
            if (event == null || !take(event)) {
                return false;
            }
        }
        return true;
    }

    private static boolean goesOn(StreamEvent event) {
        return event.isContent() || event instanceof StreamEvent.Done;
    }

    private boolean take(StreamEvent event) {
        return switch (event) {
            case StreamEvent.Started _ -> true;
            case StreamEvent.UsageReport(var usage) -> {
                counted = usage;
                yield ready.add(event);
            }
            case StreamEvent.TextDelta(var piece) ->
                    afterThoughts ? overlap.isPast() && ready.add(event) : beyond(piece, false);
            case StreamEvent.ThinkingDelta(var piece) -> !afterThoughts || beyond(piece, true);
            case StreamEvent.ThinkingSignature _, StreamEvent.RedactedThinking _ ->
                    !afterThoughts || (overlap.isPast() && ready.add(event));
            case StreamEvent.OpaquePart _, StreamEvent.ToolCallDelta _, StreamEvent.Done _ ->
                    overlap.isPast() && ready.add(event);
        };
    }

    private boolean beyond(String piece, boolean thought) {
        String more = overlap.beyond(piece);
        if (more != null && !more.isEmpty()) {
            ready.add(
                    thought
                            ? new StreamEvent.ThinkingDelta(more)
                            : new StreamEvent.TextDelta(more));
        }
        return more != null;
    }

    /// What was counted before it went on.
    public Optional<Usage> counted() {
        return Optional.ofNullable(counted);
    }

    @Override
    public @Nullable StreamEvent next() {
        StreamEvent event = ready.poll();
        return event != null ? event : stream.next();
    }

    @Override
    public void close() {
        stream.close();
    }
}
