package hal0.tui.state;

import hal0.tui.state.Vim.Mode;
import hal0.tui.state.Vim.Register;
import hal0.tui.state.VimEdit.Span;
import hal0.tui.text.Graphemes;
import org.jspecify.annotations.Nullable;

/// What is selected in vim's visual modes, and what is done with it. Pure.
///
/// **Shape** `span` is by characters, with the one under the caret, or by lines.
record VimVisual(Prompt prompt, Vim vim, Span span) {
    static VimVisual of(Prompt prompt, Vim vim) {
        String text = prompt.text();
        int from = Math.min(Math.min(vim.anchor(), prompt.caret()), text.length());
        int last = Math.min(Math.max(vim.anchor(), prompt.caret()), text.length());
        if (vim.mode() == Mode.VISUAL_LINE) {
            VimMotion motion = new VimMotion(text, prompt.caret());
            return new VimVisual(
                    prompt, vim, new Span(motion.lineStart(from), motion.lineEnd(last), true));
        }
        int to = last < text.length() ? Graphemes.next(text, last) : last;
        return new VimVisual(prompt, vim, new Span(from, to, false));
    }

    /// Null for what does nothing to it.
    @Nullable VimEdit done(VimCommand command) {
        char first = command.rest().charAt(0);
        return switch (first) {
            case 'd', 'x' -> operated('d');
            case 'D', 'X' -> lines().operated('d');
            case 'c', 's' -> operated('c');
            case 'C', 'S' -> lines().operated('c');
            case 'y' -> operated('y');
            case 'Y' -> lines().operated('y');
            case '~', 'u', 'U', '>', '<' -> operated(first);
            case 'g' -> command.rest().equals("gg") ? null : operated(command.rest().charAt(1));
            case 'p', 'P' -> put();
            case 'r' -> replaced(command.rest().codePointAt(1));
            case 'J' -> joined();
            default -> null;
        };
    }

    private VimVisual lines() {
        return of(prompt, vim.selecting(Mode.VISUAL_LINE, vim.anchor()));
    }

    /// What `.` does again is meant for as much text from the caret on.
    private VimEdit operated(char operator) {
        VimCommand again = again(operator);
        Vim normal = vim.in(Mode.NORMAL);
        Prompt at = prompt.at(Math.min(prompt.caret(), Math.max(span.from(), vim.anchor())));
        VimEdit done = new VimEdit(at.at(first()), normal).operated(again, span);
        return operator == 'y' || done.vim().mode() == Mode.INSERT
                ? done
                : new VimEdit(done.prompt(), done.vim().with(new Vim.Change(again, "")));
    }

    /// Where the selection begins, not the line of it.
    private int first() {
        return Math.min(prompt.text().length(), Math.min(vim.anchor(), prompt.caret()));
    }

    private VimCommand again(char operator) {
        String text = prompt.text().substring(span.from(), span.to());
        int breaks = (int) text.chars().filter(c -> c == '\n').count();
        if (span.lines() || operator == '>' || operator == '<') {
            return new VimCommand(breaks + 1, operator, Character.toString(operator));
        }
        int clusters = 0;
        for (int at = 0; at < text.length(); at = Graphemes.next(text, at)) {
            clusters++;
        }
        return new VimCommand(Math.max(1, clusters), operator, "l");
    }

    /// What was cut or copied takes its place, and it that of what was cut or copied.
    private @Nullable VimEdit put() {
        Register put = vim.register();
        if (put.text().isEmpty()) {
            return null;
        }
        VimEdit here = new VimEdit(prompt, vim.in(Mode.NORMAL));
        boolean whole = span.lines() && put.lines();
        String by =
                whole
                        ? put.text().substring(0, put.text().length() - 1)
                        : put.lines() ? "\n" + put.text() : put.text();
        Prompt next = prompt.spliced(span.from(), span.to(), by);
        int at = whole ? span.from() : Graphemes.previous(next.text(), span.from() + by.length());
        return new VimEdit(next.at(at), here.vim().with(here.register(span)));
    }

    private VimEdit replaced(int point) {
        StringBuilder out = new StringBuilder();
        String text = prompt.text();
        for (int at = span.from(); at < span.to(); ) {
            out.appendCodePoint(text.charAt(at) == '\n' ? '\n' : point);
            at = Graphemes.next(text, at);
        }
        Prompt next = prompt.spliced(span.from(), span.to(), out.toString()).at(span.from());
        return new VimEdit(next, vim.in(Mode.NORMAL));
    }

    private @Nullable VimEdit joined() {
        String text = prompt.text().substring(span.from(), span.to());
        int breaks = (int) text.chars().filter(c -> c == '\n').count();
        return VimEdit.of(
                prompt.at(span.from()),
                vim.in(Mode.NORMAL),
                new VimCommand(breaks + 1, (char) 0, "J"));
    }
}
