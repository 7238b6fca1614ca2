package hal0.relay.forward;

import hal0.providers.client.Dialects;
import hal0.providers.client.ProviderClient;
import hal0.providers.client.RequestBuilder;
import hal0.providers.dialect.AnswerErrors;
import hal0.providers.dialect.DecodingObserver;
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

/// Passes a request on to a provider of the same dialect, and its answer back as it comes.
///
/// Only the model's name and, where nobody asked for usage, the wish for it are changed on the way;
/// what that wish adds to the answer is taken out again. Status, error bodies and stream bytes are
/// the provider's own.
///
/// **Threads** any; one call per request, on the request's thread.
public final class PassThrough implements Way {
    private final Transport transport;
    private final RequestBuilder requests;
    private final ProviderClient providers;

    private final UsageWish usage = new UsageWish();

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
                        : upstream(call, response, addUsage);
        AnswerErrors errors = errors(target);
        return new PassedAnswer(
                upstream, () -> new DecodingObserver(dialect(target), errors), question, errors);
    }

    private Upstream upstream(Call call, UpstreamResponse response, boolean usageAdded) {
        Target target = call.target();
        return Upstream.of(
                target,
                VeiledAnswer.over(response, requests, target.provider()),
                usageAdded,
                call.midstream());
    }

    /// One try at a target, whichever requests it takes.
    private record Call(
            Question question, Target target, boolean midstream, Meter meter, CancelToken cancel) {}

    private boolean addsUsage(Question question, Target target) {
        return question.protocol() == Protocol.OPENAI
                && question.streamed()
                && !question.scan().usageAsked()
                && usage.isFor(target.provider());
    }

    /// A 400 may come from the wish for usage: asked without it, the provider shows whether it
    /// does.
    private Upstream withoutUsage(Call call, UpstreamResponse refused) {
        refused.close();
        Target target = call.target();
        call.meter().attempt(target);
        UpstreamResponse response = send(call, false);
        if (response.status() < 400) {
            usage.refusedBy(target.provider());
        }
        return upstream(call, response, false);
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
        UpstreamResponse response = transport.send(request, call.cancel());
        call.meter().status(response.status());
        return response;
    }

    private static Dialect dialect(Target target) {
        return Dialects.of(target.provider().protocol());
    }

    private AnswerErrors errors(Target target) {
        return providers.errors(target.provider(), target.model());
    }
}
