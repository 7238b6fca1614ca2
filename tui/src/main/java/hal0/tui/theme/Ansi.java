package hal0.tui.theme;

import com.googlecode.lanterna.TextColor;
import org.jspecify.annotations.Nullable;

/// Which of the 16 colours stands for one that the terminal does not have.
final class Ansi {
    private static final TextColor.ANSI[] HUES = {
        TextColor.ANSI.RED,
        TextColor.ANSI.YELLOW,
        TextColor.ANSI.GREEN,
        TextColor.ANSI.CYAN,
        TextColor.ANSI.BLUE,
        TextColor.ANSI.MAGENTA
    };
    private static final double GREY = 0.15;

    private Ansi() {}

    /// By hue, for what a palette shows as the 16 colours is not known.
    static TextColor.ANSI nearest(@Nullable Integer rgb) {
        if (rgb == null) {
            return TextColor.ANSI.DEFAULT;
        }
        int red = rgb >> 16 & 0xff;
        int green = rgb >> 8 & 0xff;
        int blue = rgb & 0xff;
        int high = Math.max(red, Math.max(green, blue));
        int low = Math.min(red, Math.min(green, blue));
        int range = high - low;
        if (range <= GREY * 255) {
            return high < 0xB0 ? TextColor.ANSI.BLACK_BRIGHT : TextColor.ANSI.DEFAULT;
        }
        double hue;
        if (high == red) {
            hue = (green - blue) / (double) range;
        } else if (high == green) {
            hue = 2 + (blue - red) / (double) range;
        } else {
            hue = 4 + (red - green) / (double) range;
        }
        return HUES[Math.floorMod(Math.round(hue), HUES.length)];
    }
}
