package hal0.home.memory;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Notes as lines of JSON, for export and import.
///
/// **Shape** one object a line; only `text` must be there, and unknown keys are left out, so that
/// lists of other programs can be read too. Ids are a home's own and are not carried over.
final class MemoryLines {
    private static final JsonFactory JSON = new JsonFactory();

    private MemoryLines() {}

    static String line(Memorized item) {
        Note note = item.note();
        return written(out -> {
            out.writeStartObject();
            out.writeStringField("bank", note.bank());
            out.writeStringField("text", note.text());
            out.writeArrayFieldStart("tags");
            for (String tag : note.tags()) {
                out.writeString(tag);
            }
            out.writeEndArray();
            out.writeFieldName("metadata");
            texts(out, note.metadata());
            out.writeStringField("source", note.source());
            out.writeStringField("created_at", item.createdAt().toString());
            out.writeStringField("told_at", item.toldAt().toString());
            Instant usedAt = item.usedAt();
            if (usedAt != null) {
                out.writeStringField("used_at", usedAt.toString());
            }
            out.writeNumberField("uses", item.uses());
            out.writeEndObject();
        });
    }

    /// A map of texts as a JSON object.
    static String object(Map<String, String> texts) {
        return written(out -> texts(out, texts));
    }

    private static void texts(JsonGenerator out, Map<String, String> texts) throws IOException {
        out.writeStartObject();
        for (Map.Entry<String, String> each : new TreeMap<>(texts).entrySet()) {
            out.writeStringField(each.getKey(), each.getValue());
        }
        out.writeEndObject();
    }

    @FunctionalInterface
    private interface Writing {
        void to(JsonGenerator out) throws IOException;
    }

    private static String written(Writing writing) {
        StringWriter text = new StringWriter();
        try (JsonGenerator out = JSON.createGenerator(text)) {
            writing.to(out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    /// A JSON object as texts; values of other types as they are written.
    static Map<String, String> texts(String object) {
        try (JsonParser in = JSON.createParser(object)) {
            in.nextToken();
            return texts(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Map<String, String> texts(JsonParser in) throws IOException {
        Map<String, String> texts = new LinkedHashMap<>();
        require(in.currentToken() == JsonToken.START_OBJECT, "metadata must be an object of texts");
        while (in.nextToken() != JsonToken.END_OBJECT) {
            String key = in.currentName();
            JsonToken value = in.nextToken();
            require(value.isScalarValue(), "metadata must be an object of texts");
            texts.put(key, in.getText());
        }
        return texts;
    }

    /// What a line says. `now` stands for times that it does not tell, `bank` for its bank.
    ///
    /// **Errors** [IllegalArgumentException] saying what is wrong with it.
    static Memorized parse(String line, String bank, Instant now) {
        Draft draft = new Draft(bank, now);
        try (JsonParser in = JSON.createParser(line)) {
            require(in.nextToken() == JsonToken.START_OBJECT, "it is not a JSON object");
            while (in.nextToken() == JsonToken.FIELD_NAME) {
                String key = in.currentName();
                in.nextToken();
                draft.take(key, in);
            }
            return draft.item();
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("it is not JSON: " + e.getOriginalMessage(), e);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException(
                    "a time is written as 2026-01-31T12:00:00Z: " + e.getMessage(), e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalArgumentException(otherwise);
        }
    }

    private static final class Draft {
        private final Instant now;
        private String bank;
        private @Nullable String text;
        private final List<String> tags = new ArrayList<>();
        private Map<String, String> metadata = Map.of();
        private String source = "";
        private @Nullable Instant createdAt;
        private @Nullable Instant toldAt;
        private @Nullable Instant usedAt;
        private long uses;

        Draft(String bank, Instant now) {
            this.bank = bank;
            this.now = now;
        }

        void take(String key, JsonParser in) throws IOException {
            if (in.currentToken() == JsonToken.VALUE_NULL) {
                return;
            }
            switch (key) {
                case "bank" -> bank = text(key, in);
                case "text" -> text = text(key, in);
                case "tags" -> tags(in);
                case "metadata" -> metadata = texts(in);
                case "source" -> source = text(key, in);
                case "created_at" -> createdAt = Instant.parse(text(key, in));
                case "told_at" -> toldAt = Instant.parse(text(key, in));
                case "used_at" -> usedAt = Instant.parse(text(key, in));
                case "uses" -> {
                    require(in.currentToken() == JsonToken.VALUE_NUMBER_INT, "uses is no number");
                    uses = Math.max(0, in.getLongValue());
                }
                default -> in.skipChildren();
            }
        }

        private static String text(String key, JsonParser in) throws IOException {
            require(in.currentToken() == JsonToken.VALUE_STRING, key + " must be text");
            return in.getText();
        }

        private void tags(JsonParser in) throws IOException {
            require(in.currentToken() == JsonToken.START_ARRAY, "tags must be a list of texts");
            while (in.nextToken() != JsonToken.END_ARRAY) {
                tags.add(text("a tag", in));
            }
        }

        Memorized item() {
            String said = text;
            if (said == null) {
                throw new IllegalArgumentException("it has no text");
            }
            Instant made = createdAt == null ? now : createdAt;
            return new Memorized(
                    0,
                    new Note(bank, said, tags, metadata, source),
                    made,
                    toldAt == null ? made : toldAt,
                    usedAt,
                    uses);
        }
    }
}
