package hal0.cli.config;

import java.util.ArrayList;
import java.util.List;

/// The difference of two texts, line by line, with a little of what stays around it.
///
/// **Shape** lines begin with `-`, `+` or a blank; `…` stands for lines that are left out. Fit for
/// files that people write: its cost is the product of their lines.
final class LineDiff {
    private static final int CONTEXT = 2;

    private LineDiff() {}

    private record Line(char sign, String text) {
        boolean isChange() {
            return sign != ' ';
        }
    }

    static List<String> of(String before, String after) {
        List<Line> all = lines(before.lines().toList(), after.lines().toList());
        List<String> shown = new ArrayList<>();
        boolean skipped = false;
        for (int i = 0; i < all.size(); i++) {
            if (isNearChange(all, i)) {
                if (skipped) {
                    shown.add("…");
                }
                shown.add(all.get(i).sign() + all.get(i).text());
                skipped = false;
            } else {
                skipped = true;
            }
        }
        return shown;
    }

    private static boolean isNearChange(List<Line> all, int at) {
        return all
                .subList(Math.max(0, at - CONTEXT), Math.min(all.size(), at + CONTEXT + 1))
                .stream()
                .anyMatch(Line::isChange);
    }

    private static List<Line> lines(List<String> before, List<String> after) {
        int[][] common = commonFrom(before, after);
        List<Line> lines = new ArrayList<>();
        int b = 0;
        int a = 0;
        while (b < before.size() || a < after.size()) {
            boolean both = b < before.size() && a < after.size();
            if (both && before.get(b).equals(after.get(a))) {
                lines.add(new Line(' ', before.get(b)));
                b++;
                a++;
            } else if (b < before.size()
                    && (a == after.size() || common[b + 1][a] >= common[b][a + 1])) {
                lines.add(new Line('-', before.get(b++)));
            } else {
                lines.add(new Line('+', after.get(a++)));
            }
        }
        return lines;
    }

    /// How many lines the two have in common from there on.
    private static int[][] commonFrom(List<String> before, List<String> after) {
        int[][] common = new int[before.size() + 1][after.size() + 1];
        for (int b = before.size() - 1; b >= 0; b--) {
            for (int a = after.size() - 1; a >= 0; a--) {
                common[b][a] =
                        before.get(b).equals(after.get(a))
                                ? common[b + 1][a + 1] + 1
                                : Math.max(common[b + 1][a], common[b][a + 1]);
            }
        }
        return common;
    }
}
