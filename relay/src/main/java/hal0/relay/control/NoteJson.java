package hal0.relay.control;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import hal0.home.memory.Memorized;
import hal0.home.memory.Memory;
import hal0.home.memory.Note;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// A note as the JSON of `/api/memory`, written and read.
public final class NoteJson {
    private NoteJson() {}

    /// `score` is how well it fits a query, null where nobody asked.
    public static void write(JsonGenerator json, Memorized item, @Nullable Double score)
            throws IOException {
        json.writeStartObject();
        fields(json, item);
        if (score != null) {
            json.writeNumberField("score", score);
        }
        json.writeEndObject();
    }

    private static void fields(JsonGenerator json, Memorized item) throws IOException {
        Note note = item.note();
        json.writeNumberField("id", item.id());
        json.writeStringField("bank", note.bank());
        json.writeStringField("text", note.text());
        json.writeArrayFieldStart("tags");
        for (String tag : note.tags()) {
            json.writeString(tag);
        }
        json.writeEndArray();
        json.writeObjectFieldStart("metadata");
        for (Map.Entry<String, String> each : new TreeMap<>(note.metadata()).entrySet()) {
            json.writeStringField(each.getKey(), each.getValue());
        }
        json.writeEndObject();
        json.writeStringField("source", note.source());
        json.writeStringField("created_at", item.createdAt().toString());
        json.writeStringField("told_at", item.toldAt().toString());
        Instant usedAt = item.usedAt();
        if (usedAt != null) {
            json.writeStringField("used_at", usedAt.toString());
        }
        json.writeNumberField("uses", item.uses());
    }

    /// The same for what was just told; `known` when it was remembered before.
    public static void write(JsonGenerator json, Memorized item, boolean known) throws IOException {
        json.writeStartObject();
        fields(json, item);
        json.writeBooleanField("known", known);
        json.writeEndObject();
    }

    static Memorized read(JsonNode node) {
        List<String> tags = new ArrayList<>();
        node.path("tags").forEach(tag -> tags.add(tag.asText()));
        Map<String, String> metadata = new LinkedHashMap<>();
        node.path("metadata")
                .properties()
                .forEach(each -> metadata.put(each.getKey(), each.getValue().asText()));
        return new Memorized(
                node.path("id").asLong(),
                new Note(
                        node.path("bank").asText(),
                        node.path("text").asText(),
                        tags,
                        metadata,
                        node.path("source").asText()),
                Instant.parse(node.path("created_at").asText()),
                Instant.parse(node.path("told_at").asText()),
                node.hasNonNull("used_at") ? Instant.parse(node.path("used_at").asText()) : null,
                node.path("uses").asLong());
    }

    static Memory.Hit hit(JsonNode node) {
        return new Memory.Hit(read(node), node.path("score").asDouble());
    }
}
