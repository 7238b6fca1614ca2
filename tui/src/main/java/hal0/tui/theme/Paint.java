package hal0.tui.theme;

import com.googlecode.lanterna.SGR;
import com.googlecode.lanterna.TextColor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// How one part of a theme looks, as it was written.
///
/// **Shape** `rgb` is null where the terminal's own colour stays; `nearest` is what a terminal of
/// 16 colours shows; `on` is the background, null for that of the terminal.
public record Paint(
        @Nullable Integer rgb,
        TextColor.ANSI nearest,
        @Nullable Integer on,
        Set<SGR> codes,
        boolean faint) {
    private static final Pattern BLANKS = Pattern.compile("\\s+");
    static final Paint DEFAULT = new Paint(null, TextColor.ANSI.DEFAULT, null, Set.of(), false);

    public Paint {
        codes = Set.copyOf(codes);
    }

    /// Of `"#7aa2f7 bright-blue bold on #202020"`.
    ///
    /// **Errors** [IllegalArgumentException] that says which word is wrong.
    static Paint parse(String text) {
        List<String> words = new ArrayList<>(List.of(BLANKS.split(text.strip())));
        Integer on = null;
        int at = words.indexOf("on");
        if (at >= 0) {
            if (at + 1 >= words.size()) {
                throw new IllegalArgumentException("ends where the colour after \"on\" should be");
            }
            on = rgb(words.get(at + 1));
            words.subList(at, at + 2).clear();
        }
        Integer rgb = null;
        TextColor.ANSI nearest = null;
        EnumSet<SGR> codes = EnumSet.noneOf(SGR.class);
        boolean faint = false;
        for (String word : words) {
            SGR code = code(word);
            if (word.startsWith("#")) {
                rgb = rgb(word);
            } else if (code != null) {
                codes.add(code);
            } else if (word.equals("faint")) {
                faint = true;
            } else {
                nearest = named(word);
            }
        }
        TextColor.ANSI shown = nearest == null ? Ansi.nearest(rgb) : nearest;
        return new Paint(rgb, shown, on, codes, faint);
    }

    private static @Nullable SGR code(String word) {
        return switch (word) {
            case "bold" -> SGR.BOLD;
            case "italic" -> SGR.ITALIC;
            case "underline" -> SGR.UNDERLINE;
            case "reverse" -> SGR.REVERSE;
            default -> null;
        };
    }

    private static TextColor.ANSI named(String word) {
        boolean bright = word.startsWith("bright-");
        String name = bright ? word.substring(7) + "_BRIGHT" : word;
        String wanted = name.toUpperCase(Locale.ROOT);
        return Arrays.stream(TextColor.ANSI.values())
                .filter(color -> color.name().equals(wanted))
                .findFirst()
                .orElseThrow(() ->
                        new IllegalArgumentException(
                                "holds \""
                                        + word
                                        + "\", which is no colour: write #rrggbb, one of the 16"
                                        + " such as red or bright-blue, default, bold, italic,"
                                        + " underline, faint, reverse, or on #rrggbb"));
    }

    static int rgb(String word) {
        boolean valid =
                word.length() == 7
                        && word.startsWith("#")
                        && word.substring(1).chars().allMatch(c -> Character.digit(c, 16) >= 0);
        if (!valid) {
            throw new IllegalArgumentException(
                    "holds \"" + word + "\", which is not of the form #rrggbb");
        }
        return Integer.parseInt(word.substring(1), 16);
    }
}
