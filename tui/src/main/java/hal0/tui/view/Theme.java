package hal0.tui.view;

import com.googlecode.lanterna.SGR;
import com.googlecode.lanterna.TextColor;
import hal0.tui.terminal.ColorDepth;
import hal0.tui.terminal.Hyperlinks;
import hal0.tui.terminal.Style;
import hal0.tui.text.Ink;
import hal0.tui.text.Role;
import hal0.tui.theme.Paint;
import hal0.tui.theme.Palette;
import hal0.tui.theme.Part;
import java.util.EnumMap;
import java.util.Map;

/// How everything looks on a terminal of so many colours.
///
/// **Shape** `roles` has every [Role]; `links` when the terminal takes addresses to be clicked.
/// Where a terminal shows no colours, weight and inversion say what colours say elsewhere.
public record Theme(
        Map<Role, Style> roles,
        Style status,
        Style rule,
        Style selected,
        Style border,
        Style title,
        Style placeholder,
        boolean links) {

    public Theme {
        roles = Map.copyOf(roles);
    }

    public static Theme of(Palette palette, ColorDepth depth) {
        Map<Role, Style> roles = new EnumMap<>(Role.class);
        for (Role role : Role.values()) {
            roles.put(role, style(palette.of(role), depth, isFaint(role)));
        }
        return new Theme(
                roles,
                style(palette.of(Part.STATUS), depth, true),
                style(palette.of(Part.RULE), depth, true),
                style(palette.of(Part.SELECTED), depth, false),
                style(palette.of(Part.BORDER), depth, true),
                style(palette.of(Part.TITLE), depth, false),
                style(palette.of(Part.PLACEHOLDER), depth, true),
                false);
    }

    /// With addresses that can be clicked.
    public Theme withLinks(boolean taken) {
        return new Theme(roles, status, rule, selected, border, title, placeholder, taken);
    }

    private static boolean isFaint(Role role) {
        return role == Role.DIM || role == Role.THINKING || role == Role.COMMENT;
    }

    private static Style style(Paint paint, ColorDepth depth, boolean faint) {
        Style style = Style.DEFAULT;
        for (SGR code : paint.codes()) {
            style = style.with(code);
        }
        boolean colourless = depth == ColorDepth.NONE;
        if (paint.faint() || (colourless && faint)) {
            style = style.withFaint();
        }
        if (paint.on() != null && (colourless || depth == ColorDepth.ANSI_16)) {
            return style.with(SGR.REVERSE);
        }
        TextColor front = colourless ? TextColor.ANSI.DEFAULT : color(paint, depth);
        Integer on = paint.on();
        return on == null
                ? style.withForeground(front)
                : style.withForeground(front).withBackground(rgb(on, depth));
    }

    private static TextColor color(Paint paint, ColorDepth depth) {
        Integer rgb = paint.rgb();
        return rgb == null || depth == ColorDepth.ANSI_16 ? paint.nearest() : rgb(rgb, depth);
    }

    private static TextColor rgb(int rgb, ColorDepth depth) {
        int red = rgb >> 16 & 0xff;
        int green = rgb >> 8 & 0xff;
        int blue = rgb & 0xff;
        return depth == ColorDepth.TRUE
                ? new TextColor.RGB(red, green, blue)
                : TextColor.Indexed.fromRGB(red, green, blue);
    }

    Style style(Ink ink) {
        Style style = roles.getOrDefault(ink.role(), Style.DEFAULT);
        style = ink.bold() ? style.with(SGR.BOLD) : style;
        style = ink.italic() ? style.with(SGR.ITALIC) : style;
        style = ink.strike() ? style.with(SGR.CROSSED_OUT) : style;
        boolean linked = links && !ink.target().isEmpty();
        return linked ? style.withLink(Hyperlinks.address(ink.target())) : style;
    }
}
