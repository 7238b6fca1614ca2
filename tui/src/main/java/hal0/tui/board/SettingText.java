package hal0.tui.board;

import hal0.home.config.Form;
import hal0.home.config.Setting;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/// Values of settings as people type them: texts without quotes, lists with commas.
final class SettingText {
    private SettingText() {}

    /// A TOML value without its quotes.
    static String plain(String toml) {
        boolean quoted = toml.length() > 1 && toml.startsWith("\"") && toml.endsWith("\"");
        return quoted
                ? toml.substring(1, toml.length() - 1).replace("\\\"", "\"").replace("\\\\", "\\")
                : toml;
    }

    /// What stands in the field when the editing begins.
    static String typed(Setting setting) {
        return setting.form() instanceof Form.Texts
                ? items(setting.value()).stream().collect(Collectors.joining(", "))
                : plain(setting.value());
    }

    /// The texts of a TOML list. A comma within one of them stays in it.
    private static List<String> items(String toml) {
        List<String> items = new ArrayList<>();
        StringBuilder item = new StringBuilder();
        boolean inside = false;
        for (int i = 0; i < toml.length(); i++) {
            char c = toml.charAt(i);
            if (c == '"') {
                inside = !inside;
                if (!inside) {
                    items.add(item.toString());
                    item.setLength(0);
                }
            } else if (inside) {
                i += c == '\\' && i + 1 < toml.length() ? 1 : 0;
                item.append(toml.charAt(i));
            }
        }
        return items;
    }

    /// The value that a text stands for.
    ///
    /// **Errors** IllegalArgumentException that says what may stand there.
    static Object parsed(Form form, String text) {
        return switch (form) {
            case Form.Whole(var min, var max) -> whole(text, min, max);
            case Form.Real(var min) -> real(text, min);
            case Form.Texts _ ->
                    Arrays.stream(text.split(",", -1))
                            .map(String::strip)
                            .filter(item -> !item.isEmpty())
                            .toList();
            case Form.Flag _ -> Boolean.valueOf(text);
            case Form.Text _, Form.Choice _, Form.Numbers _, Form.Hidden _ -> text;
        };
    }

    private static Object whole(String text, long min, long max) {
        long value;
        try {
            value = Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("\"" + text + "\" is not a whole number", e);
        }
        if (value < min || value > max) {
            throw new IllegalArgumentException(text + " is not " + range(min, max));
        }
        return value;
    }

    private static Object real(String text, double min) {
        double value;
        try {
            value = Double.parseDouble(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("\"" + text + "\" is not a number", e);
        }
        if (!Double.isFinite(value) || value < min) {
            throw new IllegalArgumentException(
                    text + " is not a number of at least " + number(min));
        }
        return value;
    }

    static String range(long min, long max) {
        if (max == Long.MAX_VALUE) {
            return min == Long.MIN_VALUE ? "a whole number" : "a whole number of at least " + min;
        }
        return "a whole number from " + min + " to " + max;
    }

    static String number(double value) {
        return BigDecimal.valueOf(value).stripTrailingZeros().toPlainString();
    }
}
