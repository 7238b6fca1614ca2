package hal0.tui.state;

import hal0.tui.state.Effect.Next;
import hal0.tui.terminal.Key;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What is selected of the prompt: by Shift and a key that moves, or by vim's visual modes.
public final class PromptSelection {
    private PromptSelection() {}

    /// `[from, to)` of the prompt's text.
    public record Range(int from, int to) {}

    /// Null where nothing is.
    public static @Nullable Range of(UiState state) {
        Prompt prompt = state.prompt();
        Vim vim = state.typing().vim();
        if (vim.isVisual()) {
            VimEdit.Span span = VimVisual.of(prompt, vim).span();
            return new Range(span.from(), span.to());
        }
        return prompt.isSelected() ? new Range(prompt.selectedFrom(), prompt.selectedTo()) : null;
    }

    /// Selects to where the key moves the caret.
    static UiState extended(UiState state, Key key) {
        Prompt prompt = state.prompt();
        Prompt bare = prompt.at(prompt.caret());
        Prompt moved =
                switch (key.code()) {
                    case LEFT -> key.ctrl() ? bare.wordLeft() : bare.left();
                    case RIGHT -> key.ctrl() ? bare.wordRight() : bare.right();
                    case HOME -> bare.lineStart();
                    case END -> bare.lineEnd();
                    case UP -> vertical(state, bare, -1);
                    case DOWN -> vertical(state, bare, 1);
                    case CHARACTER,
                            ENTER,
                            TAB,
                            ESCAPE,
                            BACKSPACE,
                            DELETE,
                            INSERT,
                            PAGE_UP,
                            PAGE_DOWN,
                            FUNCTION ->
                            bare;
                };
        return state.with(prompt.selecting(moved));
    }

    /// Beyond the first and the last line to the beginning and the end.
    private static Prompt vertical(UiState state, Prompt prompt, int by) {
        PromptLayout layout = PromptLayout.of(prompt, Geometry.promptWidth(state.screen().size()));
        int line = layout.caretLine() + by;
        if (line < 0 || line >= layout.lines().size()) {
            return prompt.at(line < 0 ? 0 : prompt.text().length());
        }
        return prompt.at(layout.indexAt(prompt, line, layout.caretColumn()));
    }

    /// Whether Shift with an arrow up or down is about the prompt, and not the transcript.
    static boolean hasLines(UiState state) {
        Prompt prompt = state.prompt();
        return PromptLayout.of(prompt, Geometry.promptWidth(state.screen().size())).lines().size()
                > 1;
    }

    /// Where the program copies to and yanks from; the selection is gone, so that the same key can
    /// mean something else next.
    static Next copied(UiState state) {
        Prompt prompt = state.prompt();
        String text = prompt.expanded(prompt.selectedFrom(), prompt.selectedTo());
        return Next.of(
                state.with(prompt.at(prompt.caret())), new Effect.Copy(text, Pointing.what(text)));
    }

    static Next cut(UiState state) {
        Prompt prompt = state.prompt();
        if (!prompt.isSelected()) {
            return Next.of(state.withHint("nothing is selected in the prompt"));
        }
        Next copied = copied(state);
        List<Effect> effects = new ArrayList<>(copied.effects());
        return new Next(state.with(prompt.killSelected()), effects);
    }
}
