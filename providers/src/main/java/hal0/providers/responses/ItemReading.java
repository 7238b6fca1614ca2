package hal0.providers.responses;

import hal0.providers.event.StreamEvent;
import hal0.providers.message.Part;
import hal0.providers.message.Protocol;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The items of one answer, turned into events.
///
/// **Shape** an item is known by its place in the output: GitHub Copilot gives it another id in
/// every event. What a stream says again at the end of a text or of an item counts only where it
/// was not said before.
final class ItemReading {

    /// What was said of one item so far.
    private static final class Known {
        private int call = -1;
        private boolean idSaid;
        private boolean nameSaid;
        private boolean argumentsWhole;
        private @Nullable String phase;

        /// Bits of the texts of the item that have begun; of a call, the first is its arguments.
        private long texts;

        private long summaries;
        private final List<SealedReasoning.Kind> kinds = new ArrayList<>();
        private final List<StringBuilder> thoughts = new ArrayList<>();
        private int thoughtIndex = -1;

        List<SealedReasoning.Piece> pieces() {
            List<SealedReasoning.Piece> pieces = new ArrayList<>();
            for (int i = 0; i < kinds.size(); i++) {
                pieces.add(new SealedReasoning.Piece(kinds.get(i), thoughts.get(i).toString()));
            }
            return pieces;
        }
    }

    private final Map<Integer, Known> items = new HashMap<>();
    private final Map<String, String> signatures = new HashMap<>();
    private final Map<String, Integer> callsById = new HashMap<>();
    private int calls;
    private boolean said;
    private boolean refused;
    private boolean thinking;

    /// Whether anything was said at all.
    boolean said() {
        return said;
    }

    boolean refused() {
        return refused;
    }

    boolean callsTools() {
        return calls > 0;
    }

    private void say(StreamEvent event, Consumer<StreamEvent> out) {
        said = true;
        thinking = event instanceof StreamEvent.ThinkingDelta;
        out.accept(event);
    }

    private Known at(int index) {
        Known known = items.get(index);
        if (known == null) {
            known = new Known();
            items.put(index, known);
        }
        return known;
    }

    private static boolean has(long bits, int index) {
        return (bits >> Math.min(index, 63) & 1) != 0;
    }

    private static long bit(int index) {
        return 1L << Math.min(index, 63);
    }

    /// An item begins; most of it follows.
    void begin(int index, AnswerItem item, Consumer<StreamEvent> out) {
        Known known = new Known();
        items.put(index, known);
        known.phase = item.phase();
        if (item.type().equals("function_call")) {
            call(known, item, out);
            known.argumentsWhole = !item.arguments().isEmpty();
        }
    }

    /// An item is whole.
    void end(int index, AnswerItem item, Consumer<StreamEvent> out) {
        Known known = at(index);
        switch (item.type()) {
            case "message" -> {
                known.phase = known.texts == 0 ? item.phase() : null;
                for (int i = 0; i < item.content().size(); i++) {
                    AnswerItem.Text text = item.content().get(i);
                    text(index, i, text.words(), text.refusal(), true, out);
                }
            }
            case "function_call" -> call(known, item, out);
            case "reasoning" -> reasoning(index, known, item, out);
            default ->
                    say(
                            new StreamEvent.OpaquePart(
                                    new Part.Opaque(Protocol.RESPONSES, item.raw())),
                            out);
        }
    }

    /// A piece of a message's text, or the whole of it.
    void text(
            int index,
            int content,
            @Nullable String words,
            boolean refusal,
            boolean whole,
            Consumer<StreamEvent> out) {
        Known known = at(index);
        refused |= refusal;
        if (words == null || words.isEmpty() || (whole && has(known.texts, content))) {
            return;
        }
        known.texts |= bit(content);
        if (known.phase != null) {
            say(new StreamEvent.OpaquePart(MessagePhase.mark(known.phase)), out);
            known.phase = null;
        }
        say(new StreamEvent.TextDelta(words), out);
    }

    /// A piece of a summary or of raw reasoning, or the whole of it.
    void thought(
            int index,
            SealedReasoning.Kind kind,
            int part,
            @Nullable String words,
            boolean whole,
            Consumer<StreamEvent> out) {
        Known known = at(index);
        boolean summary = kind == SealedReasoning.Kind.SUMMARY;
        boolean begun = has(summary ? known.summaries : known.texts, part);
        if (words == null || words.isEmpty() || (whole && begun)) {
            return;
        }
        if (summary) {
            known.summaries |= bit(part);
        } else {
            known.texts |= bit(part);
        }
        boolean goesOn =
                !known.kinds.isEmpty()
                        && known.kinds.getLast() == kind
                        && known.thoughtIndex == part;
        if (!goesOn) {
            known.kinds.add(kind);
            known.thoughts.add(new StringBuilder());
            known.thoughtIndex = part;
            if (thinking) {
                say(new StreamEvent.ThinkingDelta(SealedReasoning.BETWEEN), out);
            }
        }
        known.thoughts.getLast().append(words);
        say(new StreamEvent.ThinkingDelta(words), out);
    }

    private void reasoning(int index, Known known, AnswerItem item, Consumer<StreamEvent> out) {
        for (int i = 0; i < item.summary().size(); i++) {
            String words = item.summary().get(i).words();
            thought(index, SealedReasoning.Kind.SUMMARY, i, words, true, out);
        }
        for (int i = 0; i < item.content().size(); i++) {
            String words = item.content().get(i).words();
            thought(index, SealedReasoning.Kind.CONTENT, i, words, true, out);
        }
        String encrypted = item.encrypted();
        switch (encrypted == null ? null : CarriedProof.find(encrypted)) {
            case null -> {
                // Raw reasoning goes back as such; a summary alone is worth nothing to anybody.
                if (encrypted != null || known.kinds.contains(SealedReasoning.Kind.CONTENT)) {
                    String seal = SealedReasoning.seal(item.id(), known.pieces(), encrypted);
                    say(new StreamEvent.ThinkingSignature(seal), out);
                }
            }
            case CarriedProof.Thought(var signature) ->
                    say(new StreamEvent.ThinkingSignature(signature), out);
            case CarriedProof.Redacted(var data) ->
                    say(new StreamEvent.RedactedThinking(data), out);
            case CarriedProof.Call(var callId, var signature) -> {
                Integer call = callsById.get(callId);
                if (call == null) {
                    signatures.put(callId, signature);
                } else {
                    say(new StreamEvent.ToolCallDelta(call, null, null, "", signature), out);
                }
            }
        }
    }

    /// What of a call is news: its id, its name, arguments that did not come in pieces.
    private void call(Known known, AnswerItem item, Consumer<StreamEvent> out) {
        String id = known.idSaid ? null : item.callId();
        String name = known.nameSaid ? null : item.name();
        String arguments = has(known.texts, 0) ? "" : item.arguments();
        call(known, id, name, arguments, out);
    }

    private void call(
            Known known,
            @Nullable String id,
            @Nullable String name,
            String arguments,
            Consumer<StreamEvent> out) {
        boolean news = known.call < 0 || id != null || name != null || !arguments.isEmpty();
        if (!news) {
            return;
        }
        if (known.call < 0) {
            known.call = calls++;
        }
        String signature = null;
        if (id != null) {
            callsById.put(id, known.call);
            signature = signatures.remove(id);
        }
        known.idSaid |= id != null;
        known.nameSaid |= name != null;
        if (!arguments.isEmpty()) {
            known.texts |= bit(0);
        }
        say(new StreamEvent.ToolCallDelta(known.call, id, name, arguments, signature), out);
    }

    /// A piece of a call's arguments.
    void arguments(int index, @Nullable String piece, Consumer<StreamEvent> out) {
        Known known = at(index);
        if (piece != null && !piece.isEmpty() && !known.argumentsWhole) {
            call(known, null, null, piece, out);
        }
    }

    /// All of a call's arguments; some servers send them in no other way.
    void argumentsEnd(
            int index,
            @Nullable String name,
            @Nullable String arguments,
            Consumer<StreamEvent> out) {
        Known known = at(index);
        String said = known.nameSaid || name == null || name.isEmpty() ? null : name;
        String news = arguments == null || has(known.texts, 0) ? "" : arguments;
        call(known, null, said, news, out);
    }
}
