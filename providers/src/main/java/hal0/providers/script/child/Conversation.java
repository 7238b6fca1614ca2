package hal0.providers.script.child;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.luaj.vm2.LuaError;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;
import org.luaj.vm2.lib.OneArgFunction;
import org.luaj.vm2.lib.VarArgFunction;

/// What a script may ask of the program while it runs: the `http` and `log` tables.
final class Conversation {
    private static final int LINES = 50;
    private static final int LONGEST_LINE = 2000;

    private final ScriptProcess process;
    private int lines;

    Conversation(ScriptProcess process) {
        this.process = process;
    }

    /// A hook begins: it may say something again.
    void begin() {
        lines = 0;
    }

    LuaTable http() {
        LuaTable http = new LuaTable();
        http.set("get", new Get());
        http.set("post", new Post());
        return http;
    }

    LuaTable log() {
        LuaTable log = new LuaTable();
        for (String level : new String[] {"info", "warn", "error"}) {
            log.set(level, new Log(level));
        }
        return log;
    }

    /// Returns `{status, headers, body}`, or nil and why not.
    private Varargs exchange(String method, LuaValue url, LuaValue headers, LuaValue body) {
        LuaTable question = new LuaTable();
        question.set("method", method);
        question.set("url", url.checkstring());
        question.set("headers", headers.opttable(new LuaTable()));
        question.set("body", body);
        byte[] payload = JsonWriter.write(question);
        if (payload.length > Frame.LARGEST) {
            throw new LuaError("http: the body is too large");
        }
        byte[] answer = process.ask(new Frame(Frame.Kind.HTTP, payload)).payload();
        LuaValue told = JsonReader.read(answer, 0, answer.length);
        LuaValue error = told.get("error");
        return error.isnil() ? told : LuaValue.varargsOf(LuaValue.NIL, error);
    }

    private final class Get extends VarArgFunction {
        @Override
        public Varargs invoke(Varargs arguments) {
            return exchange("GET", arguments.arg1(), arguments.arg(2), LuaValue.NIL);
        }
    }

    /// A table as the body is sent as JSON.
    private final class Post extends VarArgFunction {
        @Override
        public Varargs invoke(Varargs arguments) {
            LuaValue body = arguments.arg(2);
            LuaValue text =
                    body.istable()
                            ? LuaString.valueUsing(JsonWriter.write(body))
                            : body.optstring(LuaValue.EMPTYSTRING);
            return exchange("POST", arguments.arg1(), arguments.arg(3), text);
        }
    }

    private final class Log extends OneArgFunction {
        private final String level;

        Log(String level) {
            this.level = level;
        }

        @Override
        public LuaValue call(LuaValue message) {
            lines++;
            if (lines <= LINES) {
                LuaString text = new BaseFunctions.ToString().call(message).checkstring();
                String start =
                        new String(
                                text.m_bytes,
                                text.m_offset,
                                Math.min(text.m_length, LONGEST_LINE),
                                UTF_8);
                process.send(new Frame(Frame.Kind.LOG, (level + " " + start).getBytes(UTF_8)));
            } else if (lines == LINES + 1) {
                process.send(
                        new Frame(
                                Frame.Kind.LOG,
                                "warn it says more than is written down".getBytes(UTF_8)));
            }
            return LuaValue.NONE;
        }
    }
}
