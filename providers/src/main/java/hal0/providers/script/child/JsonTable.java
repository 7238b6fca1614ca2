package hal0.providers.script.child;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;

/// A table that was JSON, and remembers what a table cannot say: whether it was an array, in which
/// order its members came, which of them were null, and how a number was written.
///
/// **Shape** a member that was null is nil for the script. What the script does not touch is
/// written again as it was read, so that a request that only gains a field is the same otherwise.
final class JsonTable extends LuaTable {
    private final boolean list;
    private LuaValue[] order = new LuaValue[4];
    private int members;
    private @Nullable Map<LuaValue, String> originals;

    JsonTable(boolean array) {
        list = array;
    }

    boolean isArray() {
        return list;
    }

    /// Adds a member while reading; the last one of a name counts.
    void read(LuaValue key, LuaValue value, @Nullable String original) {
        if (!list) {
            if (members == order.length) {
                order = Arrays.copyOf(order, 2 * members);
            }
            order[members++] = key;
        }
        rawset(key, value);
        if (original != null) {
            if (originals == null) {
                originals = new HashMap<>();
            }
            originals.put(key, original);
        }
    }

    /// The keys of an object as they came; some may be gone by now, some named twice.
    LuaValue[] order() {
        return Arrays.copyOf(order, members);
    }

    /// How the value of `key`, unchanged since it was read, was written; null when nothing special
    /// is known.
    @Nullable String original(LuaValue key) {
        return originals == null ? null : originals.get(key);
    }

    @Override
    public void rawset(LuaValue key, LuaValue value) {
        if (originals != null) {
            originals.remove(key);
        }
        super.rawset(key, value);
    }

    @Override
    public void rawset(int key, LuaValue value) {
        if (originals != null) {
            originals.remove(LuaValue.valueOf(key));
        }
        super.rawset(key, value);
    }

    /// The interpreter moves elements without `rawset` here.
    @Override
    public void insert(int position, LuaValue value) {
        originals = null;
        super.insert(position, value);
    }

    @Override
    public LuaValue remove(int position) {
        originals = null;
        return super.remove(position);
    }

    @Override
    public void sort(LuaValue comparator) {
        originals = null;
        super.sort(comparator);
    }
}
