package hal0.providers.gemini;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import hal0.providers.Provider;
import hal0.providers.dialect.AnswerDecoder;
import hal0.providers.dialect.AnswerErrors;
import hal0.providers.dialect.AnswerHead;
import hal0.providers.dialect.AnswerWriter;
import hal0.providers.dialect.CountBodies;
import hal0.providers.dialect.Dialect;
import hal0.providers.dialect.EventBody;
import hal0.providers.dialect.Feature;
import hal0.providers.dialect.GrammarDecoder;
import hal0.providers.dialect.InvalidRequestException;
import hal0.providers.dialect.Json;
import hal0.providers.dialect.ReadRequest;
import hal0.providers.dialect.RequestLine;
import hal0.providers.dialect.TokenCounting;
import hal0.providers.dialect.WireError;
import hal0.providers.message.ChatRequest;
import hal0.providers.message.Protocol;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/// The dialect of `POST …/models/MODEL:generateContent` and `:streamGenerateContent`.
///
/// **Shape** a model may be named with its collection in front, `models/` or `tunedModels/`. A base
/// URL that is only a host gets the version that the vendor's SDKs ask for. **Source**
/// ai.google.dev/api/generate-content, ai.google.dev/api/models, googleapis.github.io/js-genai
/// (types); read 2026-11-21; the rest is named where it is used.
public final class GenerateContent implements Dialect, TokenCounting, TokenCounting.Served {
    private static final String MODELS = "models/";
    private static final String TUNED = "tunedModels/";

    /// Holds the whole request where its tokens are asked for.
    static final String COUNTED = "generateContentRequest";

    /// Thoughts without a signature may be anybody's, and help nobody; names of files are Vertex's.
    static final Set<Feature> UNSAID =
            Collections.unmodifiableSet(
                    EnumSet.of(
                            Feature.LATE_SYSTEM_MESSAGE,
                            Feature.PLAIN_THINKING,
                            Feature.REDACTED_THINKING,
                            Feature.DOCUMENT_NAME,
                            Feature.CACHE_MARK,
                            Feature.LONG_CACHE_MARK,
                            Feature.TOOL_STRICT,
                            Feature.PARALLEL_TOOLS,
                            Feature.JSON_SCHEMA_NAME,
                            Feature.JSON_SCHEMA_STRICT,
                            Feature.USER,
                            Feature.FOREIGN));

    /// Numbers come with every event, each time the sum so far.
    private static final List<String> TELLING =
            List.of("\"usageMetadata\"", "\"finishReason\"", "\"promptFeedback\"", "\"error\"");

    @Override
    public Protocol protocol() {
        return Protocol.GEMINI;
    }

    @Override
    public String chatPath(URI baseUrl, String modelId, boolean streamed) {
        // Without alt=sse the stream is one long array.
        String method = streamed ? ":streamGenerateContent?alt=sse" : ":generateContent";
        return modelPath(baseUrl, modelId) + method;
    }

    private static String modelPath(URI baseUrl, String modelId) {
        boolean tuned = modelId.startsWith(TUNED);
        String name = tuned ? modelId.substring(TUNED.length()) : bare(modelId);
        String encoded = URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
        return prefix(baseUrl) + '/' + (tuned ? TUNED : MODELS) + encoded;
    }

    /// The id without the collection that `GET …/models` puts in front of it.
    static String bare(String modelId) {
        return modelId.startsWith(MODELS) ? modelId.substring(MODELS.length()) : modelId;
    }

    /// A page holds 50 models unless more are asked for, at most 1000.
    @Override
    public String modelsPath(URI baseUrl) {
        return prefix(baseUrl) + "/models?pageSize=1000";
    }

    private static String prefix(URI baseUrl) {
        String path = baseUrl.getPath();
        return path == null || path.isEmpty() || path.equals("/") ? "/v1beta" : "";
    }

    @Override
    public byte[] encode(Provider provider, String modelId, ChatRequest request) {
        return new ContentWriter(provider, modelId).write(request);
    }

    @Override
    public AnswerDecoder decoder(AnswerErrors errors) {
        return new GrammarDecoder(errors, new ContentGrammar());
    }

    @Override
    public List<String> tellingKeys() {
        return TELLING;
    }

    @Override
    public String countPath(URI baseUrl, String modelId) {
        return modelPath(baseUrl, modelId) + ":countTokens";
    }

    /// **Shape** the whole request within one field, its model named again: beside it, only the
    /// contents would be counted. **Source** `generateContentRequest` in
    /// ai.google.dev/api/tokens#method:-models.counttokens, read 2026-11-21.
    @Override
    public byte[] encodeCount(Provider provider, String modelId, ChatRequest request) {
        byte[] asked = encode(provider, modelId, request);
        return EventBody.of(json -> {
            json.writeObjectFieldStart(COUNTED);
            json.writeStringField(
                    "model", modelId.startsWith(TUNED) ? modelId : MODELS + bare(modelId));
            try (JsonParser p = Json.parser(asked, 0, asked.length)) {
                p.nextToken();
                while (p.nextToken() == JsonToken.FIELD_NAME) {
                    json.copyCurrentStructureExact(p);
                }
            }
            json.writeEndObject();
        });
    }

    @Override
    public long readCount(byte[] body, AnswerErrors errors) {
        return CountBodies.number(body, "totalTokens", errors);
    }

    /// **Shape** only contents, as most clients ask, or a whole request in its own field.
    @Override
    public ReadRequest readCountRequest(byte[] body, RequestLine line)
            throws InvalidRequestException {
        return RequestReader.read(body, line);
    }

    @Override
    public byte[] writeCount(long tokens) {
        return EventBody.of(json -> json.writeNumberField("totalTokens", tokens));
    }

    @Override
    public Set<Feature> cannotSay() {
        return UNSAID;
    }

    @Override
    public Set<Feature> cannotSay(Provider provider, String modelId) {
        ModelFamily family = ModelFamily.of(modelId);
        Set<Feature> missing = EnumSet.copyOf(UNSAID);
        if (!family.takesResolution()) {
            missing.add(Feature.IMAGE_DETAIL);
        }
        if (!family.takesMediaInResults()) {
            missing.add(Feature.RESULT_IMAGE);
            missing.add(Feature.RESULT_DOCUMENT);
        }
        return missing;
    }

    @Override
    public ReadRequest read(byte[] body, RequestLine line) throws InvalidRequestException {
        return RequestReader.read(body, line);
    }

    @Override
    public AnswerWriter writer(AnswerHead head) {
        return new ContentAnswer(head);
    }

    @Override
    public byte[] error(WireError error) {
        return WireErrors.write(error);
    }
}
