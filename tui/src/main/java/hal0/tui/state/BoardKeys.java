package hal0.tui.state;

import hal0.tui.state.Board.Act;
import hal0.tui.state.Effect.Next;
import hal0.tui.terminal.Key;
import hal0.tui.text.Safe;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What happens at a board.
public final class BoardKeys {
    private BoardKeys() {}

    /// Opens a board and asks for what it shows.
    static Next open(UiState state, Board board) {
        return Next.of(state.push(board), new Effect.Fill(board.place()));
    }

    static UiState regarded(UiState state, UiEvent.Regarded regarded) {
        return state.mapOverlays(each ->
                each instanceof Board board && board.place().equals(regarded.place())
                        ? board.with(
                                new Board.Beside(
                                        regarded.row(),
                                        regarded.lines(),
                                        board.beside().typed(),
                                        board.beside().rows()))
                        : each);
    }

    static UiState sought(UiState state, UiEvent.Sought sought) {
        return state.mapOverlays(each ->
                each instanceof Board board && board.place().equals(sought.place())
                        ? board.with(
                                new Board.Beside(
                                        board.beside().row(),
                                        board.beside().lines(),
                                        sought.typed(),
                                        sought.rows()))
                        : each);
    }

    /// What is told beside rows is asked for when another row is chosen, and what is looked for
    /// when something else is typed.
    static Next beside(UiState before, Next next) {
        if (!(next.state().top() instanceof Board board)
                || !(board.place().kind().sided() || board.place().kind().searched())) {
            return next;
        }
        boolean same = before.top() instanceof Board was && was.place().equals(board.place());
        Board was = same && before.top() instanceof Board old ? old : Board.of(board.place());
        List<Effect> effects = new ArrayList<>(next.effects());
        Board.Line.@Nullable Row row = board.chosen();
        boolean another = row != null && !row.isSameAs(was.chosen());
        if (board.place().kind().sided() && row != null && another) {
            effects.add(new Effect.Regard(board.place(), row.id()));
        }
        boolean typed = !board.filter().equals(was.filter()) && !board.filter().isBlank();
        if (board.place().kind().searched() && typed) {
            effects.add(new Effect.Seek(board.place(), board.filter()));
        }
        return new Next(next.state(), effects);
    }

    /// A change was done, or could not be; what is shown may be different now.
    static Next altered(UiState state, String said, boolean failed) {
        if (!(state.top() instanceof Board board)) {
            return Next.of(state.withHint(Safe.oneLine(said)));
        }
        if (board.step() instanceof Step.Entering entering && entering.sent()) {
            Step again =
                    new Step.Entering(
                            entering.doing(), entering.prompt(), Safe.oneLine(said), false);
            if (failed) {
                return Next.of(state.replaceTop(board.withStep(again)));
            }
            board = board.withStep(null);
        }
        String shown = (failed ? "✗ " : "✓ ") + Safe.oneLine(said);
        return Next.of(state.replaceTop(board.withSaid(shown)), new Effect.Fill(board.place()));
    }

    /// What failed is also said on a board that lies over the place where it is said else.
    static UiState refused(UiState state, String said) {
        return state.top() instanceof Board board
                ? state.replaceTop(board.withSaid("✗ " + Safe.oneLine(said)))
                : state;
    }

    /// A second has passed.
    static Next ticked(UiState state) {
        return isLive(state) && state.top() instanceof Board board
                ? Next.of(state, new Effect.Fill(board.place()))
                : Next.of(state);
    }

    /// Whether a second that passes is worth a thought.
    static boolean isLive(UiState state) {
        return state.top() instanceof Board board
                && board.place().kind().live()
                // What is read above its end must not move away.
                && (!board.place().kind().tail() || board.isAtEnd());
    }

    static Next escaped(UiState state, Board board) {
        if (board.step() != null) {
            return Next.of(state.replaceTop(board.withStep(null)));
        }
        return board.filter().isEmpty()
                ? Next.of(state.pop())
                : Next.of(state.replaceTop(board.withFilter("")));
    }

    static Next pressed(UiState state, Board open, Key key) {
        Board board = open.withSaid(null);
        @Nullable Step step = board.step();
        return switch (step) {
            case null -> walking(state, board, key);
            case Step.Awaiting awaiting -> Awaited.pressed(state, board, awaiting, key);
            case Step.Choosing choosing -> choosing(state, board, choosing, key);
            case Step.Confirming confirming -> confirming(state, board, confirming, key);
            case Step.Entering entering -> entering(state, board, entering, key);
        };
    }

    static Next walking(UiState state, Board board, Key key) {
        if (board.place().kind() == Place.Kind.APPROVAL && key.isTyped()) {
            return deciding(state, board, key);
        }
        boolean back = key.code() == Key.Code.LEFT || (key.code() == Key.Code.TAB && key.shift());
        if (back || key.code() == Key.Code.RIGHT || key.code() == Key.Code.TAB) {
            Board next = board.withTab(back ? -1 : 1);
            return next.equals(board)
                    ? Next.of(state)
                    : Next.of(state.replaceTop(next), new Effect.Fill(next.place()));
        }
        int jump = OverlayKeys.jump(key);
        if (jump != 0) {
            return Next.of(state.replaceTop(board.moved(jump)));
        }
        Board.Line.@Nullable Row row = board.chosen();
        if (row == null && Awaited.waits(state, board, key)) {
            return Next.of(state.replaceTop(board.withStep(new Step.Awaiting(List.of(key)))));
        }
        if (row != null && key.alt() && key.code() == Key.Code.CHARACTER) {
            return row.acts().stream()
                    .filter(act -> act.key() == key.character())
                    .findFirst()
                    .map(act -> begin(state, board, act))
                    .orElse(Next.of(state));
        }
        if (key.code() == Key.Code.ENTER) {
            return row == null ? Next.of(state) : entered(state, board, row.acts());
        }
        String filter = OverlayKeys.filtered(board.filter(), key);
        return filter.equals(board.filter())
                ? Next.of(state)
                : Next.of(state.replaceTop(board.withFilter(filter)));
    }

    /// Nothing is decided about what nobody could read yet.
    private static Next deciding(UiState state, Board board, Key key) {
        boolean approve = key.character() == 'y';
        boolean answers = approve || key.character() == 'n';
        return answers && board.content() != null
                ? Next.of(
                        state.replaceTop(board),
                        new Effect.Alter(new Change.Decide(board.place().subject(), approve)))
                : Next.of(state);
    }

    private static Next entered(UiState state, Board board, List<Act> acts) {
        boolean first = !acts.isEmpty() && acts.getFirst().key() == Act.ENTER;
        return switch (first ? 1 : acts.size()) {
            case 0 -> Next.of(state);
            case 1 -> begin(state, board, acts.getFirst());
            default -> Next.of(state.replaceTop(board.withStep(new Step.Choosing(acts, 0))));
        };
    }

    private static Next begin(UiState state, Board board, Act act) {
        Board idle = board.withStep(null);
        return switch (act.doing()) {
            case Doing.Now(var work) -> Next.of(state.replaceTop(idle), work);
            case Doing.Leave(var work) -> Next.of(state.pop(), work);
            case Doing.Say(var text) -> Next.of(state.withoutOverlays().with(Prompt.of(text)));
            case Doing.Tell(var text) -> PromptKeys.sent(state.withoutOverlays(), text);
            case Doing.EditFile(var path) ->
                    Next.of(state.replaceTop(idle), new Effect.EditFile(path));
            case Doing.Choose(var among) ->
                    Next.of(state.replaceTop(board.withStep(new Step.Choosing(among, 0))));
            case Doing.Open(var place) -> open(state.replaceTop(idle), Board.of(place));
            case Doing.Command(var command) -> Commands.run(state.replaceTop(idle), command, "");
            case Doing.Asking(var question, var work) ->
                    Next.of(state.replaceTop(board.withStep(new Step.Confirming(question, work))));
            case Doing.Entering entering -> {
                Step step = new Step.Entering(entering, Prompt.of(entering.text()), null, false);
                yield Next.of(state.replaceTop(board.withStep(step)));
            }
        };
    }

    private static Next choosing(UiState state, Board board, Step.Choosing choosing, Key key) {
        int step = OverlayKeys.step(key);
        if (step != 0) {
            int last = choosing.acts().size() - 1;
            int to = Math.clamp((long) choosing.chosen() + step, 0, last);
            return Next.of(
                    state.replaceTop(board.withStep(new Step.Choosing(choosing.acts(), to))));
        }
        if (key.code() == Key.Code.ENTER) {
            return begin(state, board, choosing.acts().get(choosing.chosen()));
        }
        return choosing.acts().stream()
                .filter(act -> key.code() == Key.Code.CHARACTER && act.key() == key.character())
                .findFirst()
                .map(act -> begin(state, board, act))
                .orElse(Next.of(state));
    }

    private static Next confirming(
            UiState state, Board board, Step.Confirming confirming, Key key) {
        boolean yes = key.code() == Key.Code.ENTER || (key.isTyped() && key.character() == 'y');
        boolean no = key.isTyped() && key.character() == 'n';
        Board idle = board.withStep(null);
        return yes
                ? Next.of(state.replaceTop(idle), confirming.work())
                : Next.of(no ? state.replaceTop(idle) : state);
    }

    private static Next entering(UiState state, Board board, Step.Entering entering, Key key) {
        if (entering.sent()) {
            return Next.of(state);
        }
        if (key.code() != Key.Code.ENTER) {
            return Next.of(edited(state, board, entering, Field.edited(entering.prompt(), key)));
        }
        String text = entering.prompt().expanded().strip();
        Doing then;
        try {
            then = entering.doing().then().apply(text);
        } catch (IllegalArgumentException e) {
            Step again =
                    new Step.Entering(entering.doing(), entering.prompt(), e.getMessage(), false);
            return Next.of(state.replaceTop(board.withStep(again)));
        }
        if (then instanceof Doing.Now(Effect.Alter alter)) {
            Step sent = new Step.Entering(entering.doing(), entering.prompt(), null, true);
            return Next.of(state.replaceTop(board.withStep(sent)), alter);
        }
        return begin(state, board, new Act(Act.ENTER, "", then));
    }

    /// A paste goes into the text that is entered, else into the filter.
    static UiState pasted(UiState state, Board board, String text) {
        String line = text.strip().replaceAll("\\s+", " ");
        if (board.step() instanceof Step.Entering entering && !entering.sent()) {
            return edited(state, board, entering, entering.prompt().insert(line));
        }
        return board.step() == null
                ? state.replaceTop(board.withFilter(board.filter() + line))
                : state;
    }

    private static UiState edited(
            UiState state, Board board, Step.Entering entering, Prompt prompt) {
        Step step = new Step.Entering(entering.doing(), prompt, null, false);
        return state.replaceTop(board.withStep(step));
    }
}
