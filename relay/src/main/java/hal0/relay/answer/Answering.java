package hal0.relay.answer;

import hal0.providers.ChatStream;
import hal0.providers.client.Dialects;
import hal0.providers.error.ProviderException;
import hal0.providers.error.Setback;
import hal0.providers.http.CancelToken;
import hal0.providers.message.Message;
import hal0.relay.dispatch.Attempts;
import hal0.relay.dispatch.Decision;
import hal0.relay.dispatch.Meter;
import hal0.relay.dispatch.Target;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Gets a client's question answered by one of the targets that were decided on.
///
/// **Shape** a target that speaks the client's protocol is passed the client's own bytes; any other
/// is told in its own. **Threads** any; one call per request, on the request's thread.
public final class Answering {
    private final Serving serving;
    private final Way passed;
    private final Translating translated;

    public Answering(Attempts attempts, Way passed, Translating translated) {
        this.serving = new Serving(attempts);
        this.passed = passed;
        this.translated = translated;
    }

    /// Answers the client, whatever happens, or throws before anything of an answer went out.
    ///
    /// **Errors** [ProviderException] when no provider answered; [RelayException] when none may be
    /// asked for the moment.
    public void answer(
            Question question, Decision decision, Meter meter, Reply reply, CancelToken cancel) {
        serving.answer(
                decision, meter, reply, cancel, attempt(question, decision, meter, reply, cancel));
    }

    private Attempts.Attempt<OpenAnswer> attempt(
            Question question, Decision decision, Meter meter, Reply reply, CancelToken cancel) {
        boolean midstream = decision.rules().midstream() && question.streamed();
        return new Attempts.Attempt<>() {
            @Override
            public OpenAnswer open(Target target) {
                return way(question, target, midstream)
                        .open(question, target, midstream, meter, cancel);
            }

            @Override
            public void hold(OpenAnswer opened) {
                opened.hold();
            }

            @Override
            public @Nullable ProviderException failure(OpenAnswer opened) {
                return opened.failure();
            }

            @Override
            public void setback(Setback setback) {
                reply.setback(setback);
            }

            @Override
            public ChatStream ask(Target target, List<Message> more) {
                return translated.ask(question, target, more, meter, cancel);
            }
        };
    }

    private Way way(Question question, Target target, boolean midstream) {
        boolean same = target.provider().protocol() == question.protocol();
        if (midstream && !Dialects.of(question.protocol()).canBeTakenOver()) {
            return translated;
        }
        // What answers within this process has no address to pass anything on to.
        boolean reachable = target.provider().baseUrl().getHost() != null;
        // What another provider signed would be refused, and what is kept here is not known there.
        return same && reachable && !question.mayBringBack() ? passed : translated;
    }
}
