package hal0.relay.answer;

import hal0.home.error.ErrorKind;
import hal0.providers.error.ProviderException;
import hal0.providers.http.CancelToken;
import hal0.relay.dispatch.Attempts;
import hal0.relay.dispatch.Attempts.Attempt;
import hal0.relay.dispatch.Attempts.Opened;
import hal0.relay.dispatch.BreakerOpenException;
import hal0.relay.dispatch.Decision;
import hal0.relay.dispatch.Meter;
import hal0.relay.error.RelayException;
import hal0.relay.timing.Waits;

/// Has an answer opened by one of the targets of a decision and gives it to the client, whatever
/// was asked and however a try asks it; the meter hears how it ended.
///
/// **Threads** any; one call per request, on the request's thread.
public final class Serving {
    private final Attempts attempts;

    public Serving(Attempts attempts) {
        this.attempts = attempts;
    }

    /// Answers the client, whatever happens, or throws before anything of an answer went out.
    ///
    /// **Errors** [RelayException] when no provider answered, with headers that say who was asked,
    /// or none may be asked for the moment; that and [BadBodyException] for what shows only while
    /// it is asked.
    public void answer(
            Decision decision,
            Meter meter,
            Reply reply,
            CancelToken cancel,
            Attempt<OpenAnswer> attempt) {
        try {
            ScopedValue.where(Waits.CURRENT, meter.waits())
                    .run(() -> answered(decision, meter, reply, cancel, attempt));
        } catch (BreakerOpenException e) {
            throw RelayException.later(
                    503, "upstream.breaker_open", String.valueOf(e.getMessage()), e.delay());
        } catch (ProviderException e) {
            meter.failed(e);
            throw RelayException.of(e).with(AnswerHeaders.tried(decision, meter));
        } catch (RelayException | BadBodyException e) {
            meter.failed(ErrorKind.REJECTED);
            throw e;
        } finally {
            // Whatever ended the copy without saying how: a fault of ours, or a client that is
            // gone.
            meter.failed(cancel.isCancelled() ? ErrorKind.CANCELLED : ErrorKind.INTERNAL);
        }
    }

    private void answered(
            Decision decision,
            Meter meter,
            Reply reply,
            CancelToken cancel,
            Attempt<OpenAnswer> attempt) {
        Opened<OpenAnswer> opened = attempts.open(decision, cancel, meter, attempt);
        Delivery delivery =
                new Delivery(
                        decision, opened.attempts(), meter, reply, cancel, opened.continuation());
        try (OpenAnswer answer = opened.value()) {
            answer.deliver(delivery);
        } catch (ProviderException e) {
            opened.continuation().broke(e);
            throw e;
        }
    }
}
