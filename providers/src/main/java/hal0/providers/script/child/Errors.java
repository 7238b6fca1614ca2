package hal0.providers.script.child;

import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.luaj.vm2.LuaError;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaValue;

/// Says an error of the interpreter as Lua 5.1 does: `file:line: what`.
final class Errors {
    private static final Pattern AT = Pattern.compile("(?s)@(\\S+:(?:\\d+|\\?)) (.*)");
    private static final Pattern VARIABLE = Pattern.compile("\\? \\((a \\w+ value)\\)");
    private static final Pattern ARITHMETIC =
            Pattern.compile("arithmetic __\\w+ on (\\w+) and (\\w+)");

    private static final Pattern SYMBOL = Pattern.compile("unexpected symbol (\\d+) \\(.*\\)");

    private static final int FIRST_SYMBOL = 257;

    /// The interpreter's numbers of what is longer than one character, from 257 on.
    private static final List<String> SYMBOLS =
            List.of(
                    "and",
                    "break",
                    "do",
                    "else",
                    "elseif",
                    "end",
                    "false",
                    "for",
                    "function",
                    "goto",
                    "if",
                    "in",
                    "local",
                    "nil",
                    "not",
                    "or",
                    "repeat",
                    "return",
                    "then",
                    "true",
                    "until",
                    "while",
                    "..",
                    "...",
                    "==",
                    ">=",
                    "<=",
                    "~=",
                    "::",
                    "<eof>",
                    "a number",
                    "a name",
                    "a text");

    private Errors() {}

    /// What a script that catches `error` gets to see.
    static LuaValue object(LuaError error) {
        if (error instanceof Unplaced unplaced) {
            return unplaced.value;
        }
        LuaValue object = error.getMessageObject();
        return object == null || object.isnil() || object.type() == LuaValue.TSTRING
                ? JsonReader.text(text(error))
                : object;
    }

    /// The same for people; a table's own words are not asked for.
    static String text(LuaError error) {
        LuaValue object = error.getMessageObject();
        if (error instanceof Unplaced && object instanceof LuaString text) {
            return JsonReader.java(text);
        }
        if (object != null && object.type() != LuaValue.TSTRING) {
            return "error object is a " + object.typename();
        }
        String message = String.valueOf(error.getMessage());
        Matcher at = AT.matcher(message);
        String placed = at.matches() ? at.group(1) + ": " + at.group(2) : message;
        String plain = VARIABLE.matcher(placed).replaceAll("$1");
        String symbol = SYMBOL.matcher(plain).replaceAll(Errors::symbol);
        return ARITHMETIC.matcher(symbol).replaceAll("arithmetic on $1 and $2");
    }

    private static String symbol(MatchResult found) {
        int number = Integer.parseInt(found.group(1)) - FIRST_SYMBOL;
        if (number < 0 || number >= SYMBOLS.size()) {
            return Matcher.quoteReplacement(found.group());
        }
        return Matcher.quoteReplacement("unexpected symbol near '" + SYMBOLS.get(number) + "'");
    }

    /// What is to be thrown as it is, without a place before it.
    static final class Unplaced extends LuaError {
        private final transient LuaValue value;

        Unplaced(LuaValue value) {
            super(value);
            this.value = value;
        }
    }
}
