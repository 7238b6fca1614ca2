package hal0.providers.script.child;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Locale;

/// Numbers as C's `printf` writes them, which Lua leans on.
final class NumberText {
    private NumberText() {}

    /// `%.Ng`: the shorter of fixed and scientific, `significant` digits; zeros at the end stay
    /// only with `zeros` (`#`).
    static String general(double number, int significant, boolean zeros) {
        if (Double.isNaN(number)) {
            return "nan";
        }
        if (Double.isInfinite(number)) {
            return number > 0 ? "inf" : "-inf";
        }
        if (number == 0) {
            return 1 / number < 0 ? "-0" : "0";
        }
        int digits = Math.max(1, significant);
        BigDecimal rounded =
                new BigDecimal(number).round(new MathContext(digits, RoundingMode.HALF_EVEN));
        int exponent = rounded.precision() - rounded.scale() - 1;
        if (exponent < -4 || exponent >= digits) {
            String mantissa =
                    rounded.movePointLeft(exponent)
                            .setScale(digits - 1, RoundingMode.HALF_EVEN)
                            .toPlainString();
            return (zeros ? mantissa : stripped(mantissa)) + exponent(exponent);
        }
        String fixed =
                rounded.setScale(Math.max(0, digits - 1 - exponent), RoundingMode.HALF_EVEN)
                        .toPlainString();
        return zeros ? fixed : stripped(fixed);
    }

    /// `%.Nf`.
    static String fixed(double number, int decimals) {
        return finite(number)
                ? String.format(Locale.ROOT, "%." + decimals + "f", number)
                : general(number, 1, false);
    }

    /// `%.Ne`.
    static String scientific(double number, int decimals) {
        return finite(number)
                ? String.format(Locale.ROOT, "%." + decimals + "e", number)
                : general(number, 1, false);
    }

    private static boolean finite(double number) {
        return !Double.isNaN(number) && !Double.isInfinite(number);
    }

    private static String exponent(int exponent) {
        return (exponent < 0 ? "e-" : "e+")
                + (Math.abs(exponent) < 10 ? "0" : "")
                + Math.abs(exponent);
    }

    private static String stripped(String number) {
        if (number.indexOf('.') < 0) {
            return number;
        }
        int end = number.length();
        while (number.charAt(end - 1) == '0') {
            end--;
        }
        return number.substring(0, number.charAt(end - 1) == '.' ? end - 1 : end);
    }
}
