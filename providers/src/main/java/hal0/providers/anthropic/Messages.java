package hal0.providers.anthropic;

import hal0.providers.Provider;
import hal0.providers.dialect.AnswerDecoder;
import hal0.providers.dialect.AnswerErrors;
import hal0.providers.dialect.Dialect;
import hal0.providers.dialect.GrammarDecoder;
import hal0.providers.message.ChatRequest;
import hal0.providers.message.Protocol;
import java.net.URI;
import java.util.List;

/// The dialect of `POST …/v1/messages`.
///
/// **Source** src/anthropic/types/message_create_params.py in anthropics/anthropic-sdk-python, read
/// 2026-11-21; the rest is named where it is used.
public final class Messages implements Dialect {
    /// What `anthropic-version` says.
    public static final String VERSION = "2023-06-01";

    private static final List<String> TELLING =
            List.of("\"message_start\"", "\"message_delta\"", "\"message_stop\"", "\"error\"");

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
}
