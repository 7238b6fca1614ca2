package hal0.agent.permission;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/// The modes by the words of the configuration.
public final class ModeNames {
    private ModeNames() {}

    public static String of(Mode mode) {
        return mode.name().toLowerCase(Locale.ROOT);
    }

    /// All words, the strictest first.
    public static Map<String, Mode> words() {
        Map<String, Mode> words = new LinkedHashMap<>();
        for (Mode mode : new Mode[] {Mode.PLAN, Mode.ASK, Mode.EDIT, Mode.AUTO}) {
            words.put(of(mode), mode);
        }
        return words;
    }

    /// The one that does less of its own accord.
    public static Mode stricter(Mode one, Mode other) {
        for (Mode mode : words().values()) {
            if (mode == one || mode == other) {
                return mode;
            }
        }
        return one;
    }
}
