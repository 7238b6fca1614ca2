package hal0.tui.view;

import com.googlecode.lanterna.SGR;
import com.googlecode.lanterna.TextColor;
import hal0.tui.terminal.ColorDepth;
import hal0.tui.terminal.Style;
import hal0.tui.text.Ink;
import hal0.tui.text.Role;
import java.util.EnumMap;
import java.util.Map;

/// How everything looks.
///
/// **Shape** `roles` has every [Role]. Where a terminal shows no colours, weight and inversion say
/// what colours say elsewhere.
public record Theme(
        Map<Role, Style> roles,
        Style status,
        Style rule,
        Style selected,
        Style border,
        Style title,
        Style placeholder) {

    public Theme {
        roles = Map.copyOf(roles);
    }

    public static Theme of(boolean light, ColorDepth depth) {
        Paint paint = new Paint(depth);
        return light ? light(paint) : dark(paint);
    }

    private static Theme dark(Paint paint) {
        Map<Role, Style> roles = new EnumMap<>(Role.class);
        roles.put(Role.PLAIN, Style.DEFAULT);
        roles.put(Role.DIM, paint.faint(0x8A8F98, TextColor.ANSI.BLACK_BRIGHT));
        roles.put(Role.ACCENT, paint.text(0x7AA2F7, TextColor.ANSI.BLUE_BRIGHT));
        roles.put(Role.HEADING, paint.text(0x7DCFFF, TextColor.ANSI.CYAN_BRIGHT));
        roles.put(Role.CODE, paint.text(0xE0AF68, TextColor.ANSI.YELLOW));
        roles.put(Role.CODE_BLOCK, paint.text(0x9ECE6A, TextColor.ANSI.GREEN));
        roles.put(Role.QUOTE, paint.text(0xA9B1D6, TextColor.ANSI.WHITE));
        roles.put(Role.LINK, paint.text(0x7AA2F7, TextColor.ANSI.BLUE_BRIGHT).with(SGR.UNDERLINE));
        roles.put(Role.MARKER, paint.text(0xBB9AF7, TextColor.ANSI.MAGENTA));
        roles.put(Role.USER, paint.text(0xC0CAF5, TextColor.ANSI.WHITE_BRIGHT).with(SGR.BOLD));
        roles.put(Role.THINKING, paint.faint(0x737AA2, TextColor.ANSI.BLACK_BRIGHT));
        roles.put(Role.ERROR, paint.text(0xF7768E, TextColor.ANSI.RED_BRIGHT));
        roles.put(Role.ADDED, paint.text(0x9ECE6A, TextColor.ANSI.GREEN));
        roles.put(Role.REMOVED, paint.text(0xF7768E, TextColor.ANSI.RED));
        roles.put(Role.NOTICE, paint.text(0xE0AF68, TextColor.ANSI.YELLOW));
        return new Theme(
                roles,
                paint.faint(0x8A8F98, TextColor.ANSI.WHITE),
                paint.faint(0x545C7E, TextColor.ANSI.BLACK_BRIGHT),
                paint.chosen(0xFFFFFF, 0x3B4261),
                paint.faint(0x545C7E, TextColor.ANSI.BLACK_BRIGHT),
                paint.text(0x7DCFFF, TextColor.ANSI.CYAN_BRIGHT).with(SGR.BOLD),
                paint.faint(0x6B7089, TextColor.ANSI.BLACK_BRIGHT));
    }

    private static Theme light(Paint paint) {
        Map<Role, Style> roles = new EnumMap<>(Role.class);
        roles.put(Role.PLAIN, Style.DEFAULT);
        roles.put(Role.DIM, paint.faint(0x6A6F7A, TextColor.ANSI.BLACK_BRIGHT));
        roles.put(Role.ACCENT, paint.text(0x2E5AAC, TextColor.ANSI.BLUE));
        roles.put(Role.HEADING, paint.text(0x00677D, TextColor.ANSI.CYAN));
        roles.put(Role.CODE, paint.text(0x8F5E15, TextColor.ANSI.RED));
        roles.put(Role.CODE_BLOCK, paint.text(0x33635C, TextColor.ANSI.GREEN));
        roles.put(Role.QUOTE, paint.text(0x4C505E, TextColor.ANSI.BLACK_BRIGHT));
        roles.put(Role.LINK, paint.text(0x2E5AAC, TextColor.ANSI.BLUE).with(SGR.UNDERLINE));
        roles.put(Role.MARKER, paint.text(0x7847BD, TextColor.ANSI.MAGENTA));
        roles.put(Role.USER, paint.text(0x1F2335, TextColor.ANSI.BLACK).with(SGR.BOLD));
        roles.put(Role.THINKING, paint.faint(0x6C7086, TextColor.ANSI.BLACK_BRIGHT));
        roles.put(Role.ERROR, paint.text(0xB3152E, TextColor.ANSI.RED));
        roles.put(Role.ADDED, paint.text(0x33635C, TextColor.ANSI.GREEN));
        roles.put(Role.REMOVED, paint.text(0xB3152E, TextColor.ANSI.RED));
        roles.put(Role.NOTICE, paint.text(0x8F5E15, TextColor.ANSI.MAGENTA));
        return new Theme(
                roles,
                paint.faint(0x5A5F6A, TextColor.ANSI.BLACK_BRIGHT),
                paint.faint(0xA8AECB, TextColor.ANSI.BLACK_BRIGHT),
                paint.chosen(0x1F2335, 0xC4C8DA),
                paint.faint(0xA8AECB, TextColor.ANSI.BLACK_BRIGHT),
                paint.text(0x00677D, TextColor.ANSI.CYAN).with(SGR.BOLD),
                paint.faint(0x8990A8, TextColor.ANSI.BLACK_BRIGHT));
    }

    Style style(Ink ink) {
        Style style = roles.getOrDefault(ink.role(), Style.DEFAULT);
        style = ink.bold() ? style.with(SGR.BOLD) : style;
        style = ink.italic() ? style.with(SGR.ITALIC) : style;
        return ink.strike() ? style.with(SGR.CROSSED_OUT) : style;
    }

    /// Colours as far as a terminal has them.
    private record Paint(ColorDepth depth) {

        Style text(int rgb, TextColor.ANSI nearest) {
            return depth == ColorDepth.NONE
                    ? Style.DEFAULT
                    : Style.DEFAULT.withForeground(color(rgb, nearest));
        }

        Style faint(int rgb, TextColor.ANSI nearest) {
            return depth == ColorDepth.NONE ? Style.DEFAULT.withFaint() : text(rgb, nearest);
        }

        Style chosen(int foreground, int background) {
            return switch (depth) {
                case NONE, ANSI_16 -> Style.DEFAULT.with(SGR.REVERSE);
                case INDEXED_256, TRUE ->
                        Style.DEFAULT
                                .withForeground(color(foreground, TextColor.ANSI.DEFAULT))
                                .withBackground(color(background, TextColor.ANSI.DEFAULT));
            };
        }

        private TextColor color(int rgb, TextColor.ANSI nearest) {
            int red = rgb >> 16 & 0xff;
            int green = rgb >> 8 & 0xff;
            int blue = rgb & 0xff;
            return switch (depth) {
                case NONE -> TextColor.ANSI.DEFAULT;
                case ANSI_16 -> nearest;
                case INDEXED_256 -> TextColor.Indexed.fromRGB(red, green, blue);
                case TRUE -> new TextColor.RGB(red, green, blue);
            };
        }
    }
}
