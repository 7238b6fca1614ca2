package hal0.relay.forward;

import static java.lang.System.Logger.Level.INFO;

import hal0.home.error.ErrorKind;
import hal0.providers.Provider;
import hal0.providers.client.Dialects;
import hal0.providers.client.ProviderClient;
import hal0.providers.client.RequestBuilder;
import hal0.providers.dialect.AnswerErrors;
import hal0.providers.dialect.DecodingObserver;
import hal0.providers.dialect.Dialect;
import hal0.providers.error.ProviderException;
import hal0.providers.http.CancelToken;
import hal0.providers.http.Headers;
import hal0.providers.http.Transport;
import hal0.providers.http.UpstreamRequest;
import hal0.providers.http.UpstreamResponse;
import hal0.providers.message.Protocol;
import hal0.relay.dispatch.Attempts;
import hal0.relay.dispatch.Decision;
import hal0.relay.dispatch.Meter;
import hal0.relay.dispatch.Target;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// Passes a request on to a provider of the same dialect, and its answer back as it comes.
///
/// Only the model's name and, where nobody asked for usage, the wish for it are changed on the way;
/// what that wish adds to the answer is taken out again. Status, error bodies and stream bytes are
/// the provider's own.
///
/// **Threads** any; one call per request, on the request's thread.
public final class PassThrough {
    private static final System.Logger LOG = System.getLogger(PassThrough.class.getName());

    /// What a client asked.
    ///
    /// **Shape** `headers` are the client's that may pass; `acceptEncoding` is its own wish.
    public record Question(
            Protocol protocol,
            byte[] body,
            RequestScan scan,
            Headers headers,
            String acceptEncoding,
            String contentType) {}

    private final Transport transport;
    private final RequestBuilder requests;
    private final ProviderClient providers;
    private final Attempts attempts;

    /// Providers, as they are declared, that answered 400 to a request only because it asked for
    /// usage. One that is declared anew is asked again.
    private final Set<Provider> refuseUsage = ConcurrentHashMap.newKeySet();

    public PassThrough(
            Transport transport,
            RequestBuilder requests,
            ProviderClient providers,
            Attempts attempts) {
        this.transport = transport;
        this.requests = requests;
        this.providers = providers;
        this.attempts = attempts;
    }

    /// Answers the client, whatever happens, or throws before anything of an answer went out.
    ///
    /// **Errors** [ProviderException] when no provider answered.
    public void forward(
            Question question, Decision decision, Meter meter, Reply reply, CancelToken cancel) {
        try {
            var opened =
                    attempts.open(
                            decision.target(), cancel, meter, attempt(question, meter, cancel));
            try (Upstream upstream = opened.value()) {
                AnswerErrors errors = errors(upstream.target());
                upstream.refuseOddAnswer(errors);
                head(upstream, decision, opened.attempts(), meter, reply);
                new AnswerCopy(
                                upstream,
                                new DecodingObserver(dialect(upstream.target()), errors),
                                errors,
                                meter,
                                reply,
                                cancel)
                        .run();
            }
        } catch (ProviderException e) {
            meter.failed(e);
            throw e;
        } finally {
            // Whatever ended the copy without saying how: a fault of ours, or a client that is
            // gone.
            meter.failed(cancel.isCancelled() ? ErrorKind.CANCELLED : ErrorKind.INTERNAL);
        }
    }

    private Attempts.Attempt<Upstream> attempt(Question question, Meter meter, CancelToken cancel) {
        return new Attempts.Attempt<>() {
            @Override
            public Upstream open(Target target) {
                boolean addUsage = addsUsage(question, target);
                UpstreamResponse response = send(question, target, addUsage, meter, cancel);
                if (addUsage && response.status() == 400) {
                    return withoutUsage(question, target, response, meter, cancel);
                }
                return Upstream.of(target, response, addUsage);
            }

            @Override
            public @Nullable ProviderException failure(Upstream opened) {
                return RetryRule.failure(opened.response(), errors(opened.target()));
            }
        };
    }

    private boolean addsUsage(Question question, Target target) {
        return question.protocol() == Protocol.OPENAI
                && question.scan().stream()
                && !question.scan().usageAsked()
                && target.provider().injectUsage()
                && !refuseUsage.contains(target.provider());
    }

    /// A 400 may come from the wish for usage: asked without it, the provider shows whether it
    /// does.
    private Upstream withoutUsage(
            Question question,
            Target target,
            UpstreamResponse refused,
            Meter meter,
            CancelToken cancel) {
        refused.close();
        UpstreamResponse response = send(question, target, false, meter, cancel);
        if (response.status() < 400 && refuseUsage.add(target.provider())) {
            LOG.log(
                    INFO,
                    "{0} refuses stream_options.include_usage; its streams are not counted unless it counts them by itself",
                    target.provider().id());
        }
        return Upstream.of(target, response, false);
    }

    private UpstreamResponse send(
            Question question, Target target, boolean addUsage, Meter meter, CancelToken cancel) {
        Splice splice = new Splice(question.body()).model(question.scan(), target.model());
        if (addUsage) {
            splice.askForUsage(question.scan());
        }
        Headers.Builder headers = Headers.builder();
        question.headers().forEach(headers::add);
        headers.set("Accept-Encoding", addUsage ? "identity" : question.acceptEncoding());
        UpstreamRequest request =
                requests.post(
                        target.provider(),
                        target.model(),
                        RequestBuilder.chatPath(
                                dialect(target),
                                target.provider(),
                                target.model(),
                                question.scan().stream()),
                        headers.build(),
                        splice.toBody(question.contentType()),
                        question.scan().stream());
        long before = System.nanoTime();
        try {
            UpstreamResponse response = transport.send(request, cancel);
            meter.status(response.status());
            return response;
        } finally {
            meter.waited(System.nanoTime() - before);
        }
    }

    private static Dialect dialect(Target target) {
        return Dialects.of(target.provider().protocol());
    }

    private AnswerErrors errors(Target target) {
        return providers.errors(target.provider(), target.model());
    }

    private static void head(
            Upstream upstream, Decision decision, int attempts, Meter meter, Reply reply) {
        UpstreamResponse response = upstream.response();
        reply.status(response.status());
        upstream.forEachHeader(reply::add);
        response.headers()
                .find("x-request-id")
                .filter(theirs -> HeaderRules.isWritable("x-request-id", theirs))
                .ifPresent(theirs -> reply.set("x-hal0-upstream-request-id", theirs));
        reply.set("x-hal0-provider", HeaderRules.encoded(decision.target().provider().id()));
        reply.set("x-hal0-model", HeaderRules.encoded(decision.target().model()));
        reply.set("x-hal0-route", HeaderRules.encoded(decision.path()));
        reply.set("x-hal0-origin", "upstream");
        reply.set("x-hal0-attempts", Integer.toString(attempts));
        meter.head();
        reply.set("x-hal0-overhead-us", Long.toString(meter.overheadMicros()));
    }
}
