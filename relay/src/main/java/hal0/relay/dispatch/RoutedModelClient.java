package hal0.relay.dispatch;

import hal0.home.error.ErrorKind;
import hal0.providers.Answer;
import hal0.providers.ChatStream;
import hal0.providers.ModelClient;
import hal0.providers.error.ProviderException;
import hal0.providers.error.Setback;
import hal0.providers.http.CancelToken;
import hal0.providers.message.ChatRequest;
import hal0.providers.message.Message;
import hal0.relay.budget.Budget;
import hal0.relay.budget.TokenEstimate;
import hal0.relay.rescue.HeldStream;
import hal0.relay.rescue.RescuedStream;
import hal0.relay.timing.Waits;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/// Answers requests of this process: routed, tried and metered exactly as those that come over
/// HTTP.
public final class RoutedModelClient implements ModelClient {

    /// Opens one answer of one target: writes the request in its dialect, sends it, reads the head.
    public interface Opener {
        ChatStream open(Target target, ChatRequest request, CancelToken cancel);
    }

    private final Router router;
    private final Attempts attempts;
    private final Opener opener;
    private final Metering metering;
    private final InstantSource clock;

    public RoutedModelClient(
            Router router,
            Attempts attempts,
            Opener opener,
            Metering metering,
            InstantSource clock) {
        this.router = router;
        this.attempts = attempts;
        this.opener = opener;
        this.metering = metering;
        this.clock = clock;
    }

    @Override
    public Answer open(ChatRequest request, Call call) {
        long started = System.nanoTime();
        String id = RequestId.mint();
        return open(id, started, router.decideHere(id, request.model()), request, call);
    }

    /// Asks one target, whatever routes say: for who wants to know what that very model does.
    public Answer open(Target target, ChatRequest request, Call call) {
        Decision decision = Decision.of(request.model(), target, "direct", List.of());
        return open(RequestId.mint(), System.nanoTime(), decision, request, call);
    }

    Answer open(String id, long started, Decision decision, ChatRequest request, Call call) {
        Meter meter =
                metering.begin(
                        new Meter.Caller(
                                id,
                                clock.instant(),
                                started,
                                call.client(),
                                new Budget.Purse(call.session(), call.turn()),
                                null,
                                decision.target().provider().protocol().shortName(),
                                request.model(),
                                request.stream(),
                                () -> TokenEstimate.of(request)),
                        new Waits());
        meter.decided(decision);
        boolean opened = false;
        try {
            Attempts.Opened<HeldStream> answer =
                    attempts.open(decision, call.cancel(), meter, asking(request, call, meter));
            meter.head();
            opened = true;
            return new MeteredAnswer(id, answer.target(), stream(answer), meter);
        } catch (ProviderException e) {
            meter.failed(e);
            throw e;
        } catch (BreakerOpenException e) {
            throw e.asFailure();
        } finally {
            if (!opened) {
                // A fault of ours, unless the call failed: then this says nothing any more.
                meter.failed(ErrorKind.INTERNAL);
            }
        }
    }

    private static ChatStream stream(Attempts.Opened<HeldStream> answer) {
        return new RescuedStream(answer.value(), answer.continuation());
    }

    private Attempts.Attempt<HeldStream> asking(ChatRequest request, Call call, Meter meter) {
        return new Attempts.Attempt<>() {
            @Override
            public HeldStream open(Target target) {
                return new HeldStream(timed(target, request));
            }

            @Override
            public void hold(HeldStream opened) {
                if (request.stream()) {
                    opened.hold(RescueRules.LONGEST_HOLD);
                } else {
                    opened.holdAll();
                }
            }

            @Override
            public void setback(Setback setback) {
                call.setbacks().accept(setback);
            }

            @Override
            public ChatStream ask(Target target, List<Message> more) {
                List<Message> messages = new ArrayList<>(request.messages());
                messages.addAll(more);
                return timed(target, request.withMessages(messages));
            }

            private ChatStream timed(Target target, ChatRequest asked) {
                long before = System.nanoTime();
                try {
                    return opener.open(target, asked, call.cancel());
                } finally {
                    meter.waited(System.nanoTime() - before);
                }
            }
        };
    }
}
