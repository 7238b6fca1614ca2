package hal0.relay.control;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What each key and table of a TOML file is for, as the comments above them say.
///
/// **Shape** by dotted path, with `[0]` for the tables of a list. Only files that are written for
/// this are read: one key a line.
public final class SettingNotes {
    private SettingNotes() {}

    public static Map<String, String> of(String toml) {
        Map<String, String> notes = new HashMap<>();
        StringBuilder comment = new StringBuilder();
        String table = "";
        for (String line : toml.lines().toList()) {
            if (line.startsWith("#")) {
                comment.append(comment.isEmpty() ? "" : " ").append(line.substring(1).strip());
                continue;
            }
            String path = path(line, table);
            if (path != null && !comment.isEmpty()) {
                notes.put(path, comment.toString());
            }
            if (path != null && line.startsWith("[")) {
                table = path;
            }
            comment.setLength(0);
        }
        return notes;
    }

    private static @Nullable String path(String line, String table) {
        if (line.startsWith("[[")) {
            return line.substring(2, line.indexOf("]]")) + "[0]";
        }
        if (line.startsWith("[")) {
            return line.substring(1, line.indexOf(']'));
        }
        int equals = line.indexOf('=');
        return equals < 0 ? null : table + "." + line.substring(0, equals).strip();
    }
}
