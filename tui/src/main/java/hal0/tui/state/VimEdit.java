package hal0.tui.state;

import hal0.tui.state.Vim.Inserting;
import hal0.tui.state.Vim.Mode;
import hal0.tui.state.Vim.Register;
import hal0.tui.text.Graphemes;
import org.jspecify.annotations.Nullable;

/// What the commands of vim do to a prompt. Pure.
///
/// **Shape** the caret of what comes out may stand behind the last letter of a line; who shows it
/// in normal mode sets it back.
record VimEdit(Prompt prompt, Vim vim) {

    /// A step of `>` and `<`.
    private static final String SHIFT = "  ";

    /// What an operator works on: `[from, to)`, or the `lines` that it touches.
    record Span(int from, int to, boolean lines) {}

    /// Null where there is nothing to be done.
    static @Nullable VimEdit of(Prompt prompt, Vim vim, VimCommand command) {
        VimEdit here = new VimEdit(prompt, vim);
        if (command.operator() != 0) {
            Span span = here.meant(command);
            return span == null ? null : here.operated(command, span);
        }
        VimMotion.Target target =
                new VimMotion(prompt.text(), prompt.caret()).of(command, vim.find());
        if (target != null) {
            return new VimEdit(prompt.at(target.at()), here.sought(command));
        }
        return here.own(command);
    }

    private Vim sought(VimCommand command) {
        boolean finds = "fFtT".indexOf(command.rest().charAt(0)) >= 0;
        return finds ? vim.with(VimMotion.findOf(command)) : vim;
    }

    private @Nullable Span meant(VimCommand command) {
        String text = prompt.text();
        int caret = prompt.caret();
        VimMotion motion = new VimMotion(text, caret);
        if (command.isLines()) {
            int last = caret;
            for (int i = 1; i < command.times(); i++) {
                last = Math.min(text.length(), motion.lineEnd(last) + 1);
            }
            return new Span(motion.lineStart(caret), motion.lineEnd(last), true);
        }
        if (command.isObject()) {
            VimObject.Range range = VimObject.of(text, caret, command.rest());
            return range == null ? null : new Span(range.from(), range.to(), false);
        }
        VimMotion.Target target = motion.of(asMotion(command), vim.find());
        if (target == null) {
            return null;
        }
        int from = Math.min(caret, target.at());
        int to = Math.max(caret, target.at());
        if (target.lines()) {
            return new Span(motion.lineStart(from), motion.lineEnd(to), true);
        }
        int end = target.inclusive() && to < text.length() ? Graphemes.next(text, to) : to;
        boolean word = command.rest().equalsIgnoreCase("w");
        int breaks = text.indexOf('\n', caret);
        // The last word of a line does not take the next line along.
        return new Span(from, word && breaks > caret && breaks < end ? breaks : end, false);
    }

    /// `cw` on a word leaves the blank behind it, as `ce` does.
    private VimCommand asMotion(VimCommand command) {
        int caret = prompt.caret();
        String text = prompt.text();
        boolean word = command.operator() == 'c' && command.rest().equalsIgnoreCase("w");
        if (!word || caret >= text.length() || Character.isWhitespace(text.codePointAt(caret))) {
            return command;
        }
        boolean big = command.rest().equals("W");
        boolean single =
                caret + 1 >= text.length()
                        || VimMotion.kindOf(text.codePointAt(Graphemes.next(text, caret)), big)
                                != VimMotion.kindOf(text.codePointAt(caret), big);
        // On the last letter `e` would go to the next word.
        return single && command.times() == 1
                ? new VimCommand(1, 'c', "l")
                : new VimCommand(command.count(), 'c', big ? "E" : "e");
    }

    VimEdit operated(VimCommand command, Span span) {
        Vim after = sought(command);
        return switch (command.operator()) {
            case '>', '<' -> new VimEdit(indented(span, command.operator() == '>'), after);
            case 'u', 'U', '~' -> new VimEdit(cased(span, command.operator()), after);
            case 'y' ->
                    new VimEdit(
                            prompt.at(span.lines() ? prompt.caret() : span.from()),
                            after.with(register(span)));
            case 'c' -> {
                Prompt rest = prompt.spliced(span.from(), span.to(), "");
                yield new VimEdit(rest, after.with(register(span))).inserting(command);
            }
            default -> new VimEdit(without(span), after.with(register(span)));
        };
    }

    Register register(Span span) {
        String gone = prompt.text().substring(span.from(), span.to());
        return new Register(span.lines() ? gone + "\n" : gone, span.lines());
    }

    /// Of all lines that it touches; those without text stay as they are.
    private Prompt indented(Span span, boolean more) {
        VimMotion motion = new VimMotion(prompt.text(), prompt.caret());
        int from = motion.lineStart(span.from());
        int to = motion.lineEnd(Math.max(span.from(), span.to()));
        StringBuilder out = new StringBuilder();
        for (String line : prompt.text().substring(from, to).split("\n", -1)) {
            int blanks = 0;
            while (blanks < Math.min(SHIFT.length(), line.length()) && line.charAt(blanks) == ' ') {
                blanks++;
            }
            out.append(out.isEmpty() && from == to ? "" : more && !line.isEmpty() ? SHIFT : "")
                    .append(more ? line : line.substring(blanks))
                    .append('\n');
        }
        Prompt shifted = prompt.spliced(from, to, out.substring(0, out.length() - 1));
        return shifted.at(new VimMotion(shifted.text(), from).indent(from));
    }

    private Prompt cased(Span span, char operator) {
        StringBuilder out = new StringBuilder();
        prompt.text()
                .substring(span.from(), span.to())
                .codePoints()
                .map(c ->
                        operator == 'u' || (operator == '~' && Character.isUpperCase(c))
                                ? Character.toLowerCase(c)
                                : Character.toUpperCase(c))
                .forEach(out::appendCodePoint);
        return prompt.spliced(span.from(), span.to(), out.toString()).at(span.from());
    }

    private Prompt without(Span span) {
        if (!span.lines()) {
            return prompt.spliced(span.from(), span.to(), "");
        }
        boolean more = span.to() < prompt.text().length();
        int from = more ? span.from() : Math.max(0, span.from() - 1);
        Prompt rest = prompt.spliced(from, more ? span.to() + 1 : span.to(), "");
        VimMotion motion = new VimMotion(rest.text(), rest.caret());
        return rest.at(motion.indent(motion.lineStart(rest.caret())));
    }

    private VimEdit inserting(VimCommand by) {
        return new VimEdit(
                prompt, vim.inserting(new Inserting(by, prompt.caret(), prompt.text().length())));
    }

    private VimEdit at(int caret) {
        return new VimEdit(prompt.at(caret), vim);
    }

    private VimEdit typed(int at, String text, int caret) {
        return new VimEdit(prompt.spliced(at, at, text).at(caret), vim);
    }

    /// Commands that are neither motion nor operator.
    private @Nullable VimEdit own(VimCommand command) {
        String text = prompt.text();
        int caret = prompt.caret();
        VimMotion motion = new VimMotion(text, caret);
        int start = motion.lineStart(caret);
        int end = motion.lineEnd(caret);
        int times = command.times();
        return switch (command.rest().charAt(0)) {
            case 'x' -> as(times, 'd', "l");
            case 'X' -> as(times, 'd', "h");
            case 'D' -> as(times, 'd', "$");
            case 'C' -> as(times, 'c', "$", command);
            case 's' -> as(times, 'c', "l", command);
            case 'S' -> as(times, 'c', "c", command);
            case 'Y' -> as(times, 'y', "y");
            case 'p' -> put(times, true);
            case 'P' -> put(times, false);
            case 'i' -> inserting(command);
            case 'a' -> at(caret < end ? Graphemes.next(text, caret) : caret).inserting(command);
            case 'I' -> at(motion.indent(start)).inserting(command);
            case 'A' -> at(end).inserting(command);
            case 'o' -> typed(end, "\n", end + 1).inserting(command);
            case 'O' -> typed(start, "\n", start).inserting(command);
            case 'J' -> joined(Math.max(1, times - 1));
            case '~' -> flipped(caret, forward(caret, end, times));
            case 'r' -> replaced(command, end);
            case 'v' -> new VimEdit(prompt, vim.selecting(Mode.VISUAL, caret));
            case 'V' -> new VimEdit(prompt, vim.selecting(Mode.VISUAL_LINE, caret));
            default -> null;
        };
    }

    private @Nullable VimEdit as(int times, char operator, String rest) {
        return as(times, operator, rest, null);
    }

    /// What stands for another command; `by` is what `.` does again.
    private @Nullable VimEdit as(int times, char operator, String rest, @Nullable VimCommand by) {
        VimCommand other = new VimCommand(times, operator, rest);
        Span span = meant(other);
        if (span == null || (span.from() == span.to() && operator == 'd')) {
            return null;
        }
        VimEdit done = operated(other, span);
        return by == null
                ? done
                : new VimEdit(done.prompt, vim.with(done.vim.register())).inserting(by);
    }

    private VimEdit put(int times, boolean after) {
        Register register = vim.register();
        String text = prompt.text();
        int caret = prompt.caret();
        String more = register.text().repeat(times);
        if (more.isEmpty()) {
            return this;
        }
        VimMotion motion = new VimMotion(text, caret);
        if (!register.lines()) {
            int at = after && caret < motion.lineEnd(caret) ? Graphemes.next(text, caret) : caret;
            return typed(at, more, at + more.length() - 1);
        }
        if (!after) {
            int at = motion.lineStart(caret);
            return typed(at, more, at);
        }
        int at = motion.lineEnd(caret);
        return typed(at, "\n" + more.substring(0, more.length() - 1), at + 1);
    }

    private @Nullable VimEdit joined(int times) {
        Prompt next = prompt;
        for (int i = 0; i < times; i++) {
            VimMotion motion = new VimMotion(next.text(), next.caret());
            int end = motion.lineEnd(next.caret());
            if (end == next.text().length()) {
                break;
            }
            int to = motion.indent(end + 1);
            next = next.spliced(end, to, " ").at(end);
        }
        return next.equals(prompt) ? null : new VimEdit(next, vim);
    }

    private int forward(int from, int end, int times) {
        int at = from;
        for (int i = 0; i < times && at < end; i++) {
            at = Graphemes.next(prompt.text(), at);
        }
        return at;
    }

    private VimEdit flipped(int from, int to) {
        Prompt flipped = cased(new Span(from, to, false), '~');
        return new VimEdit(flipped.at(from + (to - from)), vim);
    }

    private @Nullable VimEdit replaced(VimCommand command, int end) {
        int from = prompt.caret();
        int to = forward(from, end, command.times());
        String by = Character.toString(command.rest().codePointAt(1)).repeat(command.times());
        return prompt.text().codePointCount(from, to) < command.times()
                        && to == end
                        && to - from < command.times()
                ? null
                : new VimEdit(prompt.spliced(from, to, by).at(from + by.length() - 1), vim);
    }
}
