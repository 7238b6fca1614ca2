package hal0.providers.listing;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import hal0.providers.ModelInfo;
import hal0.providers.dialect.Json;
import hal0.providers.price.Price;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Reads the lists of models that providers give.
///
/// **Shape** `{"data":[{id,…}]}` (OpenAI, Anthropic and most), a bare array (Together),
/// `{"models":[{name,…}]}` (Gemini); unknown fields are skipped, entries without an id too.
/// **Source** OpenRouter (context_length, pricing per token, supported_parameters):
/// openrouter.ai/docs/models, read 2026-11-21. Gemini (inputTokenLimit, thinking,
/// supportedGenerationMethods): ai.google.dev/api/models, read 2026-11-21. For the others no page
/// was opened, their fields are as servers were known to send them: Together (pricing per million),
/// Groq (context_window), vLLM (max_model_len), Mistral (max_context_length, capabilities),
/// Anthropic (display_name).
public final class ModelListParser {
    private static final BigDecimal MILLION = BigDecimal.valueOf(1_000_000);

    private final List<ModelInfo> models = new ArrayList<>();
    private boolean listSeen;
    private boolean hal0;

    // Of the entry being read.
    private @Nullable String id;
    private @Nullable String display;
    private @Nullable Long context;
    private @Nullable Long output;
    private @Nullable Boolean thinking;
    private @Nullable Boolean tools;
    private @Nullable Boolean images;
    private @Nullable Boolean documents;
    private @Nullable Boolean structured;
    private boolean answers;
    private Price price = Price.UNKNOWN;

    /// Empty when the body is not a list of models.
    public static Optional<Listing.Listed> parse(byte[] body) {
        ModelListParser parser = new ModelListParser();
        try (JsonParser p = Json.parser(body, 0, body.length)) {
            JsonToken first = p.nextToken();
            if (first == JsonToken.START_ARRAY) {
                parser.entries(p);
            } else if (first == JsonToken.START_OBJECT) {
                parser.envelope(p);
            }
        } catch (IOException e) {
            // Half a list is none: it would hide models without a word.
            return Optional.empty();
        }
        return parser.listSeen
                ? Optional.of(new Listing.Listed(parser.models, parser.hal0))
                : Optional.empty();
    }

    private void envelope(JsonParser p) throws IOException {
        while (p.nextToken() == JsonToken.FIELD_NAME) {
            String name = p.currentName();
            JsonToken value = p.nextToken();
            boolean list = name.equals("data") || name.equals("models");
            if (list && value == JsonToken.START_ARRAY && !listSeen) {
                entries(p);
            } else if (name.equals("data") && value == JsonToken.VALUE_NULL) {
                // Ollama without models.
                listSeen = true;
            } else {
                p.skipChildren();
            }
        }
    }

    private void entries(JsonParser p) throws IOException {
        listSeen = true;
        while (p.nextToken() == JsonToken.START_OBJECT) {
            entry(p);
        }
    }

    private void entry(JsonParser p) throws IOException {
        id = null;
        display = null;
        context = null;
        output = null;
        thinking = null;
        tools = null;
        images = null;
        documents = null;
        structured = null;
        answers = true;
        price = Price.UNKNOWN;
        while (p.nextToken() == JsonToken.FIELD_NAME) {
            String name = p.currentName();
            p.nextToken();
            field(name, p);
        }
        if (id != null && !id.isBlank() && answers) {
            models.add(
                    new ModelInfo(
                            id,
                            display,
                            context,
                            output,
                            thinking,
                            tools,
                            images,
                            null,
                            price,
                            documents,
                            structured));
        }
    }

    private void field(String name, JsonParser p) throws IOException {
        switch (name) {
            case "id" -> id = Json.text(p);
            case "name" -> name(Json.text(p));
            case "display_name", "displayName" -> display = Json.text(p);
            case "context_length",
                    "context_window",
                    "max_model_len",
                    "max_context_length",
                    "max_input_tokens",
                    "inputTokenLimit" ->
                    context = count(p, context);
            case "max_output_tokens", "max_completion_tokens", "max_tokens", "outputTokenLimit" ->
                    output = count(p, output);
            case "thinking" -> thinking = flag(p, thinking);
            case "supportedGenerationMethods" -> methods(p);
            case "pricing" -> pricing(p);
            case "top_provider", "capabilities", "architecture" -> nested(p);
            case "supported_parameters" -> parameters(p);
            case "_hal0" -> {
                hal0 = true;
                p.skipChildren();
            }
            default -> p.skipChildren();
        }
    }

    /// Gemini's id is its name with a prefix; elsewhere a name is for people.
    private void name(@Nullable String name) {
        if (name == null) {
            return;
        }
        if (name.startsWith("models/")) {
            id = name.substring("models/".length());
        } else {
            display = name;
        }
    }

    /// Gemini lists what embeds or paints too, under the methods of its own.
    private void methods(JsonParser p) throws IOException {
        if (p.currentToken() == JsonToken.START_ARRAY) {
            answers = words(p).contains("generateContent");
        } else {
            p.skipChildren();
        }
    }

    private static @Nullable Long count(JsonParser p, @Nullable Long before) throws IOException {
        long number = Json.number(p);
        return number > 0 ? Long.valueOf(number) : before;
    }

    private void nested(JsonParser p) throws IOException {
        if (p.currentToken() != JsonToken.START_OBJECT) {
            p.skipChildren();
            return;
        }
        while (p.nextToken() == JsonToken.FIELD_NAME) {
            String name = p.currentName();
            JsonToken value = p.nextToken();
            switch (name) {
                case "max_completion_tokens" -> output = count(p, output);
                case "vision" -> images = flag(p, images);
                case "function_calling" -> tools = flag(p, tools);
                case "reasoning" -> thinking = flag(p, thinking);
                case "input_modalities" -> modalities(value, p);
                default -> p.skipChildren();
            }
        }
    }

    private void modalities(JsonToken value, JsonParser p) throws IOException {
        if (value != JsonToken.START_ARRAY) {
            p.skipChildren();
            return;
        }
        List<String> words = words(p);
        images = words.contains("image");
        // Not every list knows of documents: that none are named says nothing.
        boolean named = words.contains("file") || words.contains("pdf");
        documents = named ? Boolean.TRUE : null;
    }

    private static @Nullable Boolean flag(JsonParser p, @Nullable Boolean before)
            throws IOException {
        if (p.currentToken() != null && p.currentToken().isBoolean()) {
            return p.getBooleanValue();
        }
        p.skipChildren();
        return before;
    }

    private static List<String> words(JsonParser p) throws IOException {
        List<String> words = new ArrayList<>();
        while (p.nextToken() != JsonToken.END_ARRAY && p.currentToken() != null) {
            String word = Json.text(p);
            if (word != null) {
                words.add(word);
            }
        }
        return words;
    }

    private void parameters(JsonParser p) throws IOException {
        if (p.currentToken() != JsonToken.START_ARRAY) {
            p.skipChildren();
            return;
        }
        List<String> words = words(p);
        tools = words.contains("tools");
        thinking = words.contains("reasoning");
        structured = words.contains("structured_outputs");
    }

    private void pricing(JsonParser p) throws IOException {
        if (p.currentToken() != JsonToken.START_OBJECT) {
            p.skipChildren();
            return;
        }
        BigDecimal in = null;
        BigDecimal out = null;
        BigDecimal cached = null;
        BigDecimal write = null;
        BigDecimal fee = null;
        while (p.nextToken() == JsonToken.FIELD_NAME) {
            String name = p.currentName();
            p.nextToken();
            switch (name) {
                case "prompt" -> in = perToken(p);
                case "completion" -> out = perToken(p);
                case "input_cache_read" -> cached = perToken(p);
                case "input_cache_write" -> write = perToken(p);
                case "request" -> fee = Json.decimal(p);
                case "input" -> in = Price.amount(Json.decimal(p));
                case "output" -> out = Price.amount(Json.decimal(p));
                case "cached_input" -> cached = Price.amount(Json.decimal(p));
                default -> p.skipChildren();
            }
        }
        // With a fee for each request the tokens alone do not tell what it costs.
        boolean byTokens = fee == null || fee.signum() == 0;
        price = byTokens ? new Price(in, out, cached, write, null) : Price.UNKNOWN;
    }

    /// A negative price means that it depends on where the call is routed.
    private static @Nullable BigDecimal perToken(JsonParser p) throws IOException {
        BigDecimal usd = Price.amount(Json.decimal(p));
        return usd == null ? null : usd.multiply(MILLION).stripTrailingZeros();
    }
}
