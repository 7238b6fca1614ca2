package hal0.relay.forward;

import hal0.providers.client.Dialects;
import hal0.providers.dialect.AnswerErrors;
import hal0.providers.dialect.Dialect;
import hal0.providers.error.ProviderException;
import hal0.providers.event.AnswerObserver;
import hal0.relay.answer.AnswerHeaders;
import hal0.relay.answer.Delivery;
import hal0.relay.answer.OpenAnswer;
import hal0.relay.answer.Question;
import hal0.relay.answer.Reply;
import hal0.relay.dispatch.RescueRules;
import hal0.relay.dispatch.Target;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.function.Supplier;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/// An answer that goes to the client as the provider writes it.
final class PassedAnswer implements OpenAnswer {
    /// Beyond which an answer in one piece goes out before it is known to be whole.
    private static final int LARGEST_WHOLE = 8 * 1024 * 1024;

    private final Supplier<? extends AnswerObserver> observing;
    private final @Nullable Question question;
    private final AnswerErrors errors;
    private Upstream upstream;
    private byte @Nullable [] explanation;

    /// **Shape** `question` is null for what is no conversation: such an answer is never taken
    /// over, and shown as it comes.
    PassedAnswer(
            Upstream upstream,
            Supplier<? extends AnswerObserver> observing,
            @Nullable Question question,
            AnswerErrors errors) {
        this.upstream = upstream;
        this.observing = observing;
        this.question = question;
        this.errors = errors;
    }

    @Override
    public Target target() {
        return upstream.target();
    }

    @Override
    public void hold() {
        HeldResponse held = new HeldResponse(upstream.response());
        upstream = upstream.reading(held);
        if (!upstream.isOk()) {
            explanation = plain(held.upTo(RescueRules.LARGEST_HOLD));
            return;
        }
        upstream.refuseOddAnswer(errors);
        if (question == null) {
            return;
        }
        try (AnswerTap tap = tap()) {
            if (upstream.isEvents()) {
                held.untilContent(tap, errors, RescueRules.LONGEST_HOLD);
            } else {
                byte[] body = held.upTo(LARGEST_WHOLE);
                if (held.isWhole()) {
                    tap.whole(body);
                }
            }
            ProviderException failure = tap.observer().failure();
            if (failure != null) {
                throw failure;
            }
        }
    }

    private AnswerTap tap() {
        return new AnswerTap(observing.get(), upstream.encoding(), upstream.isEvents());
    }

    private byte[] plain(byte[] body) {
        if (!upstream.encoding().equals("gzip")) {
            return body;
        }
        try (GZIPInputStream decoded = new GZIPInputStream(new ByteArrayInputStream(body))) {
            return decoded.readNBytes(RescueRules.LARGEST_HOLD);
        } catch (IOException e) {
            // The status alone says what kind of failure it is.
            return new byte[0];
        }
    }

    @Override
    public @Nullable ProviderException failure() {
        byte[] why = explanation;
        if (why == null) {
            return RetryRule.failure(upstream.response(), errors);
        }
        int status = upstream.response().status();
        return status == 304 ? null : errors.answered(status, upstream.response().headers(), why);
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
        boolean mayGoOn = delivery.continuation().isAllowed() && upstream.canBeFollowed();
        if (question != null && mayGoOn) {
            Dialect dialect = Dialects.of(target().provider().protocol());
            new RescuedCopy(upstream, question, dialect, errors, delivery).run();
        } else {
            new AnswerCopy(upstream, observing.get(), errors, delivery).run();
        }
    }

    @Override
    public void close() {
        upstream.close();
    }
}
