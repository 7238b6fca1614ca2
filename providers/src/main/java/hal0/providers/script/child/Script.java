package hal0.providers.script.child;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.luaj.vm2.LuaError;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/// The script of this process: runs it, and calls its hooks.
///
/// **Threads** the script's only.
final class Script {
    private static final LuaValue MODEL = LuaValue.valueOf("model");
    private static final LuaValue BODY = LuaValue.valueOf("body");

    private final Conversation conversation;
    private LuaTable provider = new LuaTable();

    Script(ScriptProcess process) {
        this.conversation = new Conversation(process);
    }

    /// Loads what every script needs: that time is not the script's own.
    static void warmUp() {
        byte[] json = "{\"a\":[1,2.5,null,true,\"ü\"],\"b\":{}}".getBytes(UTF_8);
        LuaValue value = JsonReader.read(json, 0, json.length);
        String source =
                """
                local t = { x = "y" }
                for _, v in ipairs({ 1, 2 }) do table.insert(t, ("%d"):format(v)) end
                t.ok = pcall(error, ("x"):gsub("x", "y")) or tostring(1.5) .. #json.encode(config)
                return t
                """;
        Sandbox sandbox = new Sandbox(value, new LuaTable(), new LuaTable());
        JsonWriter.write(sandbox.run("warm-up", source.getBytes(UTF_8)).get("ok"));
    }

    Frame answer(Frame frame) {
        try {
            conversation.begin();
            LuaValue message = JsonReader.read(frame.payload(), 0, frame.payload().length);
            return bounded(frame.kind() == Frame.Kind.LOAD ? loaded(message) : called(message));
        } catch (LuaError e) {
            return failed(Errors.text(e));
        } catch (RuntimeException e) {
            // The interpreter does not check everything that hostile arguments may bring about.
            return failed("the interpreter failed: " + e.getClass().getSimpleName());
        }
    }

    private static Frame failed(String text) {
        return new Frame(Frame.Kind.FAILED, text.getBytes(UTF_8));
    }

    private static Frame bounded(Frame frame) {
        return frame.payload().length <= Frame.LARGEST
                ? frame
                : failed("it returned more than %d MiB".formatted(Frame.LARGEST >> 20));
    }

    private Frame loaded(LuaValue message) {
        String name = message.get("name").tojstring();
        byte[] source = JsonReader.java(message.get("source").checkstring()).getBytes(UTF_8);
        Sandbox sandbox =
                new Sandbox(message.get("config"), conversation.http(), conversation.log());
        LuaValue result = sandbox.run(name, source);
        if (!result.istable()) {
            throw new LuaError(
                    "%s: it returns %s, not a table; end it with `return provider`"
                            .formatted(
                                    name, result.isnil() ? "nothing" : "a " + result.typename()));
        }
        provider = result.checktable();
        LuaTable fields = new LuaTable();
        LuaTable hooks = new JsonTable(true);
        for (LuaValue key : provider.keys()) {
            LuaValue value = provider.rawget(key);
            if (value.isfunction()) {
                hooks.set(hooks.length() + 1, key.tostring());
            } else if (key.type() == LuaValue.TSTRING) {
                fields.set(key, value);
            }
        }
        LuaTable answer = new LuaTable();
        answer.set("fields", fields);
        answer.set("hooks", hooks);
        return new Frame(Frame.Kind.LOADED, JsonWriter.write(answer));
    }

    private Frame called(LuaValue message) {
        String hook = message.get("hook").tojstring();
        LuaValue function = provider.rawget(hook);
        if (!function.isfunction()) {
            throw new LuaError("the script has no " + hook + " any more");
        }
        LuaValue argument = message.get("argument");
        LuaValue model = argument.istable() ? argument.get(MODEL) : LuaValue.NIL;
        Varargs results = argument.isnil() ? function.invoke() : function.invoke(argument);
        LuaValue result = results.arg1();
        if (result.isnil() && !results.arg(2).isnil()) {
            LuaString why = new BaseFunctions.ToString().call(results.arg(2)).checkstring();
            return new Frame(Frame.Kind.REFUSED, JsonReader.java(why).getBytes(UTF_8));
        }
        if (hook.equals("on_request") && result.istable()) {
            sameModel(result.checktable(), model);
        }
        return new Frame(Frame.Kind.RESULT, JsonWriter.write(listed(hook, result)));
    }

    /// Who names another model means the one in the body too.
    private static void sameModel(LuaTable request, LuaValue before) {
        LuaValue now = request.rawget(MODEL);
        LuaValue body = request.rawget(BODY);
        if (now.type() == LuaValue.TSTRING
                && !now.eq_b(before)
                && body.istable()
                && body.checktable().rawget(MODEL).eq_b(before)) {
            body.checktable().rawset(MODEL, now);
        }
    }

    /// An empty list of models is a list, though an empty table need not be one.
    private static LuaValue listed(String hook, LuaValue result) {
        return hook.equals("parse_models")
                        && result.istable()
                        && result.checktable().keyCount() == 0
                ? new JsonTable(true)
                : result;
    }
}
