package hal0.tui.text;

import java.util.function.BiConsumer;

/// Markdown that is shown as it is written: its marks stand, its parts have colours.
///
/// **Shape** the state is 1 inside of a block of code, else 0.
final class MarkdownLexer implements Lexer {
    private static final int CODE = 1;

    @Override
    public int line(String line, int state, BiConsumer<String, Role> tokens) {
        String body = line.stripLeading();
        boolean fence = body.startsWith("```") || body.startsWith("~~~");
        if (fence) {
            tokens.accept(line, Role.ATTRIBUTE);
            return state == CODE ? START : CODE;
        }
        if (state == CODE) {
            tokens.accept(line, Role.STRING);
            return CODE;
        }
        inline(line, body, tokens);
        return START;
    }

    private static void inline(String line, String body, BiConsumer<String, Role> tokens) {
        if (body.startsWith("#")) {
            tokens.accept(line, Role.HEADING);
            return;
        }
        int mark = ListMark.length(body);
        int from = line.length() - body.length() + mark;
        if (mark > 0) {
            tokens.accept(line.substring(0, from), Role.KEYWORD);
        }
        int at = mark > 0 ? from : 0;
        while (at < line.length()) {
            int tick = line.indexOf('`', at);
            int close = tick < 0 ? -1 : line.indexOf('`', tick + 1);
            int end = close < 0 ? line.length() : tick;
            if (end > at) {
                tokens.accept(line.substring(at, end), Role.CODE_BLOCK);
            }
            if (close >= 0) {
                tokens.accept(line.substring(tick, close + 1), Role.STRING);
            }
            at = close < 0 ? line.length() : close + 1;
        }
    }
}
