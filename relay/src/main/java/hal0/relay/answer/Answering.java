package hal0.relay.answer;

import hal0.home.error.ErrorKind;
import hal0.providers.error.ProviderException;
import hal0.providers.http.CancelToken;
import hal0.relay.dispatch.Attempts;
import hal0.relay.dispatch.Decision;
import hal0.relay.dispatch.Meter;
import hal0.relay.dispatch.Target;
import org.jspecify.annotations.Nullable;

/// Gets a client's question answered by one of the targets that were decided on.
///
/// **Shape** a target that speaks the client's protocol is passed the client's own bytes; any other
/// is told in its own. **Threads** any; one call per request, on the request's thread.
public final class Answering {
    private final Attempts attempts;
    private final Way passed;
    private final Way translated;

    public Answering(Attempts attempts, Way passed, Way translated) {
        this.attempts = attempts;
        this.passed = passed;
        this.translated = translated;
    }

    /// Answers the client, whatever happens, or throws before anything of an answer went out.
    ///
    /// **Errors** [ProviderException] when no provider answered.
    public void answer(
            Question question, Decision decision, Meter meter, Reply reply, CancelToken cancel) {
        try {
            var opened = attempts.open(decision, cancel, meter, attempt(question, meter, cancel));
            try (OpenAnswer answer = opened.value()) {
                answer.deliver(new Delivery(decision, opened.attempts(), meter, reply, cancel));
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

    private Attempts.Attempt<OpenAnswer> attempt(
            Question question, Meter meter, CancelToken cancel) {
        return new Attempts.Attempt<>() {
            @Override
            public OpenAnswer open(Target target) {
                return way(question, target).open(question, target, meter, cancel);
            }

            @Override
            public @Nullable ProviderException failure(OpenAnswer opened) {
                return opened.failure();
            }
        };
    }

    private Way way(Question question, Target target) {
        boolean same = target.provider().protocol() == question.protocol();
        // What answers within this process has no address to pass anything on to.
        boolean reachable = target.provider().baseUrl().getHost() != null;
        // What another provider signed would be refused, and what is kept here is not known there.
        return same && reachable && !question.mayBringBack() ? passed : translated;
    }
}
