package hal0.relay.answer;

import hal0.providers.http.CancelToken;
import hal0.relay.dispatch.Meter;
import hal0.relay.dispatch.Target;

/// One way of asking a target what a client asked.
///
/// **Threads** any.
public interface Way {

    /// Asks once; returns with the head of the answer. The caller closes it. `midstream` where
    /// another target may go on with the stream, so that it must be readable on its way.
    ///
    /// **Errors** [hal0.providers.error.ProviderException] when there is no answer.
    OpenAnswer open(
            Question question, Target target, boolean midstream, Meter meter, CancelToken cancel);
}
