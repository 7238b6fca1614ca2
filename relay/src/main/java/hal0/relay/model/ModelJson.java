package hal0.relay.model;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import hal0.relay.model.ModelEntry.Facts;
import hal0.relay.model.ModelEntry.State;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Models as JSON, both ways: what `/api/models` answers and what the owner's other processes read.
///
/// **Shape** what is not known is `null`, numbers too.
public final class ModelJson {
    private ModelJson() {}

    public static void write(JsonGenerator json, ModelEntry entry) throws IOException {
        json.writeStartObject();
        json.writeStringField("id", entry.id());
        json.writeStringField("state", entry.state().word());
        json.writeStringField("path", entry.path());
        json.writeStringField("ref", entry.ref());
        json.writeStringField("upstream", entry.upstream());
        json.writeStringField("sha256", entry.sha256());
        number(json, "size_bytes", entry.sizeBytes());
        number(json, "context_length", entry.contextLength());
        texts(json, "capabilities", entry.capabilities());
        json.writeStringField("profile", entry.profile());
        texts(json, "slots", entry.slots());
        json.writeFieldName("file");
        facts(json, entry.facts());
        json.writeStringField("message", entry.message());
        json.writeEndObject();
    }

    private static void facts(JsonGenerator json, @Nullable Facts facts) throws IOException {
        if (facts == null) {
            json.writeNull();
            return;
        }
        json.writeStartObject();
        json.writeStringField("architecture", facts.architecture());
        json.writeStringField("name", facts.name());
        json.writeStringField("quantization", facts.quantization());
        json.writeNumberField("parameters", facts.parameters());
        json.writeNumberField("layers", facts.layers());
        json.writeNumberField("heads", facts.heads());
        json.writeNumberField("kv_heads", facts.keyHeads());
        json.writeNumberField("embedding_length", facts.embeddingLength());
        json.writeNumberField("files", facts.files());
        json.writeObjectFieldStart("memory");
        json.writeNumberField("context_size", facts.contextSize());
        json.writeNumberField("gpu_mb", facts.gpuMb());
        json.writeNumberField("gpu_host_mb", facts.gpuHostMb());
        json.writeNumberField("cpu_mb", facts.cpuMb());
        json.writeEndObject();
        json.writeEndObject();
    }

    static ModelEntry entry(JsonNode json) {
        return new ModelEntry(
                json.path("id").asText(),
                State.valueOf(json.path("state").asText().toUpperCase(Locale.ROOT)),
                text(json, "path"),
                text(json, "ref"),
                text(json, "upstream"),
                text(json, "sha256"),
                json.path("size_bytes").asLong(),
                json.path("context_length").asLong(),
                texts(json.path("capabilities")),
                text(json, "profile"),
                texts(json.path("slots")),
                json.path("file").isObject() ? facts(json.path("file")) : null,
                json.path("message").asText());
    }

    private static Facts facts(JsonNode file) {
        JsonNode memory = file.path("memory");
        return new Facts(
                text(file, "architecture"),
                text(file, "name"),
                text(file, "quantization"),
                file.path("parameters").asLong(),
                file.path("layers").asInt(),
                file.path("heads").asLong(),
                file.path("kv_heads").asLong(),
                file.path("embedding_length").asLong(),
                file.path("files").asInt(),
                memory.path("context_size").asLong(),
                memory.path("gpu_mb").asLong(),
                memory.path("gpu_host_mb").asLong(),
                memory.path("cpu_mb").asLong());
    }

    /// A model to be registered.
    static void write(JsonGenerator json, NewModel model) throws IOException {
        json.writeStartObject();
        json.writeStringField("id", model.id());
        present(json, "path", model.path());
        present(json, "ref", model.ref());
        present(json, "upstream", model.upstream());
        if (model.contextLength() > 0) {
            json.writeNumberField("context_length", model.contextLength());
        }
        if (!model.capabilities().isEmpty()) {
            texts(json, "capabilities", model.capabilities());
        }
        present(json, "profile", model.profile());
        json.writeEndObject();
    }

    static void present(JsonGenerator json, String name, @Nullable String value)
            throws IOException {
        if (value != null) {
            json.writeStringField(name, value);
        }
    }

    private static void number(JsonGenerator json, String name, long value) throws IOException {
        if (value == 0) {
            json.writeNullField(name);
        } else {
            json.writeNumberField(name, value);
        }
    }

    private static void texts(JsonGenerator json, String name, List<String> texts)
            throws IOException {
        json.writeArrayFieldStart(name);
        for (String text : texts) {
            json.writeString(text);
        }
        json.writeEndArray();
    }

    private static List<String> texts(JsonNode list) {
        List<String> texts = new ArrayList<>();
        list.forEach(item -> texts.add(item.asText()));
        return texts;
    }

    static @Nullable String text(JsonNode json, String name) {
        return json.hasNonNull(name) ? json.path(name).asText() : null;
    }
}
