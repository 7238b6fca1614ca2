package hal0.tui.state;

import hal0.tui.terminal.Key;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What was begun on a row of a board and wants another key.
public sealed interface Step {

    /// Several acts to choose from.
    record Choosing(List<Board.Act> acts, int chosen) implements Step {
        public Choosing {
            acts = List.copyOf(acts);
        }
    }

    record Confirming(String question, Effect.Work work) implements Step {}

    /// Keys that came before the rows, in their order: the first acts on the row that will be
    /// chosen, those behind it were typed for what comes then.
    record Awaiting(List<Key> keys) implements Step {
        public Awaiting {
            keys = List.copyOf(keys);
        }

        Awaiting and(Key key) {
            List<Key> more = new ArrayList<>(keys);
            more.add(key);
            return new Awaiting(more);
        }
    }

    /// A text that is entered; `problem` says what is wrong with it. `sent` while what it is for is
    /// being done: what comes of that closes the step, or is its problem.
    record Entering(Doing.Entering doing, Prompt prompt, @Nullable String problem, boolean sent)
            implements Step {

        /// A secret stays out of logs and messages.
        @Override
        public String toString() {
            return "Entering[" + doing.ask() + "]";
        }
    }
}
