package hal0.providers.gemini;

import hal0.providers.Provider;
import hal0.providers.dialect.AnswerDecoder;
import hal0.providers.dialect.AnswerErrors;
import hal0.providers.dialect.Dialect;
import hal0.providers.dialect.GrammarDecoder;
import hal0.providers.message.ChatRequest;
import hal0.providers.message.Protocol;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// The dialect of `POST …/models/MODEL:generateContent` and `:streamGenerateContent`.
///
/// **Shape** a model may be named with its collection in front, `models/` or `tunedModels/`. A base
/// URL that is only a host gets the version that the vendor's SDKs ask for. **Source**
/// ai.google.dev/api/generate-content, ai.google.dev/api/models, googleapis.github.io/js-genai
/// (types); read 2026-11-21; the rest is named where it is used.
public final class GenerateContent implements Dialect {
    private static final String MODELS = "models/";
    private static final String TUNED = "tunedModels/";

    /// Numbers come with every event, each time the sum so far.
    private static final List<String> TELLING =
            List.of("\"usageMetadata\"", "\"finishReason\"", "\"promptFeedback\"", "\"error\"");

    @Override
    public Protocol protocol() {
        return Protocol.GEMINI;
    }

    @Override
    public String chatPath(URI baseUrl, String modelId, boolean streamed) {
        boolean tuned = modelId.startsWith(TUNED);
        String name = tuned ? modelId.substring(TUNED.length()) : bare(modelId);
        String encoded = URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
        // Without alt=sse the stream is one long array.
        String method = streamed ? ":streamGenerateContent?alt=sse" : ":generateContent";
        return prefix(baseUrl) + '/' + (tuned ? TUNED : MODELS) + encoded + method;
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
}
