package hal0.tui.state;

import hal0.tui.terminal.Size;
import hal0.tui.theme.Palette;
import hal0.tui.theme.Palettes;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// All that the screen shows.
///
/// **Shape** `overlays` is a stack, the last one has the keys; `hint` stands until the next key;
/// `offers` is what can be completed.
public record UiState(
        About about,
        Screen screen,
        Transcript transcript,
        Typing typing,
        Session session,
        List<Overlay> overlays,
        @Nullable Hint hint,
        Offers offers) {

    public UiState {
        overlays = List.copyOf(overlays);
    }

    /// What does not change.
    public record About(String version, String configFile) {}

    /// A short word to the user, and what doing the same again does.
    public record Hint(String text, Again again) {}

    /// What the same key does when it is pressed twice.
    public enum Again {
        NOTHING,
        LEAVE,
        EDIT
    }

    /// Before anything was said.
    public static UiState starting(About about, Size size, boolean light, @Nullable Active active) {
        return starting(about, size, Palettes.plain(light), active, Earlier.NOTHING);
    }

    public static UiState starting(
            About about, Size size, Palette palette, @Nullable Active active, Earlier earlier) {
        return new UiState(
                about,
                Screen.starting(size, palette),
                earlier.transcript(),
                Typing.NOTHING,
                Session.starting(active, earlier),
                List.of(),
                null,
                Offers.NONE);
    }

    /// The theme to draw with: while one is being chosen, the one that is looked at.
    public Palette palette() {
        return top() instanceof Overlay.Picker picker
                        && picker.chosen() instanceof Overlay.Pick.Theme(_, var looked)
                ? looked
                : screen.palette();
    }

    /// Whether the user has to choose what to talk to, and was not asked yet.
    boolean wantsModel() {
        return Welcome.isDue(this);
    }

    /// A line for who has said nothing yet; null where there is nothing to tell.
    public @Nullable String welcome() {
        if (wantsModel()) {
            return "Ctrl+O chooses what to talk to";
        }
        String when = screen.welcome().cutOff();
        return when.isEmpty()
                ? null
                : "/resume last goes on with the session that was cut off here " + when;
    }

    public Prompt prompt() {
        return typing.prompt();
    }

    public int completion() {
        return typing.completion();
    }

    History history() {
        return typing.history();
    }

    UiState with(Screen other) {
        return new UiState(about, other, transcript, typing, session, overlays, hint, offers);
    }

    UiState with(Transcript other) {
        return new UiState(about, screen, other, typing, session, overlays, hint, offers);
    }

    /// In another conversation, seen from its end.
    UiState inAnother(Transcript other) {
        return with(other).with(screen.elsewhere());
    }

    UiState with(Typing other) {
        return new UiState(about, screen, transcript, other, session, overlays, hint, offers);
    }

    UiState with(Prompt other) {
        return with(typing.with(other));
    }

    UiState with(Vim other) {
        return with(typing.with(other));
    }

    /// With vim keys in the prompt, or without.
    public UiState withVim(boolean on) {
        return with(on ? Vim.started() : Vim.OFF);
    }

    UiState withCompletion(int chosen) {
        return with(typing.withCompletion(chosen));
    }

    UiState with(History other) {
        return with(typing.with(other));
    }

    UiState with(Session other) {
        return new UiState(about, screen, transcript, typing, other, overlays, hint, offers);
    }

    UiState withHint(@Nullable Hint other) {
        return new UiState(about, screen, transcript, typing, session, overlays, other, offers);
    }

    UiState withHint(String text) {
        return withHint(new Hint(text, Again.NOTHING));
    }

    UiState with(Offers other) {
        return new UiState(about, screen, transcript, typing, session, overlays, hint, other);
    }

    UiState withScroll(Scroll scroll) {
        return with(screen.with(scroll));
    }

    private UiState withOverlays(List<Overlay> other) {
        return new UiState(about, screen, transcript, typing, session, other, hint, offers);
    }

    /// With nothing that is still being written.
    public UiState closed() {
        return with(transcript.closed());
    }

    /// The overlay that has the keys, or null.
    public @Nullable Overlay top() {
        return overlays.isEmpty() ? null : overlays.getLast();
    }

    UiState push(Overlay overlay) {
        List<Overlay> more = new ArrayList<>(overlays);
        more.add(overlay);
        return withOverlays(more);
    }

    UiState pop() {
        return overlays.isEmpty() ? this : withOverlays(overlays.subList(0, overlays.size() - 1));
    }

    UiState replaceTop(Overlay overlay) {
        return pop().push(overlay);
    }

    UiState withoutOverlays() {
        return withOverlays(List.of());
    }

    UiState withoutBoards() {
        return withOverlays(overlays.stream().filter(each -> !(each instanceof Board)).toList());
    }

    UiState without(Place.Kind kind) {
        return withOverlays(
                overlays.stream()
                        .filter(each ->
                                !(each instanceof Board board && board.place().kind() == kind))
                        .toList());
    }

    UiState mapOverlays(UnaryOperator<Overlay> change) {
        return withOverlays(overlays.stream().map(change).toList());
    }

    /// Those that were opened over a question stay.
    UiState withoutQuestions() {
        return withOverlays(
                overlays.stream().filter(each -> !(each instanceof Overlay.Question)).toList());
    }

    /// The part of the transcript that is shown.
    public Viewport viewport() {
        Geometry geometry = Geometry.of(this);
        return new Viewport(
                transcript, geometry.textWidth(), geometry.transcriptRows(), screen.folds());
    }

    /// What would fit if that was typed.
    public List<Completion> completionsOf(String typed) {
        return with(Prompt.of(typed)).completions();
    }

    /// What fits what is being typed: commands, or files after an `@`; empty when it is neither.
    public List<Completion> completions() {
        String text = prompt().text();
        boolean command = text.startsWith("/") && text.chars().noneMatch(c -> c <= ' ');
        if (command) {
            return prompt().caret() == text.length()
                    ? Completion.commands(text.substring(1), offers.commands())
                    : List.of();
        }
        CommandArgument argument = CommandArgument.at(prompt());
        if (argument != null) {
            List<Suggestion> all = offers.suggestionsFor(argument.command());
            return Completion.arguments(argument.command(), argument.typed(), all);
        }
        AtFile typed = AtFile.at(prompt());
        return typed == null ? List.of() : offers.files(typed.typed());
    }
}
