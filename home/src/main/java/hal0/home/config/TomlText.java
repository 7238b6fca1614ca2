package hal0.home.config;

import java.util.List;
import java.util.stream.Collectors;

/// Values as TOML text. Needs no parser, so that defaults can be shown without loading one.
final class TomlText {
    private TomlText() {}

    /// **Shape** a text, number, boolean, or a list of them.
    static String of(Object value) {
        return switch (value) {
            case String text -> quoted(text);
            case Double number -> number(number);
            case List<?> list ->
                    list.stream()
                            .map(item -> item == null ? "" : of(item))
                            .collect(Collectors.joining(", ", "[", "]"));
            default -> value.toString();
        };
    }

    private static String number(double number) {
        if (Double.isNaN(number)) {
            return "nan";
        }
        return Double.isInfinite(number) ? number > 0 ? "inf" : "-inf" : Double.toString(number);
    }

    static String quoted(String text) {
        StringBuilder out = new StringBuilder(text.length() + 2).append('"');
        for (int i = 0; i < text.length(); i++) {
            escape(text.charAt(i), out);
        }
        return out.append('"').toString();
    }

    private static void escape(char c, StringBuilder out) {
        switch (c) {
            case '"' -> out.append("\\\"");
            case '\\' -> out.append("\\\\");
            case '\n' -> out.append("\\n");
            case '\r' -> out.append("\\r");
            case '\t' -> out.append("\\t");
            default -> {
                if (Character.isISOControl(c)) {
                    out.append("\\u").append("%04x".formatted((int) c));
                } else {
                    out.append(c);
                }
            }
        }
    }
}
