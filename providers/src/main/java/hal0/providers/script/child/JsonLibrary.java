package hal0.providers.script.child;

import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaUserdata;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.lib.OneArgFunction;

/// The `json` table of a script: `encode`, `decode`, `array`, and `null` for where nil cannot
/// stand.
final class JsonLibrary {
    static final LuaValue NULL = new LuaUserdata("null");

    private JsonLibrary() {}

    static LuaTable table() {
        LuaTable json = new LuaTable();
        json.set("null", NULL);
        json.set("encode", new Encode());
        json.set("decode", new Decode());
        json.set("array", new Array());
        return json;
    }

    private static final class Encode extends OneArgFunction {
        @Override
        public LuaValue call(LuaValue value) {
            return LuaString.valueUsing(JsonWriter.write(value));
        }
    }

    private static final class Decode extends OneArgFunction {
        @Override
        public LuaValue call(LuaValue value) {
            LuaString text = value.checkstring();
            return JsonReader.read(text.m_bytes, text.m_offset, text.m_length);
        }
    }

    /// A copy of a list that is an array in JSON even when it is empty.
    private static final class Array extends OneArgFunction {
        @Override
        public LuaValue call(LuaValue value) {
            LuaTable from = value.opttable(new LuaTable());
            JsonTable array = new JsonTable(true);
            for (int i = 1; i <= from.rawlen(); i++) {
                array.rawset(i, from.rawget(i));
            }
            return array;
        }
    }
}
