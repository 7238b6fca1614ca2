package hal0.relay.translate;

import static java.nio.charset.StandardCharsets.UTF_8;

import hal0.home.response.StoredResponse;
import hal0.home.response.StoredResponses;
import hal0.providers.client.Dialects;
import hal0.providers.dialect.AnswerHead;
import hal0.providers.dialect.AnswerWriter;
import hal0.providers.dialect.InvalidRequestException;
import hal0.providers.dialect.ReadRequest;
import hal0.providers.dialect.RequestLine;
import hal0.providers.message.ChatRequest;
import hal0.providers.message.Extra;
import hal0.providers.message.Protocol;
import hal0.relay.answer.Question;
import hal0.relay.dispatch.Meter;
import hal0.relay.error.RelayException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.UUID;

/// What clients of the Responses API may go on from, for targets that keep nothing themselves.
///
/// **Shape** an answer that was told in this protocol is kept, unless its request says not to, for
/// the key that asked; ids of ours begin with `resp_hal0`, those of a provider are the provider's
/// to know. **Threads** any.
public final class ResponseMemory {
    private static final String OURS = "resp_hal0";

    private static final long LONGEST = 64L * 1024 * 1024;

    /// Fields that stand for what only their own provider keeps.
    private static final List<String> ELSEWHERE = List.of("conversation", "prompt");

    private final StoredResponses stored;

    public ResponseMemory(StoredResponses stored) {
        this.stored = stored;
    }

    /// What a question says in neutral words, with everything that it goes on from.
    ///
    /// **Errors** [InvalidRequestException]; [RelayException] when what it goes on from is not
    /// here.
    ReadRequest read(Question question, Meter.Caller caller) throws InvalidRequestException {
        if (question.protocol() != Protocol.RESPONSES) {
            return question.neutral();
        }
        ResponseBody body = ResponseBody.of(question.body());
        String previous = body.previous();
        ReadRequest read =
                previous == null
                        ? question.neutral()
                        : Dialects.of(Protocol.RESPONSES)
                                .read(
                                        body.after(chain(previous, caller), question.body()),
                                        RequestLine.SILENT);
        for (String field : ELSEWHERE) {
            if (read.request().extra().fields().containsKey(field)) {
                throw RelayException.at(
                        field,
                        400,
                        "request.unsupported",
                        field
                                + " names what only its own provider keeps, and the model that answers is another's; send the messages themselves");
            }
        }
        return new ReadRequest(repeating(read.request(), body), read.ignored(), read.countsUsage());
    }

    private List<StoredResponse> chain(String previous, Meter.Caller caller) {
        List<StoredResponse> chain =
                previous.startsWith(OURS) ? stored.chain(owner(caller), previous) : List.of();
        if (chain.isEmpty()) {
            // In the words that clients look for, which then send the whole conversation.
            throw RelayException.at(
                    "previous_response_id",
                    400,
                    "previous_response_not_found",
                    "Previous response with id '%s' not found.".formatted(previous));
        }
        if (chain.stream().mapToLong(StoredResponse::size).sum() > LONGEST) {
            throw RelayException.at(
                    "previous_response_id",
                    413,
                    "request.too_large",
                    "the conversation before it has more than %d MB; begin a new one"
                            .formatted(LONGEST / 1024 / 1024));
        }
        return chain;
    }

    /// The answer repeats what it goes on from and whether it is kept.
    private static ChatRequest repeating(ChatRequest request, ResponseBody body) {
        SequencedMap<String, String> fields = new LinkedHashMap<>(request.extra().fields());
        fields.remove("previous_response_id");
        if (body.previous() != null) {
            fields.put("previous_response_id", '"' + body.previous() + '"');
        }
        fields.put("store", String.valueOf(body.stored()));
        return new ChatRequest(
                request.model(),
                request.messages(),
                request.tools(),
                request.options(),
                request.stream(),
                new Extra(Protocol.RESPONSES, fields));
    }

    /// The request as a provider is told it, who keeps nothing for us.
    static ChatRequest forProvider(ChatRequest request) {
        if (request.extra().origin() != Protocol.RESPONSES || request.extra().isEmpty()) {
            return request;
        }
        SequencedMap<String, String> fields = new LinkedHashMap<>(request.extra().fields());
        fields.remove("previous_response_id");
        fields.remove("store");
        return new ChatRequest(
                request.model(),
                request.messages(),
                request.tools(),
                request.options(),
                request.stream(),
                fields.isEmpty() ? Extra.NONE : new Extra(Protocol.RESPONSES, fields));
    }

    /// The id of an answer without its prefix: nobody can guess it, or choose it.
    static String newId(Question question, Meter.Caller caller) {
        return question.protocol() == Protocol.RESPONSES
                ? "hal0" + UUID.randomUUID().toString().replace("-", "")
                : caller.requestId();
    }

    /// The writer of an answer, which keeps it where it is to be kept.
    AnswerWriter keeping(AnswerWriter writer, AnswerHead head, Question question, Meter.Caller by) {
        if (question.protocol() != Protocol.RESPONSES) {
            return writer;
        }
        ResponseBody body = ResponseBody.of(question.body());
        return body.stored()
                ? new KeepingWriter(
                        writer,
                        head,
                        answer ->
                                stored.save(
                                        new StoredResponse(
                                                "resp_" + head.id(),
                                                owner(by),
                                                head.created(),
                                                body.previous(),
                                                body.input(),
                                                new String(answer, UTF_8))))
                : writer;
    }

    private static String owner(Meter.Caller caller) {
        String key = caller.key();
        return key == null ? "" : key;
    }
}
