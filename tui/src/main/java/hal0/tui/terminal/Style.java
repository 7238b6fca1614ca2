package hal0.tui.terminal;

import com.googlecode.lanterna.SGR;
import com.googlecode.lanterna.TextColor;
import java.util.EnumSet;
import java.util.Set;

/// How a cell looks. Faint is not among Lanterna's SGR codes, so it stands beside them.
public record Style(TextColor foreground, TextColor background, Set<SGR> codes, boolean faint) {
    public static final Style DEFAULT =
            new Style(TextColor.ANSI.DEFAULT, TextColor.ANSI.DEFAULT, Set.of(), false);

    public Style {
        codes = Set.copyOf(codes);
    }

    public Style withForeground(TextColor color) {
        return new Style(color, background, codes, faint);
    }

    public Style withBackground(TextColor color) {
        return new Style(foreground, color, codes, faint);
    }

    public Style with(SGR code) {
        EnumSet<SGR> more = EnumSet.of(code);
        more.addAll(codes);
        return new Style(foreground, background, more, faint);
    }

    public Style withFaint() {
        return new Style(foreground, background, codes, true);
    }

    /// The escape sequence that turns any style into this one.
    public String sequence() {
        StringBuilder out = new StringBuilder("\u001b[0");
        if (faint) {
            out.append(";2");
        }
        for (SGR code : SGR.values()) {
            if (codes.contains(code)) {
                out.append(';').append(number(code));
            }
        }
        if (foreground != TextColor.ANSI.DEFAULT) {
            out.append(';').append(ascii(foreground.getForegroundSGRSequence()));
        }
        if (background != TextColor.ANSI.DEFAULT) {
            out.append(';').append(ascii(background.getBackgroundSGRSequence()));
        }
        return out.append('m').toString();
    }

    private static String ascii(byte[] bytes) {
        return new String(bytes, java.nio.charset.StandardCharsets.US_ASCII);
    }

    private static int number(SGR code) {
        return switch (code) {
            case BOLD -> 1;
            case ITALIC -> 3;
            case UNDERLINE -> 4;
            case BLINK -> 5;
            case REVERSE -> 7;
            case CROSSED_OUT -> 9;
            case FRAKTUR -> 20;
            case BORDERED -> 51;
            case CIRCLED -> 52;
        };
    }
}
