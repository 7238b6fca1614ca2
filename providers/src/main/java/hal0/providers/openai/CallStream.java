package hal0.providers.openai;

import com.fasterxml.jackson.core.JsonGenerator;
import hal0.providers.event.StreamEvent;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The tool calls of an answer that is streamed to a client.
///
/// **Shape** a call's first element says its id and name, which may come late, so what came before
/// them waits, and so do the calls behind it: clients put calls together by their numbers, from 0
/// and in order. A call without arguments ends with an empty object, because they parse what they
/// got. **Threads** one.
final class CallStream {

    /// One element of `tool_calls` in a chunk.
    record Element(
            int index,
            @Nullable String id,
            @Nullable String name,
            String arguments,
            @Nullable String signature) {

        void write(JsonGenerator json) throws IOException {
            json.writeStartObject();
            json.writeNumberField("index", index);
            if (id != null) {
                json.writeStringField("id", id);
                json.writeStringField("type", "function");
            }
            json.writeObjectFieldStart("function");
            if (name != null) {
                json.writeStringField("name", name);
            }
            json.writeStringField("arguments", arguments);
            json.writeEndObject();
            if (signature != null) {
                CallExtra.write(json, signature);
            }
            json.writeEndObject();
        }
    }

    private static final class Call {
        private final int index;
        private final StringBuilder waiting = new StringBuilder();
        private boolean begun;
        private boolean argued;
        private @Nullable String id;
        private @Nullable String name;
        private @Nullable String signature;

        Call(int index) {
            this.index = index;
        }

        private boolean isKnown() {
            return id != null && name != null;
        }

        private Element first(String someId) {
            begun = true;
            argued = !waiting.isEmpty();
            Element element =
                    new Element(
                            index,
                            id == null ? someId : id,
                            name == null ? "" : name,
                            waiting.toString(),
                            signature);
            waiting.setLength(0);
            return element;
        }
    }

    private final String answer;
    private final Map<Integer, Call> calls = new LinkedHashMap<>();

    /// `answer` is the id of the answer, from which calls without one get theirs.
    CallStream(String answer) {
        this.answer = answer;
    }

    /// What a client can be told now; nothing when it has to wait.
    List<Element> add(StreamEvent.ToolCallDelta delta) {
        Call call = calls.computeIfAbsent(delta.index(), _ -> new Call(calls.size()));
        if (call.begun) {
            String piece = delta.argumentsPart();
            call.argued |= !piece.isEmpty();
            return piece.isEmpty() && delta.signature() == null
                    ? List.of()
                    : List.of(new Element(call.index, null, null, piece, delta.signature()));
        }
        call.id = delta.id() != null ? delta.id() : call.id;
        call.name = delta.name() != null ? delta.name() : call.name;
        call.signature = delta.signature() != null ? delta.signature() : call.signature;
        call.waiting.append(delta.argumentsPart());
        List<Element> known = new ArrayList<>();
        for (Call next : calls.values()) {
            if (!next.begun) {
                if (!next.isKnown()) {
                    break;
                }
                known.add(next.first(""));
            }
        }
        return known;
    }

    /// The calls that nobody gave an id or a name to, and the arguments that nobody wrote.
    List<Element> rest() {
        List<Element> rest = new ArrayList<>();
        for (Map.Entry<Integer, Call> entry : calls.entrySet()) {
            Call call = entry.getValue();
            if (!call.begun) {
                rest.add(call.first("call_" + answer + "_" + entry.getKey()));
            }
            if (!call.argued) {
                rest.add(new Element(call.index, null, null, "{}", null));
            }
        }
        return rest;
    }
}
