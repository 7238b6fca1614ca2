package hal0.providers.gemini;

import hal0.providers.dialect.Json;
import hal0.providers.event.StreamEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Holds calls until they are whole, and what comes behind them.
///
/// **Shape** parallel calls may come in turns: they go out together, in the order of their index.
/// **Threads** one.
final class PendingParts {
    private final Map<Integer, Call> calls = new TreeMap<>();
    private final List<AnswerPiece> behind = new ArrayList<>();

    private static final class Call {
        private @Nullable String id;
        private @Nullable String name;
        private @Nullable String signature;
        private final StringBuilder arguments = new StringBuilder();

        private AnswerPiece.Call whole() {
            return new AnswerPiece.Call(
                    id,
                    name == null ? "" : name,
                    arguments().isBlank() ? "{}" : arguments(),
                    signature);
        }

        private String arguments() {
            return arguments.toString();
        }
    }

    /// A piece that is no call: goes to `ready` with the calls before it, unless one of them is
    /// still open.
    void add(AnswerPiece piece, List<AnswerPiece> ready) {
        if (behind.isEmpty() && calls.values().stream().allMatch(PendingParts::isWhole)) {
            flush(ready);
            ready.add(piece);
        } else {
            behind.add(piece);
        }
    }

    private static boolean isWhole(Call call) {
        return call.name != null && Json.isObject(call.arguments());
    }

    /// A piece of a call.
    void add(StreamEvent.ToolCallDelta delta, List<AnswerPiece> ready) {
        if (!behind.isEmpty() && !calls.containsKey(delta.index())) {
            // Another step of the turn: what was held can only be late, not wrong.
            flush(ready);
        }
        Call call = calls.computeIfAbsent(delta.index(), _ -> new Call());
        if (delta.id() != null) {
            call.id = delta.id();
        }
        if (delta.name() != null) {
            call.name = delta.name();
        }
        if (delta.signature() != null) {
            call.signature = delta.signature();
        }
        call.arguments.append(delta.argumentsPart());
    }

    /// Nothing more follows.
    void end(List<AnswerPiece> ready) {
        flush(ready);
    }

    private void flush(List<AnswerPiece> ready) {
        for (Call call : calls.values()) {
            ready.add(call.whole());
        }
        calls.clear();
        ready.addAll(behind);
        behind.clear();
    }
}
