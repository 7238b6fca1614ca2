package hal0.providers.script.child;

import java.io.ByteArrayInputStream;
import java.util.List;
import org.luaj.vm2.Globals;
import org.luaj.vm2.LoadState;
import org.luaj.vm2.LuaError;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.compiler.LuaC;
import org.luaj.vm2.lib.BaseLib;
import org.luaj.vm2.lib.OneArgFunction;
import org.luaj.vm2.lib.StringLib;
import org.luaj.vm2.lib.TableLib;
import org.luaj.vm2.lib.jse.JseMathLib;

/// The globals that a script sees: base, table, string and math of Lua 5.1, without what reaches
/// out of the script or makes code from text.
///
/// **Shape** one for each script, and one script for each process: the metatable of strings, which
/// the interpreter has only once, belongs to this script alone.
final class Sandbox {
    /// What the interpreter brings beside Lua 5.1, or what a provider's script has no use for.
    private static final List<String> BLOCKED =
            List.of("collectgarbage", "dofile", "load", "loadfile", "package", "rawlen", "require");

    private final Globals globals = new Globals();

    Sandbox(LuaValue config, LuaTable http, LuaTable log) {
        // The libraries enter themselves here.
        LuaTable loaded = new LuaTable();
        loaded.set("loaded", new LuaTable());
        globals.set("package", loaded);
        globals.load(new BaseLib());
        globals.load(new TableLib());
        globals.load(new StringLib());
        globals.load(new JseMathLib());
        LoadState.install(globals);
        LuaC.install(globals);
        globals.undumper = null;
        BLOCKED.forEach(name -> globals.set(name, LuaValue.NIL));
        base();
        string(globals.get("string").checktable());
        table(globals.get("table").checktable());
        LuaTable math = globals.get("math").checktable();
        math.set("log10", new Log10());
        globals.set("config", config);
        globals.set("json", JsonLibrary.table());
        globals.set("http", http);
        globals.set("log", log);
        globals.set("print", log.get("info"));
    }

    private void base() {
        globals.set("_VERSION", "Lua 5.1");
        globals.set("error", new BaseFunctions.Throw());
        globals.set("pcall", new BaseFunctions.Pcall());
        globals.set("xpcall", new BaseFunctions.Xpcall());
        globals.set("tostring", new BaseFunctions.ToString());
        globals.set("unpack", new BaseFunctions.Unpack());
    }

    private static void string(LuaTable string) {
        string.set("dump", LuaValue.NIL);
        string.set("gfind", string.get("gmatch"));
        string.set("format", new FormatFunction());
        LuaString.s_metatable.set("__metatable", "string");
    }

    private static void table(LuaTable table) {
        table.set("pack", LuaValue.NIL);
        table.set("unpack", LuaValue.NIL);
        table.set("getn", new BaseFunctions.Getn());
        table.set("maxn", new BaseFunctions.Maxn());
    }

    private static final class Log10 extends OneArgFunction {
        @Override
        public LuaValue call(LuaValue value) {
            return LuaValue.valueOf(Math.log10(value.checkdouble()));
        }
    }

    /// Runs `source`, which is text, and gives what it returns.
    ///
    /// **Errors** [LuaError].
    LuaValue run(String name, byte[] source) {
        if (source.length > 0 && source[0] == LoadState.LUA_SIGNATURE[0]) {
            throw new LuaError(name + ": this is compiled Lua; only source text is run");
        }
        return globals.load(new ByteArrayInputStream(source), "@" + name, "t", globals).call();
    }
}
