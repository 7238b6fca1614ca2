package hal0.providers.gemini;

import com.fasterxml.jackson.core.JsonGenerator;
import hal0.providers.dialect.Json;
import hal0.providers.message.Options;
import hal0.providers.message.OutputFormat;
import hal0.providers.message.Reasoning;
import java.io.IOException;
import java.util.HashSet;
import java.util.Set;

/// Writes `generationConfig`.
///
/// **Shape** a seed of more bits than the protocol's 32 is folded into them. Where a model knows
/// levels of thinking, an effort is one, else the budget that Google gives for it; never both,
/// which is refused. **Source** types.GenerationConfig and types.ThinkingConfig in @google/genai
/// 2.32.0; budgets and levels: ai.google.dev/gemini-api/docs/openai,
/// docs.cloud.google.com/vertex-ai/generative-ai/docs/thinking,
/// hexdocs.pm/gemini_ex/0.11.0/Gemini.Validation.ThinkingConfig.md; read 2026-11-21.
final class ConfigWriter {
    static final String PATH = "generationConfig";
    static final String THINKING_PATH = PATH + ".thinkingConfig";

    private final JsonGenerator json;
    private final String model;
    private final ExtraFields extra;

    ConfigWriter(JsonGenerator json, String modelId, ExtraFields extra) {
        this.json = json;
        this.model = GenerateContent.bare(modelId);
        this.extra = extra;
    }

    /// `thinks`: the model is known to, so that its thoughts may be asked for.
    void write(Options options, boolean thinks) throws IOException {
        boolean any =
                thinks
                        || extra.under(PATH)
                        || !options.stop().isEmpty()
                        || options.format() != null
                        || options.reasoning() != null
                        || hasNumbers(options);
        if (!any) {
            return;
        }
        json.writeObjectFieldStart(PATH);
        numbers(options);
        if (!options.stop().isEmpty()) {
            json.writeArrayFieldStart("stopSequences");
            for (String stop : options.stop()) {
                json.writeString(stop);
            }
            json.writeEndArray();
        }
        Set<String> taken = format(options);
        thinking(
                options.reasoning() == null ? new Reasoning(null, null, null) : options.reasoning(),
                thinks);
        extra.write(json, PATH, taken);
        json.writeEndObject();
    }

    private static boolean hasNumbers(Options options) {
        return options.maxTokens() != null
                || options.temperature() != null
                || options.topP() != null
                || options.topK() != null
                || options.presencePenalty() != null
                || options.frequencyPenalty() != null
                || options.seed() != null;
    }

    private void numbers(Options options) throws IOException {
        if (options.maxTokens() != null) {
            json.writeNumberField("maxOutputTokens", options.maxTokens());
        }
        if (options.temperature() != null) {
            json.writeNumberField("temperature", options.temperature());
        }
        if (options.topP() != null) {
            json.writeNumberField("topP", options.topP());
        }
        if (options.topK() != null) {
            json.writeNumberField("topK", options.topK());
        }
        if (options.presencePenalty() != null) {
            json.writeNumberField("presencePenalty", options.presencePenalty());
        }
        if (options.frequencyPenalty() != null) {
            json.writeNumberField("frequencyPenalty", options.frequencyPenalty());
        }
        Long seed = options.seed();
        if (seed != null) {
            json.writeNumberField(
                    "seed", seed == seed.intValue() ? seed.intValue() : seed.hashCode());
        }
    }

    private Set<String> format(Options options) throws IOException {
        Set<String> taken = new HashSet<>();
        switch (options.format()) {
            case null -> {}
            case OutputFormat.JsonObject _ -> {
                json.writeStringField("responseMimeType", "application/json");
                taken.add("responseMimeType");
            }
            case OutputFormat.JsonSchema(_, _, var schema, _) -> {
                json.writeStringField("responseMimeType", "application/json");
                json.writeFieldName("responseJsonSchema");
                Json.writeRaw(json, schema);
                taken.add("responseMimeType");
                taken.add("responseSchema");
            }
        }
        return taken;
    }

    private void thinking(Reasoning reasoning, boolean thinks) throws IOException {
        // Thoughts are not shown unless asked for; a model without any refuses the question.
        boolean byDefault = thinks && reasoning.shown() == null;
        Boolean shown = byDefault ? Boolean.TRUE : reasoning.shown();
        boolean measured = reasoning.budgetTokens() != null || reasoning.effort() != null;
        if (shown == null && !measured && !extra.under(THINKING_PATH)) {
            return;
        }
        json.writeObjectFieldStart("thinkingConfig");
        if (shown != null) {
            json.writeBooleanField("includeThoughts", shown);
        }
        if (reasoning.budgetTokens() != null) {
            json.writeNumberField("thinkingBudget", reasoning.budgetTokens());
        } else if (reasoning.effort() != null) {
            effort(reasoning.effort());
        }
        extra.write(
                json,
                THINKING_PATH,
                measured ? Set.of("thinkingBudget", "thinkingLevel") : Set.of());
        json.writeEndObject();
    }

    private void effort(Reasoning.Effort effort) throws IOException {
        switch (ModelFamily.of(model)) {
            case EARLIER -> json.writeNumberField("thinkingBudget", budget(effort));
            case GEMINI -> json.writeStringField("thinkingLevel", level(effort));
            case OTHER -> {
                if (effort == Reasoning.Effort.NONE) {
                    json.writeNumberField("thinkingBudget", 0);
                } else {
                    json.writeStringField("thinkingLevel", level(effort));
                }
            }
        }
    }

    /// The Pro models cannot do without thinking, nor with less than their least.
    private int budget(Reasoning.Effort effort) {
        boolean pro = isPro();
        return switch (effort) {
            case NONE -> pro ? 128 : 0;
            case MINIMAL -> pro ? 128 : 512;
            case LOW -> 1024;
            case MEDIUM -> 8192;
            case HIGH, XHIGH, MAX -> 24576;
        };
    }

    private String level(Reasoning.Effort effort) {
        return switch (effort) {
            case NONE, MINIMAL -> isPro() ? "LOW" : "MINIMAL";
            case LOW -> "LOW";
            // The first of them knew the ends only.
            case MEDIUM -> model.startsWith("gemini-3-pro") ? "HIGH" : "MEDIUM";
            case HIGH, XHIGH, MAX -> "HIGH";
        };
    }

    private boolean isPro() {
        return model.startsWith("gemini-") && model.contains("-pro");
    }
}
