package hal0.tui.state;

import hal0.tui.state.Effect.Next;
import hal0.tui.text.Safe;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What the commands do.
final class Commands {
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
            case SETTINGS -> Next.of(state.push(new Overlay.Settings(Overlay.Tab.MODEL, 0, "")));
            case CLEAR, NEW -> forget(state);
            case THEME -> Next.of(Keys.themed(state));
            case EXIT, QUIT -> Next.of(state, new Effect.Quit());
        };
    }

    private static Next model(UiState state, String argument) {
        Active active = state.session().active();
        if (argument.isEmpty()) {
            return open(
                    state,
                    Overlay.Purpose.MODEL,
                    new Effect.LoadModels(active == null ? null : active.provider()));
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
                ? open(state, Overlay.Purpose.PROVIDER, new Effect.LoadProviders())
                : use(state, argument, null);
    }

    private static Next open(UiState state, Overlay.Purpose purpose, Effect load) {
        if (!(state.session().relay() instanceof Relay.Up)) {
            return Next.of(state.withHint("the relay is not there yet; try again in a moment"));
        }
        return Next.of(state.push(Overlay.Picker.of(purpose, List.of(), Pickers.LOADING)), load);
    }

    static Next use(UiState state, String provider, @Nullable String model) {
        return does(state, new Effect.Use(provider, model));
    }

    private static Next does(UiState state, Effect.Work use) {
        if (!(state.session().relay() instanceof Relay.Up)) {
            return Next.of(state.withHint("the relay is not there yet; try again in a moment"));
        }
        return Next.of(state, use);
    }

    private static Next forget(UiState state) {
        if (state.session().isRunning()) {
            return Next.of(state.withHint("interrupt the answer first (Esc)"));
        }
        UiState next =
                state.with(Transcript.EMPTY)
                        .with(state.session().forgotten())
                        .withScroll(new Scroll.Following());
        return Next.of(next, new Effect.Forget());
    }
}
