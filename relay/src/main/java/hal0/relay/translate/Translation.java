package hal0.relay.translate;

import hal0.providers.ChatStream;
import hal0.providers.client.ProviderClient;
import hal0.providers.dialect.InvalidRequestException;
import hal0.providers.dialect.ReadRequest;
import hal0.providers.error.Failure;
import hal0.providers.error.ProviderException;
import hal0.providers.http.CancelToken;
import hal0.providers.message.ChatRequest;
import hal0.providers.message.Message;
import hal0.providers.message.Protocol;
import hal0.relay.answer.OpenAnswer;
import hal0.relay.answer.Question;
import hal0.relay.answer.Translating;
import hal0.relay.dispatch.Meter;
import hal0.relay.dispatch.Target;
import hal0.relay.error.RelayException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/// Tells a target in its own protocol what a client asked in another.
///
/// **Threads** any; one call per attempt, on the request's thread.
public final class Translation implements Translating {
    private final ProviderClient providers;
    private final ResponseMemory memory;
    private final InstantSource clock;

    public Translation(ProviderClient providers, ResponseMemory memory, InstantSource clock) {
        this.providers = providers;
        this.memory = memory;
        this.clock = clock;
    }

    @Override
    public OpenAnswer open(
            Question question, Target target, boolean midstream, Meter meter, CancelToken cancel) {
        Said said = said(question, target, meter);
        ChatStream told = told(question, target, said.request(), cancel);
        return new TranslatedAnswer(
                new TranslatedAnswer.Asked(
                        question, said.read(), target, said.dropped(), clock.instant()),
                told,
                memory);
    }

    /// The question in the target's words, and what is lost in them.
    private record Said(ReadRequest read, ChatRequest request, Dropped dropped) {}

    private Said said(Question question, Target target, Meter meter) {
        try {
            ReadRequest read = read(question, meter.caller());
            ReturnedSignatures signatures = returned(question, target, Signer.of(target));
            ChatRequest request =
                    signatures.in(
                            ResponseMemory.forProvider(
                                    read.request().withStream(question.streamed())));
            Dropped dropped = Dropped.of(read.ignored(), request, target, signatures.foreign());
            dropped.refuseEmptied(request, target);
            return new Said(read, request, dropped);
        } catch (RelayException e) {
            // A question that cannot be told has been put to nobody.
            meter.notCalled();
            throw e;
        }
    }

    @Override
    public ChatStream ask(
            Question question, Target target, List<Message> more, Meter meter, CancelToken cancel) {
        ChatRequest request =
                ResponseMemory.forProvider(
                        readable(question, target, meter.caller()).request().withStream(true));
        ChatRequest signed = returned(question, target, Signer.of(target)).in(request);
        List<Message> messages = new ArrayList<>(signed.messages());
        messages.addAll(more);
        return told(question, target, signed.withMessages(messages), cancel);
    }

    private static ReturnedSignatures returned(Question question, Target target, Signer signer) {
        return new ReturnedSignatures(question.protocol(), target.provider().protocol(), signer);
    }

    /// The target's answer, with signatures that say whose they are where the client speaks another
    /// protocol.
    private ChatStream told(
            Question question, Target target, ChatRequest request, CancelToken cancel) {
        ChatStream stream = providers.open(target.provider(), target.model(), request, cancel);
        return target.provider().protocol() == question.protocol()
                ? stream
                : tagged(stream, question, target);
    }

    private static ChatStream tagged(ChatStream stream, Question question, Target target) {
        Signer signer = Signer.of(target);
        boolean marks =
                signer.equals(Signer.ANTHROPIC)
                        || target.provider().protocol() == Protocol.ANTHROPIC;
        return new TaggedStream(stream, signer, marks, question.protocol());
    }

    /// The question of a client that was passed on unread so far.
    private ReadRequest readable(Question question, Target target, Meter.Caller caller) {
        try {
            return memory.read(question, caller);
        } catch (InvalidRequestException e) {
            throw new ProviderException.Rejected(
                    String.valueOf(e.getMessage()),
                    Failure.unanswered(target.provider().id(), target.model()),
                    "unsupported");
        }
    }

    private ReadRequest read(Question question, Meter.Caller caller) {
        try {
            return memory.read(question, caller);
        } catch (InvalidRequestException e) {
            throw refused(e);
        }
    }

    /// A request that cannot be read, as the client is told.
    static RelayException refused(InvalidRequestException e) {
        String message = String.valueOf(e.getMessage());
        return e.place() == null
                ? RelayException.of(400, "request.invalid", message)
                : RelayException.at(e.place(), 400, "request.invalid", message);
    }
}
