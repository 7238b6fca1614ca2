package hal0.tui.state;

import hal0.agent.permission.Mode;
import hal0.tui.state.Effect.Next;
import hal0.tui.terminal.Key;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Keys while nothing lies over the transcript.
final class PromptKeys {
    private PromptKeys() {}

    static Next pressed(UiState state, Key key) {
        if (key.isTyped()) {
            return typed(state, key.character());
        }
        Next edited = key.ctrl() || key.alt() ? chord(state, key) : null;
        return edited != null ? edited : named(state, key);
    }

    private static Next typed(UiState state, int character) {
        if (character == '?' && state.prompt().isEmpty()) {
            return Next.of(state.push(new Overlay.Help(0)));
        }
        return Next.of(state.with(state.prompt().insert(Character.toString(character))));
    }

    private static Next named(UiState state, Key key) {
        Prompt prompt = state.prompt();
        return switch (key.code()) {
            case ENTER -> enter(state, key.shift() || key.alt() || key.ctrl());
            case TAB -> key.shift() ? nextMode(state) : Next.of(tab(state));
            case ESCAPE -> escape(state);
            case BACKSPACE -> Next.of(state.with(prompt.backspace()));
            case DELETE -> Next.of(state.with(prompt.delete()));
            case UP ->
                    prompt.isEmpty() && !state.session().queued().isEmpty()
                            ? Aside.takeBack(state)
                            : Next.of(up(state));
            case DOWN -> Next.of(down(state));
            case LEFT -> Next.of(state.with(word(key) ? prompt.wordLeft() : prompt.left()));
            case RIGHT -> Next.of(state.with(word(key) ? prompt.wordRight() : prompt.right()));
            case HOME -> Next.of(home(state));
            case END -> Next.of(end(state));
            case PAGE_UP -> Next.of(Keys.scrolled(state, -page(state)));
            case PAGE_DOWN -> Next.of(Keys.scrolled(state, page(state)));
            case CHARACTER, INSERT, FUNCTION -> Next.of(state);
        };
    }

    private static boolean word(Key key) {
        return key.ctrl() || key.alt();
    }

    /// Ctrl and Alt with a letter, or with Backspace; null when it is none of these.
    private static @Nullable Next chord(UiState state, Key key) {
        Prompt prompt = state.prompt();
        if (key.code() == Key.Code.BACKSPACE) {
            return Next.of(state.with(prompt.killWordBefore()));
        }
        if (key.code() != Key.Code.CHARACTER) {
            return null;
        }
        return key.ctrl() ? ctrl(state, prompt, key) : Next.of(state.with(alt(prompt, key)));
    }

    private static Next ctrl(UiState state, Prompt prompt, Key key) {
        return switch (key.character()) {
            case 'a' -> Next.of(state.with(prompt.lineStart()));
            case 'e' -> Next.of(state.with(prompt.lineEnd()));
            case 'b' -> Next.of(state.with(prompt.left()));
            case 'f' -> Next.of(state.with(prompt.right()));
            case 'k' -> Next.of(state.with(prompt.killToEnd()));
            case 'u' -> Next.of(state.with(prompt.killToStart()));
            case 'w' -> Next.of(state.with(prompt.killWordBefore()));
            case 'y' -> Next.of(state.with(prompt.yank()));
            case 'h' -> Next.of(state.with(prompt.backspace()));
            case 'n' -> Next.of(down(state));
            case 'j' -> enter(state, true);
            case 'm' -> enter(state, false);
            case 'd' ->
                    prompt.isEmpty()
                            ? Next.of(state, new Effect.Quit())
                            : Next.of(state.with(prompt.delete()));
            case 'p' -> Next.of(state.push(Pickers.palette(state.offers().commands())));
            case 'o' -> Commands.run(state, Command.MODEL, "");
            case 'r' -> Next.of(state.push(Pickers.history(state.history())));
            default -> Next.of(state);
        };
    }

    private static Prompt alt(Prompt prompt, Key key) {
        return switch (key.character()) {
            case 'b' -> prompt.wordLeft();
            case 'f' -> prompt.wordRight();
            case 'd' -> prompt.killWordAfter();
            default -> prompt;
        };
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
            case Completion.File(var path) when !named(prompt, path) -> Next.of(tab(state));
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

    /// Whether a file is named in full already.
    private static boolean named(Prompt prompt, String path) {
        AtFile typed = AtFile.at(prompt);
        return typed != null && typed.typed().equals(path);
    }

    private static Next entered(UiState state) {
        String text = state.prompt().text();
        if (text.startsWith("/")) {
            return Commands.entered(state);
        }
        return Commands.isShell(text) || Commands.isNote(text)
                ? Commands.aside(state)
                : send(state);
    }

    static Next send(UiState state) {
        String text = state.prompt().expanded();
        UiState next = state.with(state.prompt().cleared()).with(state.history().with(text));
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
        return Next.of(state.with(state.session().withMode(next)), new Effect.SetMode(next));
    }

    private static UiState tab(UiState state) {
        Completion chosen = chosen(state);
        AtFile typed = AtFile.at(state.prompt());
        if (chosen instanceof Completion.File(var path) && typed != null) {
            return state.with(typed.named(state.prompt(), path));
        }
        if (chosen != null) {
            return state.with(Prompt.of(chosen.label() + " "));
        }
        return state.prompt().isAfterChip() ? state.with(state.prompt().openChip()) : state;
    }

    private static Next escape(UiState state) {
        if (chosen(state) instanceof Completion.File) {
            String typed = state.offers().typed();
            return Next.of(state.with(state.offers().withFiles(typed, List.of())));
        }
        if (!state.completions().isEmpty()) {
            return Next.of(state.with(state.prompt().cleared()));
        }
        return Keys.interrupt(state);
    }

    private static UiState up(UiState state) {
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

    private static UiState down(UiState state) {
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
