package hal0.providers.openai;

import hal0.providers.Provider;
import hal0.providers.dialect.AnswerDecoder;
import hal0.providers.dialect.AnswerErrors;
import hal0.providers.dialect.AnswerHead;
import hal0.providers.dialect.AnswerWriter;
import hal0.providers.dialect.Dialect;
import hal0.providers.dialect.EventBody;
import hal0.providers.dialect.Feature;
import hal0.providers.dialect.GrammarDecoder;
import hal0.providers.dialect.InvalidRequestException;
import hal0.providers.dialect.ReadRequest;
import hal0.providers.dialect.RequestLine;
import hal0.providers.dialect.WireError;
import hal0.providers.message.ChatRequest;
import hal0.providers.message.Protocol;
import java.net.URI;
import java.util.List;
import java.util.Set;

/// The dialect of `POST …/chat/completions`.
///
/// **Source** src/openai/types/chat/completion_create_params.py in openai/openai-python, read
/// 2026-11-21; deviations of compatible servers are named where they are met.
public final class ChatCompletions implements Dialect {
    private static final List<String> TELLING =
            List.of("\"usage\"", "\"finish_reason\"", "\"error\"", "\"x_groq\"");

    @Override
    public Protocol protocol() {
        return Protocol.OPENAI;
    }

    @Override
    public String chatPath(URI baseUrl, String modelId, boolean streamed) {
        return "/chat/completions";
    }

    @Override
    public String modelsPath(URI baseUrl) {
        return "/models";
    }

    @Override
    public byte[] encode(Provider provider, String modelId, ChatRequest request) {
        return new ChatWriter(provider, modelId).write(request);
    }

    @Override
    public AnswerDecoder decoder(AnswerErrors errors) {
        return new GrammarDecoder(errors, new ChatGrammar());
    }

    @Override
    public List<String> tellingKeys() {
        return TELLING;
    }

    /// What a server of which nothing is known is not told.
    @Override
    public Set<Feature> cannotSay() {
        return Vendor.NOWHERE;
    }

    @Override
    public Set<Feature> cannotSay(Provider provider, String modelId) {
        return Vendor.of(provider).cannotSay(provider, modelId);
    }

    @Override
    public ReadRequest read(byte[] body, RequestLine line) throws InvalidRequestException {
        return new ChatReader().read(body, line);
    }

    @Override
    public AnswerWriter writer(AnswerHead head) {
        return new ChatAnswer(head);
    }

    @Override
    public byte[] error(WireError error) {
        return EventBody.of(json -> ChatErrors.fields(json, error));
    }
}
