package hal0.relay.update;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// Versions such as `1.2.3`, `v1.2.3` and `1.2.3-rc1`, and which of two is newer.
public final class Release {
    private static final Pattern FORM =
            Pattern.compile("v?\\d{1,9}(\\.\\d{1,9}){0,3}(-[\\w.]{1,64})?");

    private Release() {}

    static boolean isVersion(String text) {
        return FORM.matcher(text).matches();
    }

    /// Without the `v`.
    static String bare(String version) {
        return version.startsWith("v") ? version.substring(1) : version;
    }

    /// Whether the first is newer; a final one is newer than what came before it.
    public static boolean isNewer(String one, String other) {
        if (!isVersion(one) || !isVersion(other)) {
            return false;
        }
        List<Integer> left = numbers(bare(one));
        List<Integer> right = numbers(bare(other));
        for (int i = 0; i < Math.max(left.size(), right.size()); i++) {
            int by = Integer.compare(at(left, i), at(right, i));
            if (by != 0) {
                return by > 0;
            }
        }
        return !one.contains("-") && other.contains("-");
    }

    private static int at(List<Integer> numbers, int index) {
        return index < numbers.size() ? numbers.get(index) : 0;
    }

    private static List<Integer> numbers(String version) {
        int dash = version.indexOf('-');
        String plain = dash < 0 ? version : version.substring(0, dash);
        List<Integer> numbers = new ArrayList<>();
        for (String number : plain.split("\\.", -1)) {
            numbers.add(Integer.parseInt(number));
        }
        return numbers;
    }
}
