package hal0.providers.testing;

import hal0.providers.event.StopReason;
import hal0.providers.event.StreamEvent;
import hal0.providers.event.Usage;
import hal0.providers.message.Part;
import hal0.providers.message.Protocol;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/// Makes answers: each seed one, and always the same one.
///
/// **Shape** as a provider of any protocol may give them: thoughts, texts and calls in pieces,
/// parallel calls in turns, ids and names late, numbers early or late. **Threads** one.
public final class Answers {
    private final Random random;
    private final OddTexts texts;
    private final List<StreamEvent> events = new ArrayList<>();
    private int calls;

    private Answers(long seed) {
        random = new Random(seed);
        random.nextLong();
        texts = new OddTexts(random);
    }

    public static List<StreamEvent> of(long seed) {
        return new Answers(seed).answer();
    }

    private boolean oneIn(int n) {
        return random.nextInt(n) == 0;
    }

    private List<StreamEvent> answer() {
        if (!oneIn(10)) {
            events.add(new StreamEvent.Started("resp_1", "upstream-model"));
        }
        Usage counted = usage();
        if (oneIn(3)) {
            events.add(new StreamEvent.UsageReport(early(counted)));
        }
        int thoughts = oneIn(3) ? 1 + random.nextInt(2) : 0;
        for (int i = 0; i < thoughts; i++) {
            thought();
        }
        int pieces = random.nextInt(3);
        for (int i = 0; i < pieces; i++) {
            if (oneIn(8)) {
                opaque();
            } else {
                text();
            }
        }
        if (oneIn(3)) {
            calls();
            if (oneIn(6)) {
                text();
            }
        }
        if (!oneIn(8)) {
            events.add(new StreamEvent.UsageReport(counted));
        }
        events.add(done());
        return List.copyOf(events);
    }

    private StreamEvent done() {
        StopReason reason =
                switch (random.nextInt(8)) {
                    case 0 -> StopReason.LENGTH;
                    case 1 -> StopReason.REFUSAL;
                    case 2 -> StopReason.PAUSE;
                    case 3 -> StopReason.OTHER;
                    case 4 -> calls > 0 ? StopReason.TOOL_CALLS : StopReason.STOP_SEQUENCE;
                    default -> calls > 0 ? StopReason.TOOL_CALLS : StopReason.END;
                };
        boolean sequence = reason == StopReason.STOP_SEQUENCE && random.nextBoolean();
        return new StreamEvent.Done(reason, sequence ? "END" : null);
    }

    private Usage usage() {
        long reasoning = oneIn(3) ? random.nextInt(50) : 0;
        return new Usage(
                random.nextInt(1000),
                reasoning + random.nextInt(100),
                oneIn(3) ? random.nextInt(500) : 0,
                oneIn(5) ? random.nextInt(50) : 0,
                oneIn(8) ? random.nextInt(50) : 0,
                reasoning,
                null);
    }

    /// What was read is known at once, what is written only in the end.
    private static Usage early(Usage usage) {
        return new Usage(
                usage.input(),
                Math.min(1, usage.output()),
                usage.cacheRead(),
                usage.cacheWrite5m(),
                usage.cacheWrite1h(),
                0,
                null);
    }

    private void thought() {
        if (oneIn(6)) {
            events.add(new StreamEvent.RedactedThinking(texts.secret()));
            return;
        }
        boolean signed = oneIn(2);
        int pieces = signed ? random.nextInt(3) : 1 + random.nextInt(2);
        for (int i = 0; i < pieces; i++) {
            events.add(new StreamEvent.ThinkingDelta(texts.some()));
        }
        if (signed) {
            events.add(new StreamEvent.ThinkingSignature(texts.secret()));
        }
    }

    private void text() {
        int pieces = 1 + random.nextInt(3);
        for (int i = 0; i < pieces; i++) {
            events.add(new StreamEvent.TextDelta(texts.some()));
        }
    }

    private void opaque() {
        List<Part.Opaque> all =
                List.of(
                        new Part.Opaque(
                                Protocol.GEMINI,
                                "{\"executableCode\":{\"language\":\"PYTHON\",\"code\":\"1 + 1\"}}"),
                        new Part.Opaque(
                                Protocol.ANTHROPIC,
                                "{\"type\":\"server_tool_use\",\"id\":\"srvtoolu_1\",\"name\":\"web_search\",\"input\":{\"query\":\"x\"}}"),
                        new Part.Opaque(
                                Protocol.RESPONSES,
                                "{\"type\":\"web_search_call\",\"id\":\"ws_1\",\"status\":\"completed\",\"action\":{\"type\":\"search\",\"query\":\"x\"}}"));
        events.add(new StreamEvent.OpaquePart(all.get(random.nextInt(all.size()))));
    }

    private record Piece(String id, String name, String arguments, String signature) {}

    /// All calls begin, then their pieces come in any order among them.
    private void calls() {
        int count = 1 + random.nextInt(3);
        List<List<StreamEvent>> each = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            each.add(call(calls++));
        }
        boolean inTurns = random.nextBoolean();
        if (inTurns) {
            for (List<StreamEvent> call : each) {
                events.add(call.removeFirst());
            }
        }
        while (!each.isEmpty()) {
            int which = inTurns ? random.nextInt(each.size()) : 0;
            List<StreamEvent> call = each.get(which);
            if (call.isEmpty()) {
                each.remove(which);
            } else {
                events.add(call.removeFirst());
            }
        }
    }

    private List<StreamEvent> call(int index) {
        Piece whole =
                new Piece(
                        "call_" + index,
                        texts.name(),
                        texts.arguments(),
                        oneIn(4) ? texts.secret() : null);
        List<StreamEvent> pieces = new ArrayList<>();
        boolean late = oneIn(6);
        int cut = whole.arguments.isEmpty() ? 0 : random.nextInt(whole.arguments.length());
        pieces.add(
                new StreamEvent.ToolCallDelta(
                        index,
                        whole.id,
                        late ? null : whole.name,
                        whole.arguments.substring(0, cut),
                        whole.signature));
        pieces.add(
                new StreamEvent.ToolCallDelta(
                        index, null, late ? whole.name : null, whole.arguments.substring(cut)));
        return pieces;
    }
}
