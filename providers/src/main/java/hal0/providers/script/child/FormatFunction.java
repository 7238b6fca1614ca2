package hal0.providers.script.child;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import org.luaj.vm2.LuaError;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;
import org.luaj.vm2.lib.VarArgFunction;

/// `string.format`: the interpreter's own forgets width and precision of numbers.
///
/// **Source** Lua 5.1 Reference Manual, `string.format`: width and precision of at most two digits.
final class FormatFunction extends VarArgFunction {

    /// Between `%` and the letter.
    private record Directive(String flags, int width, int precision) {
        boolean has(char flag) {
            return flags.indexOf(flag) >= 0;
        }

        /// `text` with its sign, brought to the width.
        byte[] padded(byte[] text, boolean number) {
            int missing = width - text.length;
            if (missing <= 0) {
                return text;
            }
            byte[] all = new byte[width];
            boolean zeros = number && has('0') && !has('-');
            Arrays.fill(all, (byte) (zeros ? '0' : ' '));
            if (has('-')) {
                System.arraycopy(text, 0, all, 0, text.length);
                return all;
            }
            int sign =
                    zeros && text.length > 0 && (text[0] == '-' || text[0] == '+' || text[0] == ' ')
                            ? 1
                            : 0;
            System.arraycopy(text, 0, all, 0, sign);
            System.arraycopy(text, sign, all, missing + sign, text.length - sign);
            return all;
        }

        String signed(String number) {
            boolean negative = number.startsWith("-");
            return negative ? number : has('+') ? "+" + number : has(' ') ? " " + number : number;
        }
    }

    @Override
    public Varargs invoke(Varargs arguments) {
        LuaString format = arguments.checkstring(1);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        int argument = 1;
        int at = 0;
        while (at < format.m_length) {
            int c = format.luaByte(at++);
            if (c != '%') {
                out.write(c);
            } else if (at < format.m_length && format.luaByte(at) == '%') {
                out.write('%');
                at++;
            } else {
                int start = at;
                while (at < format.m_length && "-+ #0123456789.".indexOf(format.luaByte(at)) >= 0) {
                    at++;
                }
                if (at == format.m_length) {
                    throw new LuaError("invalid option to 'format'");
                }
                Directive directive = directive(format.substring(start, at).tojstring());
                out.writeBytes(
                        formatted(directive, (char) format.luaByte(at++), arguments, ++argument));
            }
        }
        return LuaString.valueUsing(out.toByteArray());
    }

    private static Directive directive(String text) {
        int i = 0;
        while (i < text.length() && "-+ #0".indexOf(text.charAt(i)) >= 0) {
            i++;
        }
        int point = text.indexOf('.', i);
        String width = point < 0 ? text.substring(i) : text.substring(i, point);
        String precision = point < 0 ? "" : text.substring(point + 1);
        if (width.length() > 2 || precision.length() > 2 || i > 5) {
            throw new LuaError("invalid format (width or precision too long)");
        }
        return new Directive(
                text.substring(0, i), number(width, 0), point < 0 ? -1 : number(precision, 0));
    }

    private static int number(String digits, int otherwise) {
        if (!digits.chars().allMatch(c -> c >= '0' && c <= '9')) {
            throw new LuaError("invalid format (repeated flags)");
        }
        return digits.isEmpty() ? otherwise : Integer.parseInt(digits);
    }

    private static byte[] formatted(
            Directive directive, char letter, Varargs arguments, int index) {
        return switch (letter) {
            case 'c' -> directive.padded(new byte[] {(byte) arguments.checkint(index)}, false);
            case 'd', 'i' ->
                    whole(directive, directive.signed(Long.toString(arguments.checklong(index))));
            case 'u' -> whole(directive, Long.toUnsignedString(arguments.checklong(index)));
            case 'o' -> whole(directive, Long.toOctalString(arguments.checklong(index)));
            case 'x' -> whole(directive, Long.toHexString(arguments.checklong(index)));
            case 'X' ->
                    whole(
                            directive,
                            Long.toHexString(arguments.checklong(index)).toUpperCase(Locale.ROOT));
            case 'e', 'E', 'f', 'g', 'G' -> real(directive, letter, arguments.checkdouble(index));
            case 'q' -> quoted(arguments.checkstring(index));
            case 's' -> text(directive, arguments.checkvalue(index));
            default -> throw new LuaError("invalid option '%" + letter + "' to 'format'");
        };
    }

    private static byte[] whole(Directive directive, String number) {
        int sign = !number.isEmpty() && "+- ".indexOf(number.charAt(0)) >= 0 ? 1 : 0;
        int missing = directive.precision - (number.length() - sign);
        String digits =
                missing > 0
                        ? number.substring(0, sign) + "0".repeat(missing) + number.substring(sign)
                        : number;
        return directive.padded(ascii(digits), directive.precision < 0);
    }

    private static byte[] real(Directive directive, char letter, double number) {
        int precision = directive.precision < 0 ? 6 : directive.precision;
        String text =
                switch (letter) {
                    case 'f' -> NumberText.fixed(number, precision);
                    case 'e', 'E' -> NumberText.scientific(number, precision);
                    default -> NumberText.general(number, precision, directive.has('#'));
                };
        String cased = Character.isUpperCase(letter) ? text.toUpperCase(Locale.ROOT) : text;
        return directive.padded(ascii(directive.signed(cased)), true);
    }

    private static byte[] text(Directive directive, LuaValue value) {
        LuaString text = new BaseFunctions.ToString().call(value).checkstring();
        int length =
                directive.precision < 0
                        ? text.m_length
                        : Math.min(directive.precision, text.m_length);
        byte[] bytes = Arrays.copyOfRange(text.m_bytes, text.m_offset, text.m_offset + length);
        return directive.padded(bytes, false);
    }

    private static byte[] quoted(LuaString text) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write('"');
        for (int i = 0; i < text.m_length; i++) {
            int c = text.luaByte(i);
            switch (c) {
                case '"', '\\', '\n' -> {
                    out.write('\\');
                    out.write(c);
                }
                case '\r' -> out.writeBytes(ascii("\\r"));
                case 0 -> out.writeBytes(ascii("\\000"));
                default -> out.write(c);
            }
        }
        out.write('"');
        return out.toByteArray();
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}
