package hal0.tui;

import hal0.home.config.Section;
import hal0.home.config.TableReader;
import hal0.tui.theme.Palettes;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/// `[tui]`: how the client looks and what it takes of the terminal.
///
/// **Shape** `theme` is a name, not a promise that there is such a theme; `mouse` false leaves the
/// mouse to the terminal; `attention` is written `notify`; `inline` writes to the terminal's own
/// scrollback instead of a full screen.
public record TuiSettings(
        String theme, boolean mouse, boolean vim, boolean inline, Notify attention) {
    public static final TuiSettings USUAL =
            new TuiSettings(Palettes.AUTO, true, false, false, Notify.AUTO);

    public static final Section<TuiSettings> SECTION = new TuiSection();

    /// How the end of a long turn is told to a user who looks elsewhere.
    public enum Notify {
        /// By the desktop where the terminal is known to pass that on, else by the bell.
        AUTO,
        BELL,
        OFF
    }

    public TuiSettings withTheme(String name) {
        return new TuiSettings(name, mouse, vim, inline, attention);
    }

    public TuiSettings withInline(boolean other) {
        return new TuiSettings(theme, mouse, vim, other, attention);
    }

    private static final class TuiSection implements Section<TuiSettings> {
        private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_-]{0,63}");

        @Override
        public String name() {
            return "tui";
        }

        @Override
        public TuiSettings read(TableReader table) {
            return new TuiSettings(
                    table.parsed("theme", TuiSection::theme).orElse(USUAL.theme),
                    table.bool("mouse", USUAL.mouse),
                    table.bool("vim", USUAL.vim),
                    table.bool("inline", USUAL.inline),
                    table.choice("notify", USUAL.attention, words()));
        }

        private static String theme(String name) {
            if (!NAME.matcher(name).matches()) {
                throw new IllegalArgumentException(
                        "is not the name of a theme: letters, digits, - and _");
            }
            return name;
        }

        private static Map<String, Notify> words() {
            Map<String, Notify> words = new LinkedHashMap<>();
            for (Notify each : Notify.values()) {
                words.put(each.name().toLowerCase(Locale.ROOT), each);
            }
            return words;
        }
    }
}
