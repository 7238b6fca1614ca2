package hal0.providers.script.child;

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
        return ARITHMETIC.matcher(plain).replaceAll("arithmetic on $1 and $2");
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
