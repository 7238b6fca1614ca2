package hal0.tui.text;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How far a block of code was coloured.
///
/// **Shape** immutable: what a line looks like depends on the line and on `state`, which says what
/// the lines before it left open. A line longer than [#LONGEST] is shown plain.
record Code(@Nullable Lexer lexer, int state) {
    static final int LONGEST = 2000;

    /// A line in its colours, and the block after it.
    record Coloured(List<Span> spans, Code next) {}

    static Code of(@Nullable Lexer lexer) {
        return new Code(lexer, Lexer.START);
    }

    Coloured line(String text) {
        Lexer known = lexer;
        if (known == null || text.length() > LONGEST) {
            return new Coloured(List.of(Span.of(text, Role.CODE_BLOCK)), this);
        }
        List<Span> spans = new ArrayList<>();
        StringBuilder run = new StringBuilder();
        Role[] last = {Role.CODE_BLOCK};
        int after =
                known.line(
                        text,
                        state,
                        (token, role) -> {
                            if (role != last[0] && !token.isBlank()) {
                                flush(run, last[0], spans);
                                last[0] = role;
                            }
                            run.append(token);
                        });
        flush(run, last[0], spans);
        return new Coloured(spans, new Code(known, after));
    }

    private static void flush(StringBuilder run, Role role, List<Span> spans) {
        if (!run.isEmpty()) {
            spans.add(Span.of(run.toString(), role));
            run.setLength(0);
        }
    }
}
