package hal0.providers.gemini;

import hal0.providers.dialect.Features;
import hal0.providers.dialect.InvalidRequestException;
import hal0.providers.message.Options;
import hal0.providers.message.OutputFormat;
import hal0.providers.message.Reasoning;
import java.io.IOException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Reads `generationConfig`.
final class ConfigReader {
    private static final String JSON_TYPE = "application/json";

    private final RequestFields fields;
    private final Options.Builder options = Options.builder();
    private @Nullable String mediaType;
    private @Nullable String schema;
    private @Nullable String openApiSchema;
    private @Nullable Integer budget;
    private Reasoning.@Nullable Effort effort;
    private @Nullable Boolean shown;

    ConfigReader(RequestFields fields) {
        this.fields = fields;
    }

    void read(String place) throws IOException, InvalidRequestException {
        fields.object(place, this::field);
    }

    private void field(String name, String place) throws IOException, InvalidRequestException {
        switch (name) {
            case "maxOutputTokens" -> options.maxTokens(fields.integer(place));
            case "temperature" -> options.temperature(fields.number(place));
            case "topP" -> options.topP(fields.number(place));
            case "topK" -> options.topK(fields.integer(place));
            case "presencePenalty" -> options.presencePenalty(fields.number(place));
            case "frequencyPenalty" -> options.frequencyPenalty(fields.number(place));
            case "seed" -> options.seed((long) fields.integer(place));
            case "stopSequences" -> options.stop(fields.texts(place));
            case "candidateCount" -> candidates(place);
            case "responseMimeType" -> mediaType = fields.text(place);
            // The SDKs once sent it under the second name.
            case "responseJsonSchema", "ResponseJsonSchema" -> schema = fields.rawObject(place);
            case "responseSchema" -> openApiSchema = fields.rawObject(place);
            case "thinkingConfig" -> fields.object(place, this::thinking);
            default -> fields.keep(ConfigWriter.PATH + '.' + name);
        }
    }

    private void candidates(String place) throws IOException, InvalidRequestException {
        int count = fields.integer(place);
        if (count > 1) {
            throw new InvalidRequestException(
                    place, place + " must be 1: one request gets one answer");
        }
    }

    private void thinking(String name, String place) throws IOException, InvalidRequestException {
        switch (name) {
            case "includeThoughts" -> shown = fields.flag(place);
            case "thinkingBudget" -> {
                int tokens = fields.integer(place);
                if (tokens < 0) {
                    // As much as the model likes is what no other protocol has a number for.
                    fields.keep(ConfigWriter.THINKING_PATH + '.' + name, String.valueOf(tokens));
                } else if (tokens == 0) {
                    effort = Reasoning.Effort.NONE;
                } else {
                    budget = tokens;
                }
            }
            case "thinkingLevel" -> level(place);
            default -> fields.keep(ConfigWriter.THINKING_PATH + '.' + name);
        }
    }

    private void level(String place) throws IOException, InvalidRequestException {
        String level = fields.text(place);
        effort =
                switch (level.toUpperCase(Locale.ROOT)) {
                    case "MINIMAL" -> Reasoning.Effort.MINIMAL;
                    case "LOW" -> Reasoning.Effort.LOW;
                    case "MEDIUM" -> Reasoning.Effort.MEDIUM;
                    case "HIGH" -> Reasoning.Effort.HIGH;
                    case "THINKING_LEVEL_UNSPECIFIED" -> null;
                    default -> throw fields.expected(place, "one of MINIMAL, LOW, MEDIUM and HIGH");
                };
    }

    /// What was read, for a builder that has nothing of it yet.
    void into(Options.Builder to) throws InvalidRequestException {
        Options read = options.build();
        to.maxTokens(read.maxTokens())
                .temperature(read.temperature())
                .topP(read.topP())
                .topK(read.topK())
                .presencePenalty(read.presencePenalty())
                .frequencyPenalty(read.frequencyPenalty())
                .seed(read.seed())
                .stop(read.stop())
                .format(format());
        if (budget != null || effort != null || shown != null) {
            to.reasoning(new Reasoning(budget == null ? effort : null, budget, shown));
        }
    }

    private @Nullable OutputFormat format() throws InvalidRequestException {
        boolean json = mediaType == null || mediaType.equals(JSON_TYPE);
        if (json && schema != null) {
            return named(schema);
        }
        if (json && openApiSchema != null) {
            return named(OpenApiSchema.toJsonSchema(openApiSchema));
        }
        if (JSON_TYPE.equals(mediaType)) {
            return new OutputFormat.JsonObject();
        }
        keepForms();
        return null;
    }

    private static OutputFormat named(String schema) {
        return new OutputFormat.JsonSchema(Features.SCHEMA_NAME, null, schema, null);
    }

    /// Forms other than JSON, such as one word of a list.
    private void keepForms() {
        if (mediaType == null || mediaType.equals("text/plain")) {
            return;
        }
        fields.keep(ConfigWriter.PATH + ".responseMimeType", OpenApiSchema.quoted(mediaType));
        if (openApiSchema != null) {
            fields.keep(ConfigWriter.PATH + ".responseSchema", openApiSchema);
        }
        if (schema != null) {
            fields.keep(ConfigWriter.PATH + ".responseJsonSchema", schema);
        }
    }
}
