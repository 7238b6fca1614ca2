package hal0.relay.answer;

import hal0.providers.http.CancelToken;
import hal0.relay.dispatch.Meter;
import hal0.relay.dispatch.Target;

/// One way of asking a target what a client asked.
///
/// **Threads** any.
public interface Way {

    /// Asks once; returns with the head of the answer. The caller closes it.
    ///
    /// **Errors** [hal0.providers.error.ProviderException] when there is no answer.
    OpenAnswer open(Question question, Target target, Meter meter, CancelToken cancel);
}
