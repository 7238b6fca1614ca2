package hal0.providers.openai;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import hal0.providers.dialect.Json;
import hal0.providers.event.StreamEvent;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The tool calls of one answer, told apart by index, or by id where a server sends no index or the
/// same one for all.
final class ToolCalls {
    /// What was said of a call so far: its id and name are reported once.
    private static final class Known {
        private @Nullable String id;
        private boolean named;
    }

    private final List<Known> calls = new ArrayList<>();
    private final Map<Long, Integer> byIndex = new HashMap<>();
    private boolean legacy;

    // Of the element being read.
    private long index;
    private @Nullable String id;
    private @Nullable String name;
    private String arguments = "";
    private @Nullable String signature;

    boolean any() {
        return !calls.isEmpty();
    }

    /// Reads the array at hand; anything else is skipped.
    void read(JsonParser p, Consumer<StreamEvent> out) throws IOException {
        if (p.currentToken() != JsonToken.START_ARRAY) {
            p.skipChildren();
            return;
        }
        while (p.nextToken() == JsonToken.START_OBJECT) {
            element(p);
            report(out);
        }
    }

    /// Reads the one call of the form that came before `tool_calls`, which has neither index nor
    /// id. Where a server sends both forms of the same call, the newer counts.
    void readLegacy(JsonParser p, Consumer<StreamEvent> out) throws IOException {
        if (p.currentToken() != JsonToken.START_OBJECT || !(calls.isEmpty() || legacy)) {
            p.skipChildren();
            return;
        }
        legacy = true;
        clear();
        index = 0;
        function(p);
        report(out);
    }

    private void element(JsonParser p) throws IOException {
        clear();
        while (p.nextToken() == JsonToken.FIELD_NAME) {
            String field = p.currentName();
            JsonToken token = p.nextToken();
            switch (field) {
                case "index" -> index = token == JsonToken.VALUE_NUMBER_INT ? p.getLongValue() : -1;
                case "id" -> id = nonEmpty(Json.text(p));
                case "function" -> function(p);
                case CallExtra.FIELD -> signature = CallExtra.signature(p);
                default -> p.skipChildren();
            }
        }
    }

    private void clear() {
        index = -1;
        id = null;
        name = null;
        arguments = "";
        signature = null;
    }

    private void function(JsonParser p) throws IOException {
        if (p.currentToken() != JsonToken.START_OBJECT) {
            p.skipChildren();
            return;
        }
        while (p.nextToken() == JsonToken.FIELD_NAME) {
            String field = p.currentName();
            JsonToken token = p.nextToken();
            switch (field) {
                case "name" -> name = nonEmpty(Json.text(p));
                case "arguments" -> {
                    // Some servers send the object itself.
                    String text = token == JsonToken.START_OBJECT ? Json.raw(p) : Json.text(p);
                    arguments = text == null ? "" : text;
                }
                default -> p.skipChildren();
            }
        }
    }

    private static @Nullable String nonEmpty(@Nullable String text) {
        return text == null || text.isEmpty() ? null : text;
    }

    private void report(Consumer<StreamEvent> out) {
        int at = call();
        Known call = calls.get(at);
        String newId = call.id == null ? id : null;
        String newName = call.named ? null : name;
        if (newId != null) {
            call.id = newId;
        }
        call.named |= newName != null;
        if (newId != null || newName != null || !arguments.isEmpty() || signature != null) {
            out.accept(new StreamEvent.ToolCallDelta(at, newId, newName, arguments, signature));
        }
    }

    /// Which call the element belongs to.
    private int call() {
        if (index < 0) {
            boolean goesOn = id == null ? any() && name == null : isLast(id);
            return goesOn ? calls.size() - 1 : add();
        }
        Integer known = byIndex.get(index);
        if (known != null) {
            String knownId = calls.get(known).id;
            // Ollama gave all parallel calls the index 0, each with an id of its own.
            boolean another = id != null && knownId != null && !id.equals(knownId) && name != null;
            if (!another) {
                return known;
            }
        }
        int added = add();
        byIndex.put(index, added);
        return added;
    }

    private boolean isLast(String callId) {
        return any() && callId.equals(calls.getLast().id);
    }

    private int add() {
        calls.add(new Known());
        return calls.size() - 1;
    }
}
