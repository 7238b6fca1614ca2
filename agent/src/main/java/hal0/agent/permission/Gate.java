package hal0.agent.permission;

import hal0.providers.http.CancelToken;

/// Lets calls of tools pass, or not.
///
/// **Threads** one turn asks at a time.
@FunctionalInterface
public interface Gate {

    /// Decides about a call before it is run; blocks while the user is asked.
    Verdict pass(Intent intent, CancelToken cancel);

    /// What came of it.
    sealed interface Verdict {
        record Passed() implements Verdict {}

        /// `reason` is for the model and the user: what was refused, why, and which rule would have
        /// allowed it. `unasked` when nobody could be asked, so that a rule was wanting.
        record Refused(String reason, boolean unasked) implements Verdict {}
    }
}
