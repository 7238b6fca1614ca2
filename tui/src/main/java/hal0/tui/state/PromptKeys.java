package hal0.tui.state;

import hal0.agent.permission.Mode;
import hal0.tui.state.Effect.Next;
import hal0.tui.terminal.Key;
import hal0.tui.text.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// Keys while nothing lies over the transcript.
final class PromptKeys {
    private PromptKeys() {}

    static Next pressed(UiState state, Key key, @Nullable Binding binding, UiState.Again armed) {
        if (state.screen().selection() != null && state.prompt().isEmpty() && key.isTyped('y')) {
            return Pointing.copied(state);
        }
        Next vim = state.typing().vim().isOff() ? null : VimKeys.pressed(state, key);
        if (vim != null) {
            return vim;
        }
        if (key.isTyped()) {
            return typed(state, key.character());
        }
        boolean lines = binding == Binding.LINE_UP || binding == Binding.LINE_DOWN;
        if (binding == Binding.SELECT || (lines && PromptSelection.hasLines(state))) {
            return Next.of(PromptSelection.extended(state, key));
        }
        return binding == null ? Next.of(state) : bound(state, binding, armed);
    }

    static Next typed(UiState state, int character) {
        if (character == '?' && state.prompt().isEmpty()) {
            return Next.of(state.push(new Overlay.Help(0)));
        }
        return Next.of(state.with(state.prompt().insert(Character.toString(character))));
    }

    static Next pasted(UiState state, String text) {
        UiState next = state.with(state.prompt().paste(text));
        List<String> dropped = DroppedFiles.in(text);
        return dropped.isEmpty()
                ? Next.of(next)
                : Next.of(next, new Effect.FindDropped(text, dropped));
    }

    /// What the keys of the table do.
    static Next bound(UiState state, Binding binding, UiState.Again armed) {
        return switch (binding) {
            case SEND -> enter(state, false);
            case NEWLINE -> enter(state, true);
            case ESCAPE -> escape(state, armed == UiState.Again.EDIT);
            case LEAVE ->
                    state.prompt().isEmpty()
                            ? Next.of(state, new Effect.Quit())
                            : Next.of(state.with(state.prompt().delete()));
            case OLDER ->
                    state.prompt().isEmpty() && !state.session().queued().isEmpty()
                            ? Aside.takeBack(state)
                            : Next.of(up(state));
            case NEWER -> Next.of(down(state));
            case SEARCH -> Next.of(state.push(Pickers.history(state.history())));
            case COMPLETE -> tab(state);
            case MODE -> nextMode(state);
            case PAGE_UP -> Next.of(Keys.scrolled(state, -page(state)));
            case PAGE_DOWN -> Next.of(Keys.scrolled(state, page(state)));
            case LINE_UP -> Next.of(Keys.scrolled(state, -1));
            case LINE_DOWN -> Next.of(Keys.scrolled(state, 1));
            case SAID_BEFORE -> Next.of(Reading.jumped(state, -1));
            case SAID_AFTER -> Next.of(Reading.jumped(state, 1));
            case FIND -> Next.of(Find.opened(state, ""));
            case HOME -> Next.of(home(state));
            case END -> Next.of(end(state));
            case PALETTE -> Next.of(state.push(Pickers.palette(state.offers().commands())));
            case MODELS -> Commands.run(state, Command.MODEL, "");
            case EDITOR -> Next.of(state, new Effect.Edit(state.prompt().expanded()));
            case SELECT -> Next.of(state); // which way, only the key tells: see above
            case CUT -> PromptSelection.cut(state);
            case UNDO -> Next.of(state.with(state.typing().undone()));
            case REDO -> Next.of(state.with(state.typing().redone()));
            case CANCEL -> Keys.cancel(state, armed == UiState.Again.LEAVE);
            case SUSPEND -> Next.of(state, new Effect.Suspend());
            case REPAINT -> Next.of(state, new Effect.Repaint());
            case THEME -> Themes.choosing(state);
            case THINKING -> Next.of(Folding.all(state, Row.Part.Kind.THINKING));
            case DETAILS -> Next.of(Folding.all(state, Row.Part.Kind.DETAIL));
            case COPY -> Pointing.copied(state);
            case LEFT -> edited(state, Prompt::left);
            case RIGHT -> edited(state, Prompt::right);
            case WORD_LEFT -> edited(state, Prompt::wordLeft);
            case WORD_RIGHT -> edited(state, Prompt::wordRight);
            case LINE_START -> edited(state, Prompt::lineStart);
            case LINE_END -> edited(state, Prompt::lineEnd);
            case BACKSPACE -> edited(state, Prompt::backspace);
            case DELETE -> edited(state, Prompt::delete);
            case KILL_WORD_BEFORE -> edited(state, Prompt::killWordBefore);
            case KILL_WORD_AFTER -> edited(state, Prompt::killWordAfter);
            case KILL_TO_END -> edited(state, Prompt::killToEnd);
            case KILL_TO_START -> edited(state, Prompt::killToStart);
            case YANK -> edited(state, Prompt::yank);
            case YANK_OLDER -> edited(state, Prompt::yankOlder);
        };
    }

    private static Next edited(UiState state, UnaryOperator<Prompt> edit) {
        return Next.of(state.with(edit.apply(state.prompt())));
    }

    private static Next enter(UiState state, boolean newline) {
        Prompt prompt = state.prompt();
        if (newline) {
            return Next.of(state.with(prompt.insert("\n")));
        }
        boolean atEnd = prompt.caret() == prompt.text().length();
        if (atEnd && prompt.text().endsWith("\\")) {
            return Next.of(state.with(prompt.backspace().insert("\n")));
        }
        if (prompt.text().isBlank()) {
            UiState turned = Folding.last(state);
            return Next.of(turned == null ? state : turned);
        }
        Completion chosen = chosen(state);
        return switch (chosen) {
            case Completion.Own(var command) ->
                    Commands.run(state.with(prompt.cleared()), command, "");
            case Completion.Users(var command) ->
                    Commands.users(state.with(prompt.cleared()), command, "");
            case Completion.Argument argument ->
                    entered(
                            means(state, argument)
                                    ? state
                                    : state.with(completed(prompt, argument)));
            case Completion.File(var path) when !named(prompt, path) -> tab(state);
            case Completion.File _ -> entered(state);
            case null -> entered(state);
        };
    }

    private static @Nullable Completion chosen(UiState state) {
        List<Completion> completions = state.completions();
        return completions.isEmpty()
                ? null
                : completions.get(Math.min(state.completion(), completions.size() - 1));
    }

    /// Whether what was typed behind a command stands as it is: nothing, or a name of the list in
    /// full or without its first part.
    private static boolean means(UiState state, Completion.Argument argument) {
        CommandArgument at = CommandArgument.at(state.prompt());
        String typed = at == null ? "" : at.typed();
        return typed.isEmpty()
                ? state.completion() == 0
                : argument.value().equals(typed)
                        || state.offers().suggestionsFor(argument.command()).stream()
                                .anyMatch(each ->
                                        each.value().equals(typed)
                                                || each.value().endsWith("/" + typed));
    }

    /// Whether a file is named in full already: a new one always is.
    private static boolean named(Prompt prompt, String path) {
        AtFile typed = AtFile.at(prompt);
        return typed != null && (typed.bare() || typed.typed().equals(path));
    }

    static Next entered(UiState state) {
        String text = state.prompt().text();
        if (text.startsWith("/")) {
            return Commands.entered(state);
        }
        return Commands.isShell(text) || Commands.isNote(text)
                ? Commands.aside(state)
                : send(state);
    }

    static Next send(UiState state) {
        return sent(state.with(state.prompt().cleared()), state.prompt().expanded());
    }

    /// Something to be said, whatever is being typed.
    static Next sent(UiState state, String text) {
        UiState next = state.with(state.history().with(text));
        Next sent = Reducer.send(next, text);
        List<Effect> effects = new ArrayList<>(sent.effects());
        effects.add(new Effect.Remember(text));
        return new Next(sent.state(), effects);
    }

    /// From the most careful to the freest, and plan.
    private static Next nextMode(UiState state) {
        Mode next =
                switch (state.session().mode()) {
                    case ASK -> Mode.EDIT;
                    case EDIT -> Mode.AUTO;
                    case AUTO -> Mode.PLAN;
                    case PLAN -> Mode.ASK;
                };
        return mode(state, next);
    }

    static Next mode(UiState state, Mode mode) {
        return Next.of(state.with(state.session().withMode(mode)), new Effect.SetMode(mode));
    }

    private static Next tab(UiState state) {
        Prompt prompt = state.prompt();
        Completion chosen = chosen(state);
        if (chosen != null) {
            return Next.of(state.with(completed(prompt, chosen)));
        }
        Prompt opened = prompt.openChip();
        return prompt.chipBefore() instanceof Chip.Pasted && opened.equals(prompt)
                ? Next.of(state.withHint("too long to be shown here; Ctrl+G edits it"))
                : Next.of(state.with(opened));
    }

    private static Prompt completed(Prompt prompt, Completion chosen) {
        return switch (chosen) {
            case Completion.Own own -> Prompt.of(own.label() + " ");
            case Completion.Users users -> Prompt.of(users.label() + " ");
            case Completion.Argument(var command, var value, _) ->
                    Prompt.of("/" + command.word() + " " + value);
            case Completion.File(var path) -> {
                AtFile typed = AtFile.at(prompt);
                yield typed == null ? prompt : typed.named(prompt, path);
            }
        };
    }

    /// Closes the list of files, else takes back what was begun (a selection, a command, the mark
    /// of the shell), else interrupts, else on an empty prompt takes the last message back.
    static Next escape(UiState state, boolean again) {
        if (state.screen().selection() != null) {
            return Next.of(state.with(state.screen().with((Selection) null)));
        }
        if (state.prompt().isSelected()) {
            return Next.of(state.with(state.prompt().at(state.prompt().caret())));
        }
        if (chosen(state) instanceof Completion.File) {
            String typed = state.offers().typed();
            return Next.of(state.with(state.offers().withFiles(typed, List.of())));
        }
        boolean mark = Commands.isAside(state.prompt().text());
        if (!state.completions().isEmpty() || mark) {
            String rest = mark ? state.prompt().text().substring(1) : "";
            return Next.of(state.with(state.prompt().withText(rest)));
        }
        if (state.session().isRunning()) {
            return Keys.interrupt(state);
        }
        if (again) {
            return Commands.run(state, Command.UNDO, "");
        }
        return state.prompt().isEmpty() && state.transcript().size() > 0
                ? Next.of(
                        state.withHint(
                                new UiState.Hint(
                                        "Esc again takes your last message back, to edit it",
                                        UiState.Again.EDIT)))
                : Next.of(state);
    }

    static UiState up(UiState state) {
        int completions = state.completions().size();
        if (completions > 0) {
            return state.withCompletion(Math.floorMod(state.completion() - 1, completions));
        }
        PromptLayout layout = layout(state);
        if (layout.caretLine() > 0) {
            return vertical(state, layout, -1);
        }
        History history = state.history();
        return history.hasOlder()
                ? recalled(state, history.older(state.prompt().expanded()))
                : state;
    }

    static UiState down(UiState state) {
        int completions = state.completions().size();
        if (completions > 0) {
            return state.withCompletion(Math.floorMod(state.completion() + 1, completions));
        }
        PromptLayout layout = layout(state);
        if (layout.caretLine() < layout.lines().size() - 1) {
            return vertical(state, layout, 1);
        }
        return state.history().hasNewer() ? recalled(state, state.history().newer()) : state;
    }

    private static UiState recalled(UiState state, History history) {
        return state.with(history).with(Prompt.of(history.current()));
    }

    private static UiState vertical(UiState state, PromptLayout layout, int by) {
        int line = layout.caretLine() + by;
        Prompt prompt = state.prompt();
        return state.with(prompt.at(layout.indexAt(prompt, line, layout.caretColumn())));
    }

    private static PromptLayout layout(UiState state) {
        int width = Geometry.promptWidth(state.screen().size());
        return PromptLayout.of(state.prompt(), width);
    }

    /// Home and End belong to the line while something is typed, else to the transcript.
    private static UiState home(UiState state) {
        return state.prompt().isEmpty()
                ? state.withScroll(state.viewport().top())
                : state.with(state.prompt().lineStart());
    }

    private static UiState end(UiState state) {
        boolean following = state.screen().scroll() instanceof Scroll.Following;
        return following
                ? state.with(state.prompt().lineEnd())
                : state.withScroll(new Scroll.Following());
    }

    private static int page(UiState state) {
        return Math.max(1, Geometry.of(state).transcriptRows() - 2);
    }
}
