package hal0.relay.forward;

import hal0.providers.dialect.AnswerErrors;
import hal0.providers.error.ProviderException;
import hal0.providers.event.AnswerObserver;
import hal0.relay.answer.AnswerHeaders;
import hal0.relay.answer.Delivery;
import hal0.relay.answer.OpenAnswer;
import hal0.relay.answer.Reply;
import hal0.relay.dispatch.Target;
import org.jspecify.annotations.Nullable;

/// An answer that goes to the client as the provider writes it.
final class PassedAnswer implements OpenAnswer {
    private final Upstream upstream;
    private final AnswerObserver observer;
    private final AnswerErrors errors;

    PassedAnswer(Upstream upstream, AnswerObserver observer, AnswerErrors errors) {
        this.upstream = upstream;
        this.observer = observer;
        this.errors = errors;
    }

    @Override
    public Target target() {
        return upstream.target();
    }

    @Override
    public @Nullable ProviderException failure() {
        return RetryRule.failure(upstream.response(), errors);
    }

    @Override
    public void deliver(Delivery delivery) {
        upstream.refuseOddAnswer(errors);
        Reply reply = delivery.reply();
        reply.status(upstream.response().status());
        upstream.forEachHeader(reply::add);
        upstream.response()
                .headers()
                .find("x-request-id")
                .filter(theirs -> HeaderRules.isWritable("x-request-id", theirs))
                .ifPresent(theirs -> reply.set("x-hal0-upstream-request-id", theirs));
        AnswerHeaders.write(delivery, target());
        new AnswerCopy(upstream, observer, errors, delivery.meter(), reply, delivery.cancel())
                .run();
    }

    @Override
    public void close() {
        upstream.close();
    }
}
