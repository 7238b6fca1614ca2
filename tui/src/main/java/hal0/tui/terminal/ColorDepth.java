package hal0.tui.terminal;

import java.util.Locale;
import java.util.Map;

/// How many colours the terminal shows.
public enum ColorDepth {
    NONE,
    ANSI_16,
    INDEXED_256,
    TRUE;

    /// What the environment says: `NO_COLOR`, then `COLORTERM`, then `TERM`.
    ///
    /// **Source** https://no-color.org (read 2026-11-21): any value that is not empty counts.
    public static ColorDepth of(Map<String, String> environment) {
        String term = environment.getOrDefault("TERM", "").toLowerCase(Locale.ROOT);
        String colorTerm = environment.getOrDefault("COLORTERM", "").toLowerCase(Locale.ROOT);
        if (!environment.getOrDefault("NO_COLOR", "").isEmpty() || term.equals("dumb")) {
            return NONE;
        }
        if (colorTerm.contains("truecolor")
                || colorTerm.contains("24bit")
                || term.contains("direct")) {
            return TRUE;
        }
        return term.contains("256") || !colorTerm.isEmpty() ? INDEXED_256 : ANSI_16;
    }
}
