package hal0.tui.state;

import hal0.agent.context.SlashCommand;
import hal0.providers.ModelInfo;
import hal0.providers.price.Price;
import hal0.relay.control.ModelChoice;
import hal0.relay.control.ProviderStatus;
import hal0.tui.state.Overlay.Choice;
import hal0.tui.state.Overlay.Pick;
import hal0.tui.state.Overlay.Picker;
import hal0.tui.state.Overlay.Purpose;
import hal0.tui.text.Cells;
import hal0.tui.text.Safe;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// The lists from which one is chosen, and what fills them.
final class Pickers {
    static final String LOADING = "loading …";

    private Pickers() {}

    static Picker palette(List<SlashCommand> users) {
        List<Choice> choices =
                Completion.commands("", users).stream()
                        .map(c -> new Choice(pick(c), c.label(), Safe.oneLine(c.help())))
                        .toList();
        return Picker.of(Purpose.PALETTE, choices, null);
    }

    private static Pick pick(Completion command) {
        return switch (command) {
            case Completion.Own(var own) -> new Pick.Run(own);
            case Completion.Users(var users) -> new Pick.Users(users);
            case Completion.Argument argument -> new Pick.Run(argument.command());
            case Completion.File(var path) -> new Pick.Past("@" + path + " ");
        };
    }

    static UiState opened(UiState state, Sheet sheet) {
        return state.push(sheet);
    }

    static UiState sessionsLoaded(UiState state, List<StoredSession> sessions) {
        List<Choice> choices =
                sessions.stream()
                        .map(s ->
                                new Choice(
                                        new Pick.Resume(s.id()),
                                        Safe.oneLine(s.title()),
                                        Safe.oneLine(s.detail())))
                        .toList();
        String note = sessions.isEmpty() ? "nothing was said in this folder yet" : null;
        return filled(state, Purpose.SESSIONS, note, choices);
    }

    static Picker history(History history) {
        List<Choice> choices =
                history.entries().reversed().stream()
                        .map(e -> new Choice(new Pick.Past(e), Safe.oneLine(e), ""))
                        .toList();
        return Picker.of(Purpose.HISTORY, choices, null);
    }

    static UiState modelsLoaded(UiState state, List<ModelChoice> models, boolean last) {
        List<Choice> choices = models.stream().map(Pickers::model).toList();
        return filled(state, Purpose.MODEL, last ? null : LOADING, choices);
    }

    private static Choice model(ModelChoice model) {
        ModelInfo info = model.info();
        String reachable = model.listed() ? "✓ " : "  ";
        String context = info.contextWindow() == null ? "" : tokens(info.contextWindow()) + " ctx";
        String price = model.local() ? "local" : price(info.price());
        String detail = reachable + Cells.pad(context, 10) + price;
        String label = Safe.oneLine(model.provider() + "/" + info.id());
        return new Choice(new Pick.Use(model.provider(), info.id()), label, detail);
    }

    private static String price(Price price) {
        return price.input() == null || price.output() == null
                ? "price n/a"
                : "$" + price.input().toPlainString() + "/" + price.output().toPlainString();
    }

    static String tokens(long count) {
        if (count < 10_000) {
            return Long.toString(count);
        }
        return count < 1_000_000
                ? count / 1000 + "k"
                : String.format(Locale.ROOT, "%.1fM", count / 1_000_000.0).replace(".0M", "M");
    }

    static UiState providersLoaded(UiState state, List<ProviderStatus> providers) {
        List<Choice> choices =
                providers.stream()
                        .map(p ->
                                new Choice(
                                        new Pick.Use(p.id(), null),
                                        Safe.oneLine(p.id()),
                                        Safe.oneLine(key(p) + " · " + p.baseUrl())))
                        .toList();
        return filled(state, Purpose.PROVIDER, null, choices);
    }

    private static String key(ProviderStatus provider) {
        return switch (provider.keyState()) {
            case SET -> "✓ key set";
            case MISSING -> "set " + String.join(" or ", provider.keyNames());
            case NOT_NEEDED -> provider.local() ? "✓ local" : "✓ no key needed";
        };
    }

    static UiState found(UiState state, List<FirstChoice> found) {
        List<Choice> choices = new ArrayList<>();
        for (FirstChoice choice : found) {
            choices.add(
                    new Choice(
                            new Pick.Use(choice.provider(), choice.model()),
                            Safe.oneLine(choice.provider()),
                            Safe.oneLine(choice.reason())));
        }
        if (found.stream().noneMatch(c -> c.provider().equals("demo"))) {
            choices.add(
                    new Choice(
                            new Pick.Use("demo", null), "demo", "a built-in model; needs nothing"));
        }
        String note =
                found.isEmpty()
                        ? "no key in the environment, no server on loopback; /help says more"
                        : null;
        return filled(state, Purpose.FIRST_RUN, note, choices);
    }

    /// Adds what was loaded to the picker that waits for it, if it is still open.
    private static UiState filled(
            UiState state, Purpose purpose, @Nullable String note, List<Choice> more) {
        if (!(state.top() instanceof Picker picker) || picker.purpose() != purpose) {
            return state;
        }
        List<Choice> all = new ArrayList<>(picker.choices());
        for (Choice choice : more) {
            if (all.stream().noneMatch(c -> c.pick().equals(choice.pick()))) {
                all.add(choice);
            }
        }
        return state.replaceTop(picker.withChoices(all, note));
    }

    static UiState loadFailed(UiState state, String message) {
        if (state.top() instanceof Picker picker) {
            return state.replaceTop(picker.withChoices(picker.choices(), Safe.oneLine(message)));
        }
        return state.withHint(Safe.oneLine(message));
    }
}
