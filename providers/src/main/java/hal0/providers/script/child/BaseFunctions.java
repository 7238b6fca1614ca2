package hal0.providers.script.child;

import org.luaj.vm2.LuaError;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;
import org.luaj.vm2.lib.OneArgFunction;
import org.luaj.vm2.lib.TwoArgFunction;
import org.luaj.vm2.lib.VarArgFunction;

/// Functions that Lua 5.1 has and the interpreter lacks or does otherwise.
///
/// **Source** Lua 5.1 Reference Manual, 5.1 and 5.4 (www.lua.org/manual/5.1), as known; LuaJ 3.0.1
/// as measured.
final class BaseFunctions {
    private BaseFunctions() {}

    /// `pcall` and `xpcall` catch errors of the script and nothing else: a stack or a heap that is
    /// used up ends the call for good.
    static Varargs protectedCall(LuaValue function, Varargs arguments, LuaValue handler) {
        try {
            return LuaValue.varargsOf(LuaValue.TRUE, function.invoke(arguments));
        } catch (LuaError e) {
            LuaValue error = Errors.object(e);
            return LuaValue.varargsOf(
                    LuaValue.FALSE, handler.isnil() ? error : handler.invoke(error));
        } catch (RuntimeException e) {
            // A slip of the interpreter itself, such as an index that it did not check.
            return LuaValue.varargsOf(
                    LuaValue.FALSE, LuaString.valueOf(e.getClass().getSimpleName()));
        }
    }

    static final class Pcall extends VarArgFunction {
        @Override
        public Varargs invoke(Varargs arguments) {
            return protectedCall(arguments.arg1(), arguments.subargs(2), LuaValue.NIL);
        }
    }

    static final class Xpcall extends VarArgFunction {
        @Override
        public Varargs invoke(Varargs arguments) {
            return protectedCall(arguments.arg1(), arguments.subargs(3), arguments.checkvalue(2));
        }
    }

    /// With level 0 no place is put before the text.
    static final class Throw extends TwoArgFunction {
        @Override
        public LuaValue call(LuaValue value, LuaValue level) {
            if (value.type() == LuaValue.TSTRING && level.optint(1) > 0) {
                throw new LuaError(JsonReader.java(value.checkstring()), level.optint(1));
            }
            throw new Errors.Unplaced(value);
        }
    }

    static final class ToString extends OneArgFunction {
        @Override
        public LuaValue call(LuaValue value) {
            LuaValue special = value.metatag(LuaValue.TOSTRING);
            if (!special.isnil()) {
                return special.call(value);
            }
            return value.type() == LuaValue.TNUMBER
                    ? LuaString.valueOf(NumberText.general(value.todouble(), 14, false))
                    : value.type() == LuaValue.TSTRING
                            ? value
                            : LuaString.valueOf(value.tojstring());
        }
    }

    static final class Unpack extends VarArgFunction {
        @Override
        public Varargs invoke(Varargs arguments) {
            LuaTable table = arguments.checktable(1);
            return table.unpack(arguments.optint(2, 1), arguments.optint(3, table.length()));
        }
    }

    static final class Getn extends OneArgFunction {
        @Override
        public LuaValue call(LuaValue table) {
            return LuaValue.valueOf(table.checktable().length());
        }
    }

    static final class Maxn extends OneArgFunction {
        @Override
        public LuaValue call(LuaValue table) {
            double largest = 0;
            for (LuaValue key : table.checktable().keys()) {
                if (key.type() == LuaValue.TNUMBER) {
                    largest = Math.max(largest, key.todouble());
                }
            }
            return LuaValue.valueOf(largest);
        }
    }
}
