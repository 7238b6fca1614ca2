package hal0.tui.text;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiConsumer;
import javax.swing.text.Segment;
import org.fife.ui.rsyntaxtextarea.Token;
import org.fife.ui.rsyntaxtextarea.TokenMaker;
import org.fife.ui.rsyntaxtextarea.TokenTypes;

/// A lexer of RSyntaxTextArea, whose state tables decide with one look at each character.
///
/// **Threads** any, one at a time: the tables are filled in once, the tokens are handed out again.
/// **Source** https://github.com/bobbylight/RSyntaxTextArea (read 2026-11-21): the type of the last
/// token of a line is the state that the next begins with.
final class TableLexer implements Lexer {
    private final TokenMaker maker;
    private final ReentrantLock lock = new ReentrantLock();

    TableLexer(TokenMaker maker) {
        this.maker = maker;
    }

    private record Piece(String text, Role role) {}

    @Override
    public int line(String line, int state, BiConsumer<String, Role> tokens) {
        List<Piece> pieces = new ArrayList<>();
        int after;
        lock.lock();
        try {
            after = pieces(line, state, pieces);
        } finally {
            lock.unlock();
        }
        for (int i = 0; i < pieces.size(); i++) {
            Piece piece = pieces.get(i);
            boolean called = i + 1 < pieces.size() && pieces.get(i + 1).text().startsWith("(");
            boolean name = piece.role() == Role.CODE_BLOCK && isName(piece.text());
            tokens.accept(piece.text(), name ? named(piece.text(), called) : piece.role());
        }
        return after;
    }

    private int pieces(String line, int state, List<Piece> out) {
        char[] chars = line.toCharArray();
        Token token = maker.getTokenList(new Segment(chars, 0, chars.length), state, 0);
        int type = state;
        int at = 0;
        while (token != null) {
            type = token.getType();
            int end = at + (token.isPaintable() ? token.length() : 0);
            if (end > at && end <= line.length()) {
                out.add(new Piece(line.substring(at, end), role(type, line.charAt(at))));
                at = end;
            }
            token = token.getNextToken();
        }
        if (at < line.length()) {
            // Some of its lexers swallow a sign at the end of an unfinished string.
            out.add(new Piece(line.substring(at), Role.CODE_BLOCK));
        }
        return type;
    }

    private static boolean isName(String text) {
        return Character.isLetter(text.charAt(0));
    }

    private static Role named(String text, boolean called) {
        boolean type =
                Character.isUpperCase(text.charAt(0))
                        && !text.equals(text.toUpperCase(java.util.Locale.ROOT));
        return type ? Role.TYPE : called ? Role.FUNCTION : Role.CODE_BLOCK;
    }

    private static Role role(int type, char first) {
        return switch (type) {
            case TokenTypes.COMMENT_EOL,
                    TokenTypes.COMMENT_MULTILINE,
                    TokenTypes.COMMENT_DOCUMENTATION,
                    TokenTypes.COMMENT_KEYWORD,
                    TokenTypes.COMMENT_MARKUP,
                    TokenTypes.MARKUP_COMMENT ->
                    Role.COMMENT;
            case TokenTypes.RESERVED_WORD,
                    TokenTypes.RESERVED_WORD_2,
                    TokenTypes.LITERAL_BOOLEAN,
                    TokenTypes.MARKUP_TAG_NAME ->
                    Role.KEYWORD;
            case TokenTypes.FUNCTION -> Character.isUpperCase(first) ? Role.TYPE : Role.FUNCTION;
            case TokenTypes.DATA_TYPE -> Role.TYPE;
            case TokenTypes.LITERAL_NUMBER_DECIMAL_INT,
                    TokenTypes.LITERAL_NUMBER_FLOAT,
                    TokenTypes.LITERAL_NUMBER_HEXADECIMAL ->
                    Role.NUMBER;
            case TokenTypes.LITERAL_STRING_DOUBLE_QUOTE,
                    TokenTypes.LITERAL_CHAR,
                    TokenTypes.LITERAL_BACKQUOTE,
                    TokenTypes.REGEX,
                    TokenTypes.MARKUP_TAG_ATTRIBUTE_VALUE,
                    TokenTypes.MARKUP_CDATA,
                    TokenTypes.ERROR_STRING_DOUBLE,
                    TokenTypes.ERROR_CHAR ->
                    Role.STRING;
            case TokenTypes.VARIABLE,
                    TokenTypes.ANNOTATION,
                    TokenTypes.PREPROCESSOR,
                    TokenTypes.MARKUP_TAG_ATTRIBUTE,
                    TokenTypes.MARKUP_DTD,
                    TokenTypes.MARKUP_PROCESSING_INSTRUCTION,
                    TokenTypes.MARKUP_ENTITY_REFERENCE ->
                    Role.ATTRIBUTE;
            // The rest is names and signs; what is called an error may only be unfinished.
            default -> Role.CODE_BLOCK;
        };
    }
}
