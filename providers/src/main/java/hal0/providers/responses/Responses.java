package hal0.providers.responses;

import static java.nio.charset.StandardCharsets.UTF_8;

import hal0.providers.Provider;
import hal0.providers.dialect.AnswerDecoder;
import hal0.providers.dialect.AnswerErrors;
import hal0.providers.dialect.AnswerHead;
import hal0.providers.dialect.AnswerWriter;
import hal0.providers.dialect.CountBodies;
import hal0.providers.dialect.Dialect;
import hal0.providers.dialect.Feature;
import hal0.providers.dialect.GrammarDecoder;
import hal0.providers.dialect.InvalidRequestException;
import hal0.providers.dialect.ReadRequest;
import hal0.providers.dialect.RequestLine;
import hal0.providers.dialect.TokenCounting;
import hal0.providers.dialect.WireError;
import hal0.providers.message.ChatRequest;
import hal0.providers.message.Protocol;
import hal0.providers.openai.GptModel;
import java.net.URI;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/// The dialect of `POST …/responses`, and of `POST …/responses/input_tokens`.
///
/// **Source** resources/responses/responses.d.ts and input-tokens.d.ts in the npm package openai
/// 6.49.0, read 2026-11-21; the rest is named where it is used.
public final class Responses implements Dialect, TokenCounting, TokenCounting.Served {
    private static final List<String> TELLING =
            List.of(
                    "\"response.completed\"",
                    "\"response.incomplete\"",
                    "\"response.failed\"",
                    "\"response.cancelled\"",
                    "\"response.done\"",
                    "\"error\"");

    private static final Set<Feature> CANNOT_SAY =
            Collections.unmodifiableSet(
                    EnumSet.of(
                            Feature.PLAIN_THINKING,
                            Feature.NAME_OF_REFERENCE,
                            Feature.AUDIO,
                            Feature.AUDIO_BY_URL,
                            Feature.AUDIO_BY_ID,
                            Feature.MEDIA_FROM_MODEL,
                            Feature.RESULT_FAILED,
                            Feature.CACHE_MARK,
                            Feature.LONG_CACHE_MARK,
                            Feature.TOP_K,
                            Feature.SEED,
                            Feature.PENALTIES,
                            Feature.STOP,
                            Feature.THINKING_BUDGET,
                            Feature.FOREIGN));

    private static final Set<String> COUNTED =
            Set.of(
                    "model",
                    "input",
                    "instructions",
                    "conversation",
                    "previous_response_id",
                    "parallel_tool_calls",
                    "reasoning",
                    "text",
                    "tools",
                    "tool_choice",
                    "truncation");

    @Override
    public Protocol protocol() {
        return Protocol.RESPONSES;
    }

    @Override
    public String chatPath(URI baseUrl, String modelId, boolean streamed) {
        return "/responses";
    }

    @Override
    public String modelsPath(URI baseUrl) {
        return "/models";
    }

    @Override
    public byte[] encode(Provider provider, String modelId, ChatRequest request) {
        return new RequestWriter(provider, modelId).write(request);
    }

    @Override
    public AnswerDecoder decoder(AnswerErrors errors) {
        return new GrammarDecoder(errors, new ResponseGrammar());
    }

    @Override
    public List<String> tellingKeys() {
        return TELLING;
    }

    @Override
    public Set<Feature> cannotSay() {
        return CANNOT_SAY;
    }

    @Override
    public Set<Feature> cannotSay(Provider provider, String modelId) {
        GptModel gpt = GptModel.at(provider, modelId);
        if (gpt == null || gpt.reasons()) {
            return CANNOT_SAY;
        }
        Set<Feature> missing = EnumSet.copyOf(CANNOT_SAY);
        missing.add(Feature.EFFORT);
        missing.add(Feature.THINKING_SHOWN);
        return missing;
    }

    @Override
    public ReadRequest read(byte[] body, RequestLine line) throws InvalidRequestException {
        return RequestReader.read(body, line);
    }

    /// Its last event repeats every item with the id under which it began.
    @Override
    public boolean canBeTakenOver() {
        return false;
    }

    @Override
    public AnswerWriter writer(AnswerHead head) {
        return new ResponseWriter(head);
    }

    @Override
    public byte[] error(WireError error) {
        return WireErrors.body(error);
    }

    @Override
    public String countPath(URI baseUrl, String modelId) {
        return "/responses/input_tokens";
    }

    @Override
    public byte[] encodeCount(Provider provider, String modelId, ChatRequest request) {
        return CountBodies.only(COUNTED, encode(provider, modelId, request));
    }

    @Override
    public long readCount(byte[] body, AnswerErrors errors) {
        return CountBodies.number(body, "input_tokens", errors);
    }

    @Override
    public ReadRequest readCountRequest(byte[] body, RequestLine line)
            throws InvalidRequestException {
        return RequestReader.read(body, line);
    }

    @Override
    public byte[] writeCount(long tokens) {
        return "{\"object\":\"response.input_tokens\",\"input_tokens\":%d}"
                .formatted(tokens)
                .getBytes(UTF_8);
    }
}
