package hal0.relay.forward;

import static java.lang.System.Logger.Level.INFO;

import hal0.providers.Provider;
import hal0.providers.client.Dialects;
import hal0.providers.client.ProviderClient;
import hal0.providers.client.RequestBuilder;
import hal0.providers.dialect.AnswerErrors;
import hal0.providers.dialect.Dialect;
import hal0.providers.http.CancelToken;
import hal0.providers.http.Headers;
import hal0.providers.http.Transport;
import hal0.providers.http.UpstreamRequest;
import hal0.providers.http.UpstreamResponse;
import hal0.providers.message.Protocol;
import hal0.relay.answer.OpenAnswer;
import hal0.relay.answer.Question;
import hal0.relay.answer.Way;
import hal0.relay.dispatch.Meter;
import hal0.relay.dispatch.Target;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// Passes a request on to a provider of the same dialect, and its answer back as it comes.
///
/// Only the model's name and, where nobody asked for usage, the wish for it are changed on the way;
/// what that wish adds to the answer is taken out again. Status, error bodies and stream bytes are
/// the provider's own.
///
/// **Threads** any; one call per request, on the request's thread.
public final class PassThrough implements Way {
    private static final System.Logger LOG = System.getLogger(PassThrough.class.getName());

    private final Transport transport;
    private final RequestBuilder requests;
    private final ProviderClient providers;

    /// Providers, as they are declared, that answered 400 to a request only because it asked for
    /// usage. One that is declared anew is asked again.
    private final Set<Provider> refuseUsage = ConcurrentHashMap.newKeySet();

    public PassThrough(Transport transport, RequestBuilder requests, ProviderClient providers) {
        this.transport = transport;
        this.requests = requests;
        this.providers = providers;
    }

    @Override
    public OpenAnswer open(
            Question question, Target target, boolean midstream, Meter meter, CancelToken cancel) {
        Call call = new Call(question, target, midstream, meter, cancel);
        boolean addUsage = addsUsage(question, target);
        UpstreamResponse response = send(call, addUsage);
        Upstream upstream =
                addUsage && response.status() == 400
                        ? withoutUsage(call, response)
                        : Upstream.of(target, response, addUsage, midstream);
        return new PassedAnswer(upstream, question, dialect(target), errors(target));
    }

    /// One try at a target, whichever requests it takes.
    private record Call(
            Question question, Target target, boolean midstream, Meter meter, CancelToken cancel) {}

    private boolean addsUsage(Question question, Target target) {
        return question.protocol() == Protocol.OPENAI
                && question.streamed()
                && !question.scan().usageAsked()
                && target.provider().injectUsage()
                && !refuseUsage.contains(target.provider());
    }

    /// A 400 may come from the wish for usage: asked without it, the provider shows whether it
    /// does.
    private Upstream withoutUsage(Call call, UpstreamResponse refused) {
        refused.close();
        Target target = call.target();
        call.meter().attempt(target);
        UpstreamResponse response = send(call, false);
        if (response.status() < 400 && refuseUsage.add(target.provider())) {
            LOG.log(
                    INFO,
                    "{0} refuses stream_options.include_usage; its streams are not counted unless it counts them by itself",
                    target.provider().id());
        }
        return Upstream.of(target, response, false, call.midstream());
    }

    private UpstreamResponse send(Call call, boolean addUsage) {
        Question question = call.question();
        Target target = call.target();
        Splice splice = new Splice(question.body());
        if (question.protocol() != Protocol.GEMINI) {
            // That one names its model in the address.
            splice.model(question.scan(), target.model());
        }
        if (addUsage) {
            splice.askForUsage(question.scan());
        }
        Headers.Builder headers = Headers.builder();
        question.headers().forEach(headers::add);
        boolean readable = addUsage || call.midstream();
        headers.set("Accept-Encoding", readable ? "identity" : question.acceptEncoding());
        UpstreamRequest request =
                requests.post(
                        target.provider(),
                        target.model(),
                        RequestBuilder.chatPath(
                                dialect(target),
                                target.provider(),
                                target.model(),
                                question.streamed()),
                        headers.build(),
                        splice.toBody(question.contentType()),
                        question.streamed());
        long before = System.nanoTime();
        try {
            UpstreamResponse response = transport.send(request, call.cancel());
            call.meter().status(response.status());
            return response;
        } finally {
            call.meter().waited(System.nanoTime() - before);
        }
    }

    private static Dialect dialect(Target target) {
        return Dialects.of(target.provider().protocol());
    }

    private AnswerErrors errors(Target target) {
        return providers.errors(target.provider(), target.model());
    }
}
