package hal0.relay.route;

import com.fasterxml.jackson.core.JsonGenerator;
import hal0.providers.ModelInfo;
import hal0.relay.dispatch.Advertised;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Lists of models as each protocol writes them.
///
/// **Source** OpenAI: platform.openai.com/docs/api-reference/models; Anthropic:
/// platform.claude.com/docs/en/api/models-list; Gemini: ai.google.dev/api/models; all read
/// 2026-11-21.
final class ModelShapes {
    private ModelShapes() {}

    static void openAiList(JsonGenerator json, Map<String, Advertised> named) throws IOException {
        json.writeStartObject();
        json.writeStringField("object", "list");
        json.writeArrayFieldStart("data");
        for (Map.Entry<String, Advertised> entry : named.entrySet()) {
            openAi(json, entry.getKey(), entry.getValue());
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    static void openAi(JsonGenerator json, String id, Advertised model) throws IOException {
        ModelInfo info = model.choice().info();
        json.writeStartObject();
        json.writeStringField("id", id);
        json.writeStringField("object", "model");
        // Nobody tells when a model was made; OpenAI's clients want a number.
        json.writeNumberField("created", 0);
        json.writeStringField("owned_by", model.choice().provider());
        if (info.contextWindow() != null) {
            json.writeNumberField("context_length", info.contextWindow());
        }
        json.writeObjectFieldStart("_hal0");
        json.writeStringField("provider", model.choice().provider());
        json.writeStringField("model", info.id());
        optional(json, "slot", model.slot());
        optional(json, "route", model.route());
        optional(json, "alias", model.alias());
        json.writeBooleanField("local", model.choice().local());
        json.writeBooleanField("listed", model.choice().listed());
        if (info.price().input() != null || info.price().output() != null) {
            json.writeObjectFieldStart("price");
            price(json, "input_per_1m", info.price().input());
            price(json, "output_per_1m", info.price().output());
            json.writeEndObject();
        }
        json.writeEndObject();
        json.writeEndObject();
    }

    private static void optional(JsonGenerator json, String name, @Nullable String value)
            throws IOException {
        if (value != null) {
            json.writeStringField(name, value);
        }
    }

    private static void price(JsonGenerator json, String name, @Nullable BigDecimal usd)
            throws IOException {
        if (usd != null) {
            json.writeNumberField(name, usd);
        }
    }

    static void anthropicList(JsonGenerator json, ModelPage page, Map<String, Advertised> named)
            throws IOException {
        List<String> ids = page.ids();
        json.writeStartObject();
        json.writeArrayFieldStart("data");
        for (String id : ids) {
            anthropic(json, id, known(named, id));
        }
        json.writeEndArray();
        json.writeBooleanField("has_more", page.more());
        json.writeStringField("first_id", ids.isEmpty() ? null : ids.getFirst());
        json.writeStringField("last_id", ids.isEmpty() ? null : ids.getLast());
        json.writeEndObject();
    }

    static void anthropic(JsonGenerator json, String id, Advertised model) throws IOException {
        ModelInfo info = model.choice().info();
        json.writeStartObject();
        json.writeStringField("type", "model");
        json.writeStringField("id", id);
        json.writeStringField("display_name", displayed(id, info));
        json.writeStringField("created_at", "1970-01-01T00:00:00Z");
        limit(json, "max_input_tokens", info.contextWindow());
        limit(json, "max_tokens", info.maxOutputTokens());
        json.writeEndObject();
    }

    /// What comes next is named by the last one of this page.
    static void geminiList(JsonGenerator json, ModelPage page, Map<String, Advertised> named)
            throws IOException {
        json.writeStartObject();
        json.writeArrayFieldStart("models");
        for (String id : page.ids()) {
            gemini(json, id, known(named, id));
        }
        json.writeEndArray();
        if (page.more()) {
            json.writeStringField("nextPageToken", page.ids().getLast());
        }
        json.writeEndObject();
    }

    static void gemini(JsonGenerator json, String id, Advertised model) throws IOException {
        ModelInfo info = model.choice().info();
        json.writeStartObject();
        json.writeStringField("name", "models/" + id);
        json.writeStringField("baseModelId", id);
        json.writeStringField("displayName", displayed(id, info));
        limit(json, "inputTokenLimit", info.contextWindow());
        limit(json, "outputTokenLimit", info.maxOutputTokens());
        json.writeArrayFieldStart("supportedGenerationMethods");
        json.writeString("generateContent");
        json.writeString("countTokens");
        json.writeEndArray();
        if (info.thinking() != null) {
            json.writeBooleanField("thinking", info.thinking());
        }
        json.writeEndObject();
    }

    private static String displayed(String id, ModelInfo info) {
        return info.displayName() == null ? id : info.displayName();
    }

    private static void limit(JsonGenerator json, String name, @Nullable Long tokens)
            throws IOException {
        if (tokens != null) {
            json.writeNumberField(name, tokens);
        }
    }

    private static Advertised known(Map<String, Advertised> named, String id) {
        Advertised model = named.get(id);
        if (model == null) {
            throw new IllegalArgumentException("a page of another list");
        }
        return model;
    }
}
