package hal0.tui.state;

import java.util.List;
import java.util.function.Function;

/// How an act of a board is done.
public sealed interface Doing {
    record Now(Effect.Work work) implements Doing {}

    record Leave(Effect.Work work) implements Doing {}

    record Say(String text) implements Doing {}

    /// Closes what is open and says it to the model.
    record Tell(String text) implements Doing {}

    /// Opens a file in the user's editor.
    record EditFile(String path) implements Doing {}

    record Choose(List<Board.Act> among) implements Doing {
        public Choose {
            among = List.copyOf(among);
        }
    }

    record Open(Place place) implements Doing {}

    record Command(hal0.tui.state.Command command) implements Doing {}

    record Asking(String question, Effect.Work work) implements Doing {}

    /// `then` says what to do with the text, which may be to ask for another.
    record Entering(String ask, String text, boolean masked, Function<String, Doing> then)
            implements Doing {
        public static Entering of(String ask, String text, Function<String, Effect.Work> then) {
            return new Entering(ask, text, false, entered -> new Now(then.apply(entered)));
        }

        public static Entering secret(String ask, Function<String, Effect.Work> then) {
            return new Entering(ask, "", true, entered -> new Now(then.apply(entered)));
        }
    }
}
