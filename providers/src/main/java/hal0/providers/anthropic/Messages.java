package hal0.providers.anthropic;

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
import hal0.providers.dialect.ReadRequest;
import hal0.providers.dialect.RequestLine;
import hal0.providers.dialect.TokenCounting;
import hal0.providers.dialect.WireError;
import hal0.providers.message.ChatRequest;
import hal0.providers.message.Protocol;
import java.net.URI;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/// The dialect of `POST …/v1/messages`.
///
/// **Source** src/anthropic/types/message_create_params.py in anthropics/anthropic-sdk-python, read
/// 2026-11-21; the rest is named where it is used.
public final class Messages implements Dialect, TokenCounting, TokenCounting.Served {
    /// What `anthropic-version` says.
    public static final String VERSION = "2023-06-01";

    private static final String API_HOST = "api.anthropic.com";

    private static final Set<Feature> CANNOT_SAY =
            Set.of(
                    Feature.LATE_SYSTEM_MESSAGE,
                    Feature.PLAIN_THINKING,
                    Feature.SIGNED_CALL,
                    Feature.IMAGE_DETAIL,
                    Feature.AUDIO,
                    Feature.AUDIO_BY_URL,
                    Feature.AUDIO_BY_ID,
                    Feature.MEDIA_FROM_MODEL,
                    Feature.SEED,
                    Feature.PENALTIES,
                    Feature.JSON_OBJECT,
                    Feature.JSON_SCHEMA_NAME,
                    Feature.JSON_SCHEMA_STRICT,
                    Feature.FOREIGN);

    private static final List<String> TELLING =
            List.of("\"message_start\"", "\"message_delta\"", "\"message_stop\"", "\"error\"");

    /// What the endpoint that counts knows: the request without what shapes its answer. **Source**
    /// src/anthropic/types/message_count_tokens_params.py in anthropics/anthropic-sdk-python, read
    /// 2026-11-21.
    private static final Set<String> COUNTED =
            Set.of(
                    "model",
                    "messages",
                    "system",
                    "tools",
                    "tool_choice",
                    "thinking",
                    "output_config",
                    "cache_control");

    @Override
    public Protocol protocol() {
        return Protocol.ANTHROPIC;
    }

    @Override
    public String chatPath(URI baseUrl, String modelId, boolean streamed) {
        return prefix(baseUrl) + "/messages";
    }

    @Override
    public String modelsPath(URI baseUrl) {
        return prefix(baseUrl) + "/models";
    }

    private static String prefix(URI baseUrl) {
        String path = baseUrl.getPath();
        return path != null && path.endsWith("/v1") ? "" : "/v1";
    }

    @Override
    public byte[] encode(Provider provider, String modelId, ChatRequest request) {
        return new MessagesWriter(provider, modelId).write(request);
    }

    @Override
    public AnswerDecoder decoder(AnswerErrors errors) {
        return new GrammarDecoder(errors, new MessagesGrammar());
    }

    @Override
    public List<String> tellingKeys() {
        return TELLING;
    }

    @Override
    public String countPath(URI baseUrl, String modelId) {
        return prefix(baseUrl) + "/messages/count_tokens";
    }

    @Override
    public byte[] encodeCount(Provider provider, String modelId, ChatRequest request) {
        return CountBodies.only(COUNTED, encode(provider, modelId, request));
    }

    @Override
    public long readCount(byte[] body, AnswerErrors errors) {
        return CountBodies.number(body, "input_tokens", errors);
    }

    /// Whether instructions may stand in the conversation; other clouds do not know that.
    static boolean takesLateSystem(Provider provider, String modelId) {
        ClaudeModel claude = ClaudeModel.find(modelId);
        return claude != null
                && claude.takesLateSystem()
                && API_HOST.equals(provider.baseUrl().getHost());
    }

    @Override
    public Set<Feature> cannotSay() {
        return CANNOT_SAY;
    }

    @Override
    public Set<Feature> cannotSay(Provider provider, String modelId) {
        Set<Feature> missing = EnumSet.copyOf(CANNOT_SAY);
        if (takesLateSystem(provider, modelId)) {
            missing.remove(Feature.LATE_SYSTEM_MESSAGE);
        }
        ClaudeModel claude = ClaudeModel.find(modelId);
        if (claude == null) {
            return missing;
        }
        if (!claude.takesSampling()) {
            missing.add(Feature.TOP_K);
        }
        if (claude.onlyAdapts() || !claude.thinks()) {
            missing.add(Feature.THINKING_BUDGET);
        }
        if (!claude.thinks()) {
            missing.add(Feature.EFFORT);
            missing.add(Feature.THINKING_SHOWN);
        }
        return missing;
    }

    @Override
    public ReadRequest read(byte[] body, RequestLine line) throws InvalidRequestException {
        return new MessagesReader(false).read(body, line);
    }

    /// **Shape** such a request has no limit.
    @Override
    public ReadRequest readCountRequest(byte[] body, RequestLine line)
            throws InvalidRequestException {
        return new MessagesReader(true).read(body, line);
    }

    @Override
    public byte[] writeCount(long tokens) {
        return EventBody.of(json -> json.writeNumberField("input_tokens", tokens));
    }

    @Override
    public AnswerWriter writer(AnswerHead head) {
        return new MessagesAnswer(head);
    }

    @Override
    public byte[] error(WireError error) {
        return EventBody.of(json -> MessagesErrors.fields(json, error));
    }
}
