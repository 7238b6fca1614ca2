package hal0.providers.openai;

import com.fasterxml.jackson.core.JsonGenerator;
import hal0.providers.dialect.ExtraFields;
import hal0.providers.dialect.Json;
import hal0.providers.message.Options;
import hal0.providers.message.OutputFormat;
import hal0.providers.message.Reasoning;
import java.io.IOException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Writes how a model should answer, in the words that its vendor takes.
///
/// **Source** ChatCompletionCreateParamsBase in resources/chat/completions/completions.d.ts of
/// openai 6.49.0 at npm; `reasoning`: api/reference/overview.mdx in OpenRouterTeam/docs; read
/// 2026-11-21.
record OptionsWriter(Vendor vendor, String modelId) {

    void write(JsonGenerator json, Options options, ExtraFields extra) throws IOException {
        GptModel gpt = vendor == Vendor.OPENAI ? GptModel.find(modelId) : null;
        number(json, vendor.limit(), options.maxTokens());
        if (gpt == null || !gpt.reasons()) {
            // The reasoning models refuse all of them.
            sampling(json, options);
        }
        if (!vendor.strict()) {
            number(json, "top_k", options.topK());
        }
        number(json, "seed", options.seed());
        reasoning(json, options.reasoning(), gpt, extra);
        if (options.format() != null && !extra.has("response_format")) {
            format(json, options.format());
        }
        if (options.user() != null) {
            json.writeStringField("user", options.user());
        }
    }

    private static void sampling(JsonGenerator json, Options options) throws IOException {
        number(json, "temperature", options.temperature());
        number(json, "top_p", options.topP());
        number(json, "presence_penalty", options.presencePenalty());
        number(json, "frequency_penalty", options.frequencyPenalty());
        if (!options.stop().isEmpty()) {
            json.writeArrayFieldStart("stop");
            for (String stop : options.stop()) {
                json.writeString(stop);
            }
            json.writeEndArray();
        }
    }

    private static void number(JsonGenerator json, String name, @Nullable Number value)
            throws IOException {
        switch (value) {
            case null -> {}
            case Integer whole -> json.writeNumberField(name, whole);
            case Long whole -> json.writeNumberField(name, whole);
            default -> json.writeNumberField(name, value.doubleValue());
        }
    }

    private void reasoning(
            JsonGenerator json,
            @Nullable Reasoning reasoning,
            @Nullable GptModel gpt,
            ExtraFields extra)
            throws IOException {
        if (vendor == Vendor.OPENROUTER) {
            router(json, reasoning, extra);
            return;
        }
        if (reasoning == null) {
            return;
        }
        Reasoning.Effort effort = gpt == null ? reasoning.effort() : gpt.effort(reasoning);
        if (effort != null) {
            json.writeStringField("reasoning_effort", word(effort));
        }
    }

    private static String word(Reasoning.Effort effort) {
        return effort.name().toLowerCase(Locale.ROOT);
    }

    /// OpenRouter takes a budget or an effort, not both.
    private static void router(JsonGenerator json, @Nullable Reasoning reasoning, ExtraFields extra)
            throws IOException {
        if (reasoning == null && !extra.hasIn("reasoning")) {
            return;
        }
        json.writeObjectFieldStart("reasoning");
        if (reasoning != null) {
            if (reasoning.isOff()) {
                json.writeStringField("effort", "none");
            } else if (reasoning.budgetTokens() != null) {
                json.writeNumberField("max_tokens", reasoning.budgetTokens());
            } else if (reasoning.effort() != null) {
                json.writeStringField("effort", word(reasoning.effort()));
            } else {
                json.writeBooleanField("enabled", true);
            }
            if (reasoning.shown() != null) {
                json.writeBooleanField("exclude", !reasoning.shown());
            }
        }
        extra.writeIn(json, "reasoning");
        json.writeEndObject();
    }

    private static void format(JsonGenerator json, OutputFormat format) throws IOException {
        json.writeObjectFieldStart("response_format");
        switch (format) {
            case OutputFormat.JsonObject _ -> json.writeStringField("type", "json_object");
            case OutputFormat.JsonSchema(var name, var description, var schema, var strict) -> {
                json.writeStringField("type", "json_schema");
                json.writeObjectFieldStart("json_schema");
                json.writeStringField("name", name);
                if (description != null) {
                    json.writeStringField("description", description);
                }
                json.writeFieldName("schema");
                Json.writeRaw(json, schema);
                if (strict != null) {
                    json.writeBooleanField("strict", strict);
                }
                json.writeEndObject();
            }
        }
        json.writeEndObject();
    }
}
