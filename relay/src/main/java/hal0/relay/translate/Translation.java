package hal0.relay.translate;

import hal0.providers.ChatStream;
import hal0.providers.client.ProviderClient;
import hal0.providers.dialect.InvalidRequestException;
import hal0.providers.dialect.ReadRequest;
import hal0.providers.http.CancelToken;
import hal0.providers.message.ChatRequest;
import hal0.providers.message.Protocol;
import hal0.relay.answer.OpenAnswer;
import hal0.relay.answer.Question;
import hal0.relay.answer.Way;
import hal0.relay.dispatch.Meter;
import hal0.relay.dispatch.Target;
import hal0.relay.error.RelayException;
import java.time.InstantSource;

/// Tells a target in its own protocol what a client asked in another.
///
/// **Threads** any; one call per attempt, on the request's thread.
public final class Translation implements Way {
    private final ProviderClient providers;
    private final ResponseMemory memory;
    private final InstantSource clock;

    public Translation(ProviderClient providers, ResponseMemory memory, InstantSource clock) {
        this.providers = providers;
        this.memory = memory;
        this.clock = clock;
    }

    @Override
    public OpenAnswer open(Question question, Target target, Meter meter, CancelToken cancel) {
        ReadRequest read = read(question, meter.caller());
        Signer signer = Signer.of(target);
        Protocol server = target.provider().protocol();
        ReturnedSignatures signatures = new ReturnedSignatures(question.protocol(), server, signer);
        ChatRequest request =
                signatures.in(
                        ResponseMemory.forProvider(read.request().withStream(question.streamed())));
        Dropped dropped = Dropped.of(read.ignored(), request, target, signatures.foreign());
        long before = System.nanoTime();
        try {
            ChatStream stream = providers.open(target.provider(), target.model(), request, cancel);
            ChatStream told =
                    server == question.protocol()
                            ? stream
                            : new TaggedStream(stream, signer, question.protocol());
            return new TranslatedAnswer(
                    new TranslatedAnswer.Asked(question, read, target, dropped, clock.instant()),
                    told,
                    memory);
        } finally {
            meter.waited(System.nanoTime() - before);
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
