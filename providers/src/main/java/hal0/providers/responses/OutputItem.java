package hal0.providers.responses;

import com.fasterxml.jackson.core.JsonGenerator;
import hal0.providers.dialect.Json;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One item of an answer that is being written.
///
/// **Shape** `place` is its index in the output. **Source** `ResponseOutputItem` in
/// resources/responses/responses.d.ts of the npm package openai 6.49.0, read 2026-11-21.
sealed interface OutputItem {
    int place();

    String id();

    /// Writes the item as it begins: known by its id, and empty.
    void begun(JsonGenerator json) throws IOException;

    /// Writes the item as it ended; `status` is `completed` or `incomplete`.
    void ended(JsonGenerator json, String status) throws IOException;

    /// What the model says.
    record Said(int place, String id, @Nullable String phase, StringBuilder text)
            implements OutputItem {
        @Override
        public void begun(JsonGenerator json) throws IOException {
            write(json, "in_progress", false);
        }

        @Override
        public void ended(JsonGenerator json, String status) throws IOException {
            write(json, status, true);
        }

        private void write(JsonGenerator json, String status, boolean whole) throws IOException {
            json.writeStartObject();
            json.writeStringField("id", id);
            json.writeStringField("type", "message");
            json.writeStringField("status", status);
            json.writeStringField("role", "assistant");
            if (phase != null) {
                json.writeStringField("phase", phase);
            }
            json.writeArrayFieldStart("content");
            if (whole) {
                part(json, text.toString());
            }
            json.writeEndArray();
            json.writeEndObject();
        }

        static void part(JsonGenerator json, String text) throws IOException {
            json.writeStartObject();
            json.writeStringField("type", "output_text");
            empty(json, "annotations");
            empty(json, "logprobs");
            json.writeStringField("text", text);
            json.writeEndObject();
        }
    }

    /// What the model thought, or only a proof of it.
    record Thought(int place, String id, StringBuilder text, @Nullable String encrypted)
            implements OutputItem {
        @Override
        public void begun(JsonGenerator json) throws IOException {
            ReasoningItem.write(json, id, List.of(), null);
        }

        @Override
        public void ended(JsonGenerator json, String status) throws IOException {
            List<SealedReasoning.Piece> summary =
                    text.isEmpty()
                            ? List.of()
                            : List.of(
                                    new SealedReasoning.Piece(
                                            SealedReasoning.Kind.SUMMARY, text.toString()));
            ReasoningItem.write(json, id, summary, encrypted);
        }

        Thought proved(@Nullable String proof) {
            return new Thought(place, id, text, proof);
        }

        static void part(JsonGenerator json, String text) throws IOException {
            json.writeStartObject();
            json.writeStringField("type", "summary_text");
            json.writeStringField("text", text);
            json.writeEndObject();
        }
    }

    /// A tool that the model calls.
    record Called(
            int place, String id, String callId, Namespaces.Name name, StringBuilder arguments)
            implements OutputItem {
        @Override
        public void begun(JsonGenerator json) throws IOException {
            write(json, "in_progress", "");
        }

        @Override
        public void ended(JsonGenerator json, String status) throws IOException {
            write(json, status, written());
        }

        /// An object even where the model wrote nothing.
        String written() {
            return arguments.isEmpty() ? "{}" : arguments.toString();
        }

        private void write(JsonGenerator json, String status, CharSequence text)
                throws IOException {
            json.writeStartObject();
            json.writeStringField("id", id);
            json.writeStringField("type", "function_call");
            json.writeStringField("status", status);
            json.writeStringField("arguments", text.toString());
            json.writeStringField("call_id", callId);
            json.writeStringField("name", name.name());
            if (name.namespace() != null) {
                json.writeStringField(Namespaces.TYPE, name.namespace());
            }
            json.writeEndObject();
        }
    }

    /// What came as this protocol has it.
    record Copied(int place, String id, String raw) implements OutputItem {
        @Override
        public void begun(JsonGenerator json) throws IOException {
            Json.writeRaw(json, raw);
        }

        @Override
        public void ended(JsonGenerator json, String status) throws IOException {
            Json.writeRaw(json, raw);
        }
    }

    private static void empty(JsonGenerator json, String list) throws IOException {
        json.writeArrayFieldStart(list);
        json.writeEndArray();
    }
}
