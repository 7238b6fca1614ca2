package hal0.tui.terminal;

import com.googlecode.lanterna.SGR;
import com.googlecode.lanterna.TextColor;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// How a cell looks. Faint is not among Lanterna's SGR codes, so it stands beside them.
///
/// **Shape** `link` is the address that a click leads to, as [Hyperlinks] gives it; empty for none.
public record Style(
        TextColor foreground, TextColor background, Set<SGR> codes, boolean faint, String link) {
    public static final Style DEFAULT =
            new Style(TextColor.ANSI.DEFAULT, TextColor.ANSI.DEFAULT, Set.of(), false, "");

    public Style {
        codes = Set.copyOf(codes);
    }

    public Style withForeground(TextColor color) {
        return new Style(color, background, codes, faint, link);
    }

    public Style withBackground(TextColor color) {
        return new Style(foreground, color, codes, faint, link);
    }

    public Style with(SGR code) {
        EnumSet<SGR> more = EnumSet.of(code);
        more.addAll(codes);
        return new Style(foreground, background, more, faint, link);
    }

    public Style withFaint() {
        return new Style(foreground, background, codes, true, link);
    }

    public Style withLink(String address) {
        return new Style(foreground, background, codes, faint, address);
    }

    /// By hand, because cells are compared often and nearly all share their styles.
    @Override
    public boolean equals(@Nullable Object other) {
        return this == other
                || (other instanceof Style style
                        && faint == style.faint
                        && foreground.equals(style.foreground)
                        && background.equals(style.background)
                        && codes.equals(style.codes));
    }

    @Override
    public int hashCode() {
        return (foreground.hashCode() * 31 + background.hashCode()) * 31
                + codes.size() * 2
                + (faint ? 1 : 0);
    }

    boolean isDefault() {
        return equals(DEFAULT);
    }

    /// Whether a blank in this style looks other than one in the default style.
    boolean showsOnBlank() {
        if (background != TextColor.ANSI.DEFAULT) {
            return true;
        }
        for (SGR code : codes) {
            if (code != SGR.BOLD && code != SGR.ITALIC) {
                return true;
            }
        }
        return false;
    }

    /// The escape sequence that turns any style into this one.
    public String sequence() {
        return withLink("").isDefault() ? "\u001b[0m" : sgr("0", DEFAULT);
    }

    /// The escape sequence that turns `pen` into this style.
    String sequenceAfter(Style pen) {
        if (link.equals(pen.link)) {
            return looksAfter(pen);
        }
        String looks = withLink("").equals(pen.withLink("")) ? "" : looksAfter(pen);
        return Hyperlinks.sequence(link) + looks;
    }

    private String looksAfter(Style pen) {
        if (withLink("").isDefault()) {
            return "\u001b[m";
        }
        boolean adds =
                codes.containsAll(pen.codes)
                        && (faint || !pen.faint)
                        && isKept(pen.foreground, foreground)
                        && isKept(pen.background, background);
        return adds ? sgr("", pen) : sgr("0", DEFAULT);
    }

    private static boolean isKept(TextColor before, TextColor now) {
        return before == TextColor.ANSI.DEFAULT || now != TextColor.ANSI.DEFAULT;
    }

    private String sgr(String start, Style pen) {
        StringBuilder out = new StringBuilder(start);
        if (faint && !pen.faint) {
            out.append(";2");
        }
        if (!codes.equals(pen.codes)) {
            for (SGR code : SGR.values()) {
                if (codes.contains(code) && !pen.codes.contains(code)) {
                    out.append(';').append(number(code));
                }
            }
        }
        if (!foreground.equals(pen.foreground)) {
            out.append(';').append(ascii(foreground.getForegroundSGRSequence()));
        }
        if (!background.equals(pen.background)) {
            out.append(';').append(ascii(background.getBackgroundSGRSequence()));
        }
        String codes = out.charAt(0) == ';' ? out.substring(1) : out.toString();
        return "\u001b[" + codes + "m";
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
