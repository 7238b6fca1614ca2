package hal0.tui.state;

import hal0.tui.state.Effect.Next;
import hal0.tui.state.Vim.Mode;
import hal0.tui.terminal.Key;
import hal0.tui.text.Graphemes;
import org.jspecify.annotations.Nullable;

/// Keys of the prompt in vim mode.
final class VimKeys {
    /// Signs that begin something of ours on an empty prompt.
    private static final String SIGNS = "/!#@?";

    private VimKeys() {}

    /// Null for a key that means what it means without vim.
    static @Nullable Next pressed(UiState state, Key key) {
        Vim vim = state.typing().vim();
        if (vim.mode() == Mode.INSERT) {
            return key.code() == Key.Code.ESCAPE ? Next.of(left(state)) : null;
        }
        if (key.code() == Key.Code.ESCAPE) {
            boolean rests = vim.mode() == Mode.NORMAL && vim.pending().isEmpty();
            return rests ? null : Next.of(state.with(vim.in(Mode.NORMAL)));
        }
        int letter = letter(key);
        if (letter == 0) {
            return null;
        }
        boolean sign = SIGNS.indexOf(letter) >= 0 && vim.pending().isEmpty();
        if (state.prompt().isEmpty() && sign) {
            return PromptKeys.typed(state.with(vim.in(Mode.INSERT)), letter);
        }
        return command(state, vim.pending() + Character.toString(letter));
    }

    /// The letter that a key of normal mode stands for, 0 for those that have another meaning.
    private static int letter(Key key) {
        if (key.isTyped()) {
            return key.character();
        }
        if (key.isCtrl('r')) {
            return 'R' - '@';
        }
        boolean plain = !key.ctrl() && !key.alt() && !key.shift();
        return switch (key.code()) {
            case LEFT -> plain ? 'h' : 0;
            case RIGHT -> plain ? 'l' : 0;
            case BACKSPACE -> 'h';
            case DELETE -> 'x';
            default -> 0;
        };
    }

    private static Next command(UiState state, String letters) {
        Vim vim = state.typing().vim();
        boolean visual = vim.isVisual();
        VimCommand.Read read = VimCommand.read(letters, visual);
        if (read.more()) {
            return Next.of(state.with(vim.withPending(letters)));
        }
        UiState rested = state.with(vim.withPending(""));
        VimCommand command = read.command();
        if (command == null) {
            return Next.of(rested);
        }
        return Next.of(visual ? selecting(rested, command) : done(rested, command));
    }

    private static UiState done(UiState state, VimCommand command) {
        if (command.operator() == 0) {
            switch (command.rest()) {
                case "u" -> {
                    return settled(state.with(state.typing().undone()));
                }
                case "\u0012" -> {
                    return settled(state.with(state.typing().redone()));
                }
                case "." -> {
                    return repeated(state, command);
                }
                case "j", "k" -> {
                    return vertical(state, command);
                }
                default -> {
                    // one of the others
                }
            }
        }
        VimEdit edit = VimEdit.of(state.prompt(), state.typing().vim(), command);
        if (edit == null) {
            return state;
        }
        boolean changes = !edit.prompt().text().equals(state.prompt().text());
        Vim vim = changes ? edit.vim().with(new Vim.Change(command, "")) : edit.vim();
        UiState next = state.with(edit.prompt()).with(vim);
        return vim.mode() == Mode.INSERT ? next : settled(next);
    }

    /// Lines of the screen, and beyond them what was sent before.
    private static UiState vertical(UiState state, VimCommand command) {
        UiState next = state;
        for (int i = 0; i < Math.min(command.times(), 100); i++) {
            next = command.rest().equals("j") ? PromptKeys.down(next) : PromptKeys.up(next);
        }
        return settled(next);
    }

    private static UiState repeated(UiState state, VimCommand dot) {
        Vim.Change change = state.typing().vim().repeated();
        if (change == null) {
            return state;
        }
        VimCommand command =
                dot.count() > 0 ? change.command().withCount(dot.count()) : change.command();
        UiState next = done(state, command);
        if (next.typing().vim().mode() != Mode.INSERT) {
            return next;
        }
        UiState typed = next.with(next.prompt().insert(change.typed()));
        return settled(typed.with(next.typing().vim().in(Mode.NORMAL).with(change)), true);
    }

    private static UiState selecting(UiState state, VimCommand command) {
        Vim vim = state.typing().vim();
        Prompt prompt = state.prompt();
        switch (command.rest().charAt(0)) {
            case 'v', 'V' -> {
                Mode to = command.rest().equals("v") ? Mode.VISUAL : Mode.VISUAL_LINE;
                return state.with(
                        to == vim.mode() ? vim.in(Mode.NORMAL) : vim.selecting(to, vim.anchor()));
            }
            case 'o', 'O' -> {
                return state.with(prompt.at(vim.anchor()))
                        .with(vim.selecting(vim.mode(), prompt.caret()));
            }
            default -> {
                // an operator, a motion, or an object
            }
        }
        VimEdit edit = VimVisual.of(prompt, vim).done(command);
        if (edit != null) {
            UiState next = state.with(edit.prompt()).with(edit.vim());
            return edit.vim().mode() == Mode.INSERT ? next : settled(next);
        }
        if (command.isObject()) {
            VimObject.Range range = VimObject.of(prompt.text(), prompt.caret(), command.rest());
            return range == null || range.from() == range.to()
                    ? state
                    : state.with(prompt.at(Graphemes.previous(prompt.text(), range.to())))
                            .with(vim.selecting(Mode.VISUAL, range.from()));
        }
        VimMotion.Target target =
                new VimMotion(prompt.text(), prompt.caret()).of(command, vim.find());
        return target == null ? state : state.with(prompt.at(target.at()));
    }

    /// From insert to normal mode.
    private static UiState left(UiState state) {
        Vim vim = state.typing().vim();
        Prompt prompt = state.prompt();
        Vim normal = vim.in(Mode.NORMAL);
        Vim.Inserting by = vim.inserting();
        if (by != null) {
            int grown = prompt.text().length() - by.length();
            boolean straight = grown >= 0 && prompt.caret() == by.from() + grown;
            String typed = straight ? prompt.text().substring(by.from(), prompt.caret()) : "";
            normal = normal.with(new Vim.Change(by.command(), typed));
        }
        return settled(state.with(normal), true);
    }

    private static UiState settled(UiState state) {
        return settled(state, false);
    }

    /// In normal mode the caret stands on a letter; `back` when it was typed behind one.
    private static UiState settled(UiState state, boolean back) {
        Prompt prompt = state.prompt();
        VimMotion motion = new VimMotion(prompt.text(), prompt.caret());
        int start = motion.lineStart(prompt.caret());
        boolean behind = back || prompt.caret() == motion.lineEnd(prompt.caret());
        return behind && prompt.caret() > start ? state.with(prompt.left()) : state;
    }
}
