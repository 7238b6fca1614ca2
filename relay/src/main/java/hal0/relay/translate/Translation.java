package hal0.relay.translate;

import hal0.providers.ChatStream;
import hal0.providers.Provider;
import hal0.providers.client.Dialects;
import hal0.providers.client.ProviderClient;
import hal0.providers.dialect.Feature;
import hal0.providers.dialect.Features;
import hal0.providers.dialect.InvalidRequestException;
import hal0.providers.dialect.ReadRequest;
import hal0.providers.error.Failure;
import hal0.providers.error.ProviderException;
import hal0.providers.http.CancelToken;
import hal0.providers.message.ChatRequest;
import hal0.providers.message.Message;
import hal0.relay.answer.OpenAnswer;
import hal0.relay.answer.Question;
import hal0.relay.answer.Translating;
import hal0.relay.dispatch.Meter;
import hal0.relay.dispatch.Target;
import hal0.relay.error.RelayException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// Tells a target in its own protocol what a client asked in another.
///
/// **Threads** any; one call per attempt, on the request's thread.
public final class Translation implements Translating {
    private final ProviderClient providers;
    private final InstantSource clock;

    public Translation(ProviderClient providers, InstantSource clock) {
        this.providers = providers;
        this.clock = clock;
    }

    @Override
    public OpenAnswer open(
            Question question, Target target, boolean midstream, Meter meter, CancelToken cancel) {
        ReadRequest read = read(question);
        ChatRequest request = read.request().withStream(question.streamed());
        long before = System.nanoTime();
        try {
            ChatStream stream = providers.open(target.provider(), target.model(), request, cancel);
            return new TranslatedAnswer(
                    question, target, stream, dropped(read, target), clock.instant());
        } finally {
            meter.waited(System.nanoTime() - before);
        }
    }

    @Override
    public ChatStream ask(
            Question question, Target target, List<Message> more, Meter meter, CancelToken cancel) {
        ChatRequest request = readable(question, target).request();
        List<Message> messages = new ArrayList<>(request.messages());
        messages.addAll(more);
        long before = System.nanoTime();
        try {
            return providers.open(
                    target.provider(),
                    target.model(),
                    request.withMessages(messages).withStream(true),
                    cancel);
        } finally {
            meter.waited(System.nanoTime() - before);
        }
    }

    /// The question of a client that was passed on unread so far.
    private static ReadRequest readable(Question question, Target target) {
        try {
            return question.neutral();
        } catch (InvalidRequestException e) {
            throw new ProviderException.Rejected(
                    String.valueOf(e.getMessage()),
                    Failure.unanswered(target.provider().id(), target.model()),
                    "unsupported");
        }
    }

    private static ReadRequest read(Question question) {
        try {
            return question.neutral();
        } catch (InvalidRequestException e) {
            String message = String.valueOf(e.getMessage());
            throw e.place() == null
                    ? RelayException.of(400, "request.invalid", message)
                    : RelayException.at(e.place(), 400, "request.invalid", message);
        }
    }

    /// What of the request the target is not told, by name.
    private static List<String> dropped(ReadRequest read, Target target) {
        Provider provider = target.provider();
        Set<Feature> unsaid = Features.used(read.request(), provider.protocol());
        unsaid.retainAll(Dialects.of(provider.protocol()).cannotSay(provider, target.model()));
        List<String> dropped = new ArrayList<>(read.ignored());
        unsaid.forEach(feature -> dropped.add(feature.name().toLowerCase(Locale.ROOT)));
        return List.copyOf(dropped);
    }
}
