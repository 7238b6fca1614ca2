package hal0.providers.script;

import java.util.Arrays;

/// A script as it was read.
///
/// **Shape** `shown` is how messages name it, such as `providers/foo.lua`; `stamp` tells without
/// reading whether the file is still the same.
record ScriptFile(String name, String shown, byte[] source, Stamp stamp) {

    /// **Shape** `identity` is the file system's, so that a file which was replaced within the
    /// clock's grain differs too; a built-in script never changes.
    record Stamp(boolean builtIn, long modifiedMillis, long size, String identity) {
        static final Stamp BUILT_IN = new Stamp(true, 0, 0, "");
    }

    boolean sameSource(ScriptFile other) {
        return shown.equals(other.shown) && Arrays.equals(source, other.source);
    }
}
