package hal0.tui.state;

import hal0.agent.checkpoint.Direction;
import hal0.agent.context.SlashCommand;
import hal0.tui.state.Effect.Next;
import hal0.tui.text.Safe;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What the commands do.
public final class Commands {
    private static final String NOT_YET = "the relay is not there yet; try again in a moment";
    private static final String WAIT = "interrupt the answer first (Esc)";

    private Commands() {}

    /// A prompt that begins with `/` and was entered.
    static Next entered(UiState state) {
        String text = state.prompt().expanded();
        String[] parts = text.strip().split("\\s+", 2);
        Optional<Command> command = Command.find(parts[0].substring(1));
        if (command.isPresent()) {
            UiState cleared = state.with(state.prompt().cleared());
            return run(cleared, command.get(), parts.length > 1 ? parts[1].strip() : "");
        }
        Optional<SlashCommand> users =
                state.offers().commands().stream()
                        .filter(each -> each.name().equals(parts[0].substring(1)))
                        .findFirst();
        if (users.isPresent()) {
            UiState cleared = state.with(state.prompt().cleared()).with(state.history().with(text));
            return users(cleared, users.get(), parts.length > 1 ? parts[1] : "");
        }
        boolean path = parts[0].indexOf('/', 1) > 0 || text.startsWith("//");
        return path
                ? PromptKeys.send(state)
                : Next.of(
                        state.withHint(
                                "no command "
                                        + Safe.oneLine(parts[0])
                                        + "; a blank before it sends it as a message"));
    }

    static Next run(UiState state, Command command, String argument) {
        return switch (command) {
            case HELP -> Next.of(state.push(new Overlay.Help(0)));
            case MODEL -> model(state, argument);
            case PROVIDER -> provider(state, argument);
            case SETTINGS -> settings(state, argument);
            case SLOTS -> named(state, argument, Place.Kind.SLOTS, Place.Kind.SLOT);
            case RELAY -> board(state, Board.of(Place.of(Place.Kind.RELAY)));
            case SPEND -> spend(state, argument);
            case DOCTOR -> BoardKeys.open(state, Board.of(Place.of(Place.Kind.DOCTOR)));
            case CLEAR, NEW -> forget(state);
            case RESUME, SESSIONS -> resume(state, argument);
            case FORK -> between(state, new Effect.Fork());
            case UNDO -> between(state, new Effect.Preview(Direction.UNDO));
            case REDO -> between(state, new Effect.Preview(Direction.REDO));
            case CONTEXT -> between(state, new Effect.ShowContext());
            case COMPACT -> compact(state);
            case DIFF -> between(state, new Effect.ShowChanges());
            case COPY -> between(state, new Effect.CopyAnswer(argument));
            case EXPORT -> between(state, new Effect.Export(argument));
            case FIND -> Next.of(Find.opened(state, argument));
            case TOKENS -> Next.of(state.push(Receipt.tokens(state.session())));
            case EXPAND -> between(state, new Effect.Expand());
            case MEMORY -> BoardKeys.open(state, Board.of(Place.of(Place.Kind.MEMORY)));
            case PERMISSIONS -> permissions(state, argument);
            case AGENTS -> BoardKeys.open(state, Board.of(Place.of(Place.Kind.AGENTS)));
            case MCP ->
                    argument.isEmpty()
                            ? BoardKeys.open(state, Board.settings(Place.Kind.MCP))
                            : BoardKeys.open(
                                    state, Board.of(new Place(Place.Kind.SERVER, argument)));
            case INIT -> users(state, OwnCommands.INIT, argument);
            case REVIEW -> users(state, OwnCommands.REVIEW, argument);
            case THEME -> Themes.named(state, argument);
            case VIM -> Next.of(state.withVim(state.typing().vim().isOff()));
            case EXIT, QUIT -> Next.of(state, new Effect.Quit());
        };
    }

    private static Next settings(UiState state, String argument) {
        return CommandWords.tab(argument)
                .map(tab -> BoardKeys.open(state, Board.settings(tab)))
                .orElseGet(() -> unknown(state, Command.SETTINGS, argument));
    }

    private static Next spend(UiState state, String argument) {
        return CommandWords.spending(argument)
                .map(by -> board(state, Board.spend(by)))
                .orElseGet(() -> unknown(state, Command.SPEND, argument));
    }

    private static Next permissions(UiState state, String argument) {
        if (argument.isEmpty()) {
            return BoardKeys.open(state, Board.settings(Place.Kind.PERMISSIONS));
        }
        return CommandWords.mode(argument)
                .map(mode -> PromptKeys.mode(state, mode))
                .orElseGet(() -> unknown(state, Command.PERMISSIONS, argument));
    }

    private static Next unknown(UiState state, Command command, String argument) {
        return Next.of(
                state.withHint(
                        "no %s in /%s; there are %s"
                                .formatted(
                                        Safe.oneLine(argument),
                                        command.word(),
                                        CommandWords.list(command))));
    }

    /// All of them, or one by its name.
    private static Next named(UiState state, String name, Place.Kind all, Place.Kind one) {
        return board(state, Board.of(name.isEmpty() ? Place.of(all) : new Place(one, name)));
    }

    private static Next model(UiState state, String argument) {
        Active active = state.session().active();
        if (argument.isEmpty()) {
            return state.session().lacksModel()
                    ? Welcome.opened(state)
                    : BoardKeys.open(state, Board.of(Place.of(Place.Kind.MODELS)));
        }
        int slash = argument.indexOf('/');
        if (active == null && slash < 0) {
            return Next.of(state.withHint("no provider yet: /model PROVIDER/MODEL, or /provider"));
        }
        if (active == null) {
            return use(state, argument.substring(0, slash), argument.substring(slash + 1));
        }
        String model = withoutPrefix(argument, active.provider());
        return slash > 0 && model.equals(argument)
                ? does(state, new Effect.UseNamed(argument, active.provider()))
                : use(state, active.provider(), model);
    }

    private static String withoutPrefix(String model, String provider) {
        return model.startsWith(provider + "/") ? model.substring(provider.length() + 1) : model;
    }

    private static Next provider(UiState state, String argument) {
        return argument.isEmpty()
                ? BoardKeys.open(state, Board.settings(Place.Kind.PROVIDERS))
                : use(state, argument, null);
    }

    private static Next board(UiState state, Board board) {
        return state.session().relay() instanceof Relay.Up
                ? BoardKeys.open(state, board)
                : Next.of(state.withHint(NOT_YET));
    }

    static Next use(UiState state, String provider, @Nullable String model) {
        return does(state, new Effect.Use(provider, model));
    }

    private static Next does(UiState state, Effect.Work use) {
        if (!(state.session().relay() instanceof Relay.Up)) {
            return Next.of(state.withHint(NOT_YET));
        }
        return Next.of(state, use);
    }

    /// Says what a command of the user's stands for.
    static Next users(UiState state, SlashCommand command, String arguments) {
        String text = command.expand(arguments);
        String model = command.model();
        if (model == null) {
            return Reducer.send(state, text);
        }
        return state.session().isRunning() || !state.session().relay().isSettled()
                ? Next.of(state.withHint(WAIT))
                : Reducer.begin(state, text, new Effect.SendTo(model, text));
    }

    /// `!` and a command line.
    public static boolean isShell(String text) {
        return text.startsWith("!") && text.strip().length() > 1;
    }

    /// `#` and a line; what begins with a heading goes on below it, and `#12` is the number of
    /// something.
    public static boolean isNote(String text) {
        return text.startsWith("#")
                && text.strip().length() > 1
                && text.strip().indexOf('\n') < 0
                && !Character.isDigit(text.charAt(1))
                && !text.startsWith("##");
    }

    /// Whether the prompt is on its way to one of these.
    public static boolean isAside(String text) {
        return text.equals("!") || text.equals("#") || isShell(text) || isNote(text);
    }

    /// What was entered that is not said to the model at once.
    static Next aside(UiState state) {
        String text = state.prompt().expanded();
        UiState next = state.with(state.prompt().cleared()).with(state.history().with(text));
        String rest = text.substring(1).strip();
        if (text.startsWith("#")) {
            return Next.of(next, new Effect.Note(rest), new Effect.Remember(text));
        }
        if (state.session().isRunning()) {
            return Next.of(state.withHint(WAIT));
        }
        Next begun = Reducer.begin(next, text, new Effect.Shell(rest));
        List<Effect> effects = new ArrayList<>(begun.effects());
        effects.add(new Effect.Remember(text));
        return new Next(begun.state(), effects);
    }

    private static Next resume(UiState state, String argument) {
        if (state.session().isRunning()) {
            return Next.of(state.withHint(WAIT));
        }
        return argument.isEmpty()
                ? BoardKeys.open(state, Board.sessions())
                : Next.of(state, new Effect.Resume(argument));
    }

    private static Next compact(UiState state) {
        if (state.session().isRunning()) {
            return Next.of(state.withHint(WAIT));
        }
        Session session = state.session().begun();
        return Next.of(state.with(session), new Effect.Compact());
    }

    /// Done between turns only.
    static Next between(UiState state, Effect.Work work) {
        return state.session().isRunning() ? Next.of(state.withHint(WAIT)) : Next.of(state, work);
    }

    private static Next forget(UiState state) {
        if (state.session().isRunning()) {
            return Next.of(state.withHint(WAIT));
        }
        UiState next = state.inAnother(Transcript.EMPTY).with(state.session().forgotten());
        return Next.of(next, new Effect.Forget());
    }
}
