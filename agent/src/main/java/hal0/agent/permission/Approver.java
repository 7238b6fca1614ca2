package hal0.agent.permission;

import hal0.providers.http.CancelToken;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Whoever can be asked: the user at the screen, or nobody.
///
/// **Threads** asked from the thread of the turn, which waits.
@FunctionalInterface
public interface Approver {

    /// Nobody is there: every question is a no.
    Approver NOBODY = (_, _) -> new Answer.Nobody();

    /// Blocks until there is an answer; a cancelled token ends the waiting with a no.
    Answer ask(Question question, CancelToken cancel);

    /// `why` says why this is asked; `rules` are those that would allow it, the narrowest first, as
    /// they would be written into `[permissions] allow`.
    record Question(Intent intent, String why, List<String> rules) {
        public Question {
            rules = List.copyOf(rules);
        }
    }

    /// What was answered.
    sealed interface Answer {
        record Once() implements Answer {}

        /// Until this session ends in this process.
        record Session(String rule) implements Answer {}

        /// Written to the configuration.
        record Always(String rule) implements Answer {}

        /// `instead` is what the user wants done, in words for the model.
        record No(@Nullable String instead) implements Answer {}

        /// There is nobody to answer.
        record Nobody() implements Answer {}
    }
}
