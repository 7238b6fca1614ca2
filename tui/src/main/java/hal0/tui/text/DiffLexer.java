package hal0.tui.text;

import java.util.function.BiConsumer;

/// The lines of a diff, by their sign.
final class DiffLexer implements Lexer {

    @Override
    public int line(String line, int state, BiConsumer<String, Role> tokens) {
        tokens.accept(line, role(line));
        return START;
    }

    private static Role role(String line) {
        if (line.startsWith("+++") || line.startsWith("---") || line.startsWith("diff ")) {
            return Role.HEADING;
        }
        if (line.startsWith("@@") || line.startsWith("index ")) {
            return Role.ATTRIBUTE;
        }
        if (line.startsWith("+")) {
            return Role.ADDED;
        }
        return line.startsWith("-") ? Role.REMOVED : Role.CODE_BLOCK;
    }
}
