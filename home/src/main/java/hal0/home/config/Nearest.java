package hal0.home.config;

import java.util.Collection;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Finds the word that somebody meant.
///
/// **Threads** any.
public final class Nearest {
    private static final int MIN_PREFIX = 3;

    /// Nobody means a word by typing more; comparing costs the product of both lengths.
    private static final int LONGEST = 256;

    private Nearest() {}

    /// The word within about a third of its letters of typing errors, or one that begins with the
    /// other; null when none is near. Capitals, `-` and `_` make no difference.
    public static @Nullable String to(String typed, Collection<String> words) {
        if (typed.length() > LONGEST) {
            return null;
        }
        String plain = plain(typed);
        String best = null;
        int bestDistance = Integer.MAX_VALUE;
        for (String word : words) {
            if (word.length() > LONGEST) {
                continue;
            }
            int distance = distance(plain, plain(word));
            if (distance < bestDistance && isNear(plain, plain(word), distance)) {
                best = word;
                bestDistance = distance;
            }
        }
        return best;
    }

    /// ` (did you mean "…"?)`, to follow what is wrong with a word; empty when none is near.
    public static String hint(String typed, Collection<String> words) {
        String nearest = to(typed, words);
        return nearest == null ? "" : " (did you mean \"%s\"?)".formatted(nearest);
    }

    private static String plain(String word) {
        return word.toLowerCase(Locale.ROOT).replace("-", "").replace("_", "");
    }

    private static boolean isNear(String typed, String word, int distance) {
        int shorter = Math.min(typed.length(), word.length());
        if (shorter >= MIN_PREFIX && (typed.startsWith(word) || word.startsWith(typed))) {
            return true;
        }
        return distance <= Math.max(1, word.length() / 3) && distance < shorter;
    }

    /// Insertions, deletions, changes and swaps of neighbours.
    private static int distance(String a, String b) {
        int[][] cost = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                cost[i][j] = i == 0 || j == 0 ? i + j : step(a, b, i, j, cost);
            }
        }
        return cost[a.length()][b.length()];
    }

    private static int step(String a, String b, int i, int j, int[][] cost) {
        int change = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
        int best =
                Math.min(
                        cost[i - 1][j - 1] + change,
                        Math.min(cost[i - 1][j] + 1, cost[i][j - 1] + 1));
        boolean swapped =
                i > 1
                        && j > 1
                        && a.charAt(i - 1) == b.charAt(j - 2)
                        && a.charAt(i - 2) == b.charAt(j - 1);
        return swapped ? Math.min(best, cost[i - 2][j - 2] + 1) : best;
    }
}
