package hal0.providers.responses;

import com.fasterxml.jackson.core.JsonGenerator;
import hal0.providers.dialect.EventBody;
import hal0.providers.dialect.Json;
import hal0.providers.sse.SseWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// Writes the events of an answer, numbered; nothing where the answer is no stream.
final class EventOutput {

    private final EventBody body = new EventBody();
    private @Nullable SseWriter out;
    private int sequence;

    void to(@Nullable SseWriter writer) {
        out = writer;
    }

    void send(String type, EventBody.Fields fields) throws IOException {
        SseWriter to = out;
        if (to == null) {
            return;
        }
        body.send(
                type,
                to,
                json -> {
                    json.writeStringField("type", type);
                    json.writeNumberField("sequence_number", sequence++);
                    fields.write(json);
                });
    }

    /// An event that holds a whole item.
    void item(String type, int place, EventBody.Fields item) throws IOException {
        send(
                type,
                json -> {
                    json.writeNumberField("output_index", place);
                    json.writeFieldName("item");
                    item.write(json);
                });
    }

    /// An event about an item.
    void of(String type, OutputItem item, EventBody.Fields fields) throws IOException {
        send(
                type,
                json -> {
                    json.writeStringField("item_id", item.id());
                    json.writeNumberField("output_index", item.place());
                    fields.write(json);
                });
    }

    /// An event about the only part of an item.
    void part(String type, OutputItem item, EventBody.Fields fields) throws IOException {
        String index = item instanceof OutputItem.Thought ? "summary_index" : "content_index";
        of(
                type,
                item,
                json -> {
                    json.writeNumberField(index, 0);
                    fields.write(json);
                });
    }

    /// An event about the text of a message.
    void text(String type, OutputItem.Said item, String field, String text) throws IOException {
        part(
                type,
                item,
                json -> {
                    json.writeStringField(field, text);
                    json.writeArrayFieldStart("logprobs");
                    json.writeEndArray();
                });
    }

    /// What `fields` writes, as it is.
    byte[] bytes(EventBody.Fields fields) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator json = Json.generator(bytes)) {
            fields.write(json);
        }
        return bytes.toByteArray();
    }

    String text(EventBody.Fields fields) throws IOException {
        return new String(bytes(fields), StandardCharsets.UTF_8);
    }
}
