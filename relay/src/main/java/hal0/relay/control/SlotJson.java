package hal0.relay.control;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import hal0.providers.dialect.Json;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Slots as `/api` writes them, and as they are read from there.
public final class SlotJson {
    private SlotJson() {}

    public static void write(JsonGenerator json, SlotInfo slot) throws IOException {
        json.writeStartObject();
        members(json, slot);
        json.writeEndObject();
    }

    /// After a wait, with whether what was waited for is done.
    public static void write(JsonGenerator json, SlotInfo slot, boolean settled)
            throws IOException {
        json.writeStartObject();
        members(json, slot);
        json.writeBooleanField("settled", settled);
        json.writeEndObject();
    }

    private static void members(JsonGenerator json, SlotInfo slot) throws IOException {
        json.writeStringField("name", slot.name());
        json.writeStringField("type", slot.type());
        json.writeStringField("state", slot.state());
        json.writeStringField("model", slot.model());
        json.writeStringField("default_model", slot.defaultModel());
        texts(json, "aliases", slot.aliases());
        json.writeStringField("runtime", slot.runtime());
        json.writeStringField("device", slot.device());
        json.writeFieldName("port");
        Json.writeValue(json, slot.port());
        json.writeStringField("endpoint", slot.endpoint());
        json.writeBooleanField("enabled", slot.enabled());
        json.writeBooleanField("pinned", slot.pinned());
        json.writeNumberField("in_flight", slot.inFlight());
        json.writeNumberField("waiting", slot.waiting());
        json.writeStringField("updated_at", slot.updatedAt().toString());
        json.writeStringField("message", slot.message());
        json.writeFieldName("extra");
        Json.writeValue(json, slot.extra());
    }

    static SlotInfo slot(JsonNode node) {
        List<String> aliases = new ArrayList<>();
        node.path("aliases").forEach(alias -> aliases.add(alias.asText()));
        return new SlotInfo(
                node.path("name").asText(),
                node.path("type").asText(),
                node.path("state").asText(),
                text(node, "model"),
                text(node, "default_model"),
                aliases,
                node.path("runtime").asText(),
                node.path("device").asText(),
                node.hasNonNull("port") ? node.path("port").asInt() : null,
                text(node, "endpoint"),
                node.path("enabled").asBoolean(),
                node.path("pinned").asBoolean(),
                node.path("in_flight").asInt(),
                node.path("waiting").asInt(),
                instant(node.path("updated_at").asText()),
                node.path("message").asText(),
                values(node.path("extra")));
    }

    private static Instant instant(String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeException e) {
            // A relay of another version: the moment is the least of what it tells.
            return Instant.EPOCH;
        }
    }

    /// What an object holds, without its nulls.
    static Map<String, Object> values(JsonNode object) {
        Map<String, Object> values = new LinkedHashMap<>();
        object.properties()
                .forEach(entry -> {
                    Object value = value(entry.getValue());
                    if (value != null) {
                        values.put(entry.getKey(), value);
                    }
                });
        return values;
    }

    private static @Nullable Object value(JsonNode node) {
        if (node.isNull()) {
            return null;
        }
        if (node.isObject()) {
            return values(node);
        }
        if (node.isArray()) {
            List<Object> items = new ArrayList<>();
            node.forEach(item -> {
                Object value = value(item);
                if (value != null) {
                    items.add(value);
                }
            });
            return items;
        }
        if (node.isBoolean()) {
            return node.asBoolean();
        }
        if (node.isIntegralNumber()) {
            return node.asLong();
        }
        return node.isNumber() ? (Object) node.asDouble() : node.asText();
    }

    public static void write(JsonGenerator json, SlotLaunch launch) throws IOException {
        json.writeStartObject();
        json.writeStringField("slot", launch.slot());
        json.writeStringField("runtime", launch.runtime());
        json.writeStringField("image", launch.image());
        json.writeNumberField("port", launch.port());
        json.writeStringField("model", launch.model());
        json.writeArrayFieldStart("argv");
        for (SlotLaunch.Word word : launch.words()) {
            json.writeStartObject();
            json.writeStringField("text", word.text());
            json.writeStringField("source", word.source());
            json.writeStringField("place", word.place());
            json.writeEndObject();
        }
        json.writeEndArray();
        texts(json, "env", launch.variables());
        json.writeStringField("fingerprint", launch.fingerprint());
        json.writeStringField("running_fingerprint", launch.runningFingerprint());
        json.writeBooleanField("differs", launch.differs());
        json.writeEndObject();
    }

    static SlotLaunch launch(JsonNode node) {
        List<SlotLaunch.Word> words = new ArrayList<>();
        node.path("argv")
                .forEach(word ->
                        words.add(
                                new SlotLaunch.Word(
                                        word.path("text").asText(),
                                        word.path("source").asText(),
                                        word.path("place").asText())));
        List<String> variables = new ArrayList<>();
        node.path("env").forEach(name -> variables.add(name.asText()));
        return new SlotLaunch(
                node.path("slot").asText(),
                node.path("runtime").asText(),
                text(node, "image"),
                node.path("port").asInt(),
                text(node, "model"),
                words,
                variables,
                node.path("fingerprint").asText(),
                text(node, "running_fingerprint"));
    }

    public static void write(JsonGenerator json, SlotLine line) throws IOException {
        json.writeStartObject();
        json.writeStringField("at", line.at() == null ? null : line.at().toString());
        json.writeBooleanField("error", line.error());
        json.writeStringField("text", line.text());
        json.writeEndObject();
    }

    static SlotLine line(JsonNode node) {
        String at = text(node, "at");
        return new SlotLine(
                at == null ? null : instant(at),
                node.path("error").asBoolean(),
                node.path("text").asText());
    }

    static void texts(JsonGenerator json, String name, List<String> texts) throws IOException {
        json.writeArrayFieldStart(name);
        for (String text : texts) {
            json.writeString(text);
        }
        json.writeEndArray();
    }

    static @Nullable String text(JsonNode node, String field) {
        return node.hasNonNull(field) ? node.path(field).asText() : null;
    }
}
