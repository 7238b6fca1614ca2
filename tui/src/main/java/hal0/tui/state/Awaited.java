package hal0.tui.state;

import hal0.tui.state.Effect.Next;
import hal0.tui.terminal.Key;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Keys that act on a row before the rows are there: they are kept, and done once it is certain
/// which row they mean.
final class Awaited {
    private Awaited() {}

    /// Whether a key means a row that may still come.
    static boolean waits(UiState state, Board board, Key key) {
        boolean acts = key.code() == Key.Code.ENTER || isAct(key);
        return acts && mayCome(state, board);
    }

    /// A place that was asked for before there was a relay is asked for again when it is there.
    private static boolean mayCome(UiState state, Board board) {
        return board.isFilling() || !state.session().relay().isSettled();
    }

    private static boolean isAct(Key key) {
        return key.alt() && key.code() == Key.Code.CHARACTER;
    }

    /// What acts, and is pressed again, takes the row that is seen by now.
    static Next pressed(UiState state, Board board, Step.Awaiting awaiting, Key key) {
        boolean again = key.code() == Key.Code.ENTER && board.chosen() != null;
        return again && awaiting.keys().size() == 1
                ? BoardKeys.walking(state, board.withStep(null), key)
                : Next.of(state.replaceTop(board.withStep(awaiting.and(key))));
    }

    /// What a place holds has come.
    static Next filled(UiState state, Place place, Board.Content content) {
        UiState next =
                state.mapOverlays(each ->
                        each instanceof Board board && board.place().equals(place)
                                ? with(board, content)
                                : each);
        return next.top() instanceof Board board
                        && board.place().equals(place)
                        && board.step() instanceof Step.Awaiting(var keys)
                ? done(next, board, keys)
                : Next.of(next);
    }

    /// Nobody has chosen a row that was not seen: the best of all is meant, wherever it comes.
    private static Board with(Board board, Board.Content content) {
        Board next = board.withContent(content);
        return board.step() instanceof Step.Awaiting ? next.moved(-next.selected()) : next;
    }

    private static Next done(UiState state, Board board, List<Key> keys) {
        if (mayCome(state, board) && !isNamed(board)) {
            return Next.of(state);
        }
        Board idle = board.withStep(null);
        if (board.chosen() == null) {
            return Next.of(state.replaceTop(idle.withSaid("nothing to choose")));
        }
        return behind(
                board,
                BoardKeys.walking(state, idle, keys.getFirst()),
                keys.subList(1, keys.size()));
    }

    /// Whether the filter names the chosen row, which no row that comes can change.
    private static boolean isNamed(Board board) {
        Board.Line.Row row = board.chosen();
        String typed = board.filter().strip().toLowerCase(Locale.ROOT);
        return row != null
                && !typed.isEmpty()
                && (row.id().toLowerCase(Locale.ROOT).equals(typed)
                        || row.id().toLowerCase(Locale.ROOT).endsWith("/" + typed));
    }

    /// Keys after the first. Where the board closed they are the prompt's; where it asks something
    /// that nobody saw yet they answer nothing, and only what was typed is kept, in the prompt.
    private static Next behind(Board board, Next first, List<Key> keys) {
        boolean closed =
                first.state().overlays().stream()
                        .noneMatch(
                                each -> each instanceof Board b && b.place().equals(board.place()));
        UiState state = first.state();
        List<Effect> effects = new ArrayList<>(first.effects());
        for (Key key : keys) {
            if (closed) {
                Next next = Keys.pressed(state, key);
                state = next.state();
                effects.addAll(next.effects());
            } else if (key.isTyped()) {
                state = state.with(state.prompt().insert(Character.toString(key.character())));
            }
        }
        return new Next(state, effects);
    }
}
