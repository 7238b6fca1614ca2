package hal0.relay.forward;

import hal0.providers.ChatStream;
import hal0.providers.Provider;
import hal0.providers.client.ProviderClient;
import hal0.providers.client.RequestBuilder;
import hal0.providers.dialect.AnswerErrors;
import hal0.providers.error.ProviderException;
import hal0.providers.http.Body;
import hal0.providers.http.CancelToken;
import hal0.providers.http.Headers;
import hal0.providers.http.Transport;
import hal0.providers.http.UpstreamRequest;
import hal0.providers.http.UpstreamResponse;
import hal0.providers.message.Message;
import hal0.relay.answer.OpenAnswer;
import hal0.relay.answer.Reply;
import hal0.relay.answer.Serving;
import hal0.relay.dispatch.Attempts;
import hal0.relay.dispatch.Decision;
import hal0.relay.dispatch.Meter;
import hal0.relay.dispatch.Target;
import hal0.relay.operation.Content;
import hal0.relay.operation.Form;
import hal0.relay.operation.Operation;
import hal0.relay.operation.OperationObserver;
import hal0.relay.operation.Order;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Passes an operation on to a target that has such a path, and its answer back as it comes.
///
/// **Shape** only the model's name is changed, and the wish for usage added to a streamed
/// completion. A form that passes while it comes is sent once: there is nothing left of it to send
/// again. **Threads** any; one call per request, on the request's thread.
public final class OperationPass {
    private final Serving serving;
    private final Transport transport;
    private final RequestBuilder requests;
    private final ProviderClient providers;
    private final UsageWish usage = new UsageWish();

    public OperationPass(
            Attempts attempts,
            Transport transport,
            RequestBuilder requests,
            ProviderClient providers) {
        this.serving = new Serving(attempts);
        this.transport = transport;
        this.requests = requests;
        this.providers = providers;
    }

    /// Answers the client, whatever happens, or throws before anything of an answer went out.
    ///
    /// **Errors** [ProviderException] when no provider answered; [RelayException] and
    /// [BadBodyException] for what only shows while a form passes.
    public void answer(
            Order order, Decision decision, Meter meter, Reply reply, CancelToken cancel) {
        Decision possible = OperationTargets.of(order, decision);
        serving.answer(possible, meter, reply, cancel, attempt(order, meter, cancel));
    }

    private Attempts.Attempt<OpenAnswer> attempt(Order order, Meter meter, CancelToken cancel) {
        return new Attempts.Attempt<>() {
            @Override
            public OpenAnswer open(Target target) {
                return OperationPass.this.open(order, target, meter, cancel);
            }

            @Override
            public void hold(OpenAnswer opened) {
                if (canBeSent(order)) {
                    opened.hold();
                }
            }

            @Override
            public @Nullable ProviderException failure(OpenAnswer opened) {
                return canBeSent(order) ? opened.failure() : null;
            }

            @Override
            public ChatStream ask(Target target, List<Message> more) {
                throw new UnsupportedOperationException("nobody goes on with what is no chat");
            }
        };
    }

    /// Whether another try could send all of it.
    private static boolean canBeSent(Order order) {
        return !(order.content() instanceof Form form) || form.canBeSent();
    }

    private OpenAnswer open(Order order, Target target, Meter meter, CancelToken cancel) {
        Provider provider = target.provider();
        boolean addUsage = addsUsage(order, provider);
        UpstreamResponse response = send(order, target, addUsage, meter, cancel);
        if (addUsage && response.status() == 400) {
            // It may come from the wish for usage: asked without it, the provider shows.
            response.close();
            meter.attempt(target);
            addUsage = false;
            response = send(order, target, false, meter, cancel);
            if (response.status() < 400) {
                usage.refusedBy(provider);
            }
        }
        AnswerErrors errors = providers.errors(provider, target.model());
        UpstreamResponse shown = VeiledAnswer.over(response, requests, provider);
        return new PassedAnswer(
                Upstream.of(target, shown, addUsage, false),
                () -> new OperationObserver(errors),
                null,
                errors);
    }

    private boolean addsUsage(Order order, Provider provider) {
        return order.operation() == Operation.COMPLETIONS
                && order.content() instanceof Content.Json(_, var scan, _)
                && scan.stream()
                && !scan.usageAsked()
                && usage.isFor(provider);
    }

    private UpstreamResponse send(
            Order order, Target target, boolean addUsage, Meter meter, CancelToken cancel) {
        Headers.Builder headers = Headers.builder();
        order.headers().forEach(headers::add);
        headers.set("Accept-Encoding", addUsage ? "identity" : order.acceptEncoding());
        UpstreamRequest request =
                requests.post(
                        target.provider(),
                        target.model(),
                        order.operation().path(),
                        headers.build(),
                        body(order.content(), target.model(), addUsage),
                        order.content().streamed() || order.operation().answersAsItGoes());
        try {
            UpstreamResponse response = transport.send(request, cancel);
            meter.status(response.status());
            return response;
        } catch (ProviderException e) {
            // The call failed because the form did.
            RuntimeException fault = order.content() instanceof Form form ? form.fault() : null;
            throw fault == null ? e : fault;
        }
    }

    private static Body body(Content content, String model, boolean addUsage) {
        return switch (content) {
            case Content.Json(var bytes, var scan, var contentType) -> {
                Splice splice = new Splice(bytes).model(scan, model);
                yield (addUsage ? splice.askForUsage(scan) : splice).toBody(contentType);
            }
            case Form form -> form.body(model);
        };
    }
}
