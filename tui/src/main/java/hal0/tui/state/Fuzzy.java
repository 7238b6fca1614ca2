package hal0.tui.state;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/// How well something fits what was typed: each word, in any order, in its name or in what is told
/// beside it.
///
/// **Shape** in this order: the whole name or its last part, the beginning of either, the beginning
/// of a word of the name, anywhere in the name, anywhere in the details, and last its letters
/// scattered over the name alone, from the beginning of a word on: what is told of a thing is long
/// enough to hold any letters. Among equals what came first stays first.
final class Fuzzy {
    static final int NONE = -1;

    private static final int STEP = 1000;
    private static final int WHOLE = 6 * STEP;
    private static final int BEGINNING = 5 * STEP;
    private static final int WORD = 4 * STEP;
    private static final int INSIDE = 3 * STEP;
    private static final int DETAIL = 2 * STEP;
    private static final int SCATTERED = STEP;

    private Fuzzy() {}

    /// What is sought in.
    record Text(String name, String details) {
        Text {
            name = name.toLowerCase(Locale.ROOT);
            details = details.toLowerCase(Locale.ROOT);
        }

        static Text of(String name) {
            return new Text(name, "");
        }
    }

    /// Those that fit, the best first; all of them, as they are, where nothing was typed.
    static <T> List<T> ranked(String typed, List<T> all, Function<T, Text> text) {
        if (typed.isBlank()) {
            return all;
        }
        record Ranked<T>(T each, int score) {}
        Typed words = typed(typed);
        List<Ranked<T>> fitting = new ArrayList<>();
        for (T each : all) {
            int score = words.score(text.apply(each));
            if (score > NONE) {
                fitting.add(new Ranked<>(each, score));
            }
        }
        fitting.sort(Comparator.comparingInt((Ranked<T> ranked) -> -ranked.score()));
        return fitting.stream().map(Ranked::each).toList();
    }

    static Typed typed(String typed) {
        return new Typed(List.of(typed.toLowerCase(Locale.ROOT).strip().split("\\s+", -1)));
    }

    /// The words of what was typed, to be held against many texts.
    record Typed(List<String> words) {
        /// Higher is better, [#NONE] is no match.
        int score(Text text) {
            int total = 0;
            for (String word : words) {
                int score = scoreOf(word, text);
                if (score == NONE) {
                    return NONE;
                }
                total += score;
            }
            return total;
        }
    }

    private static int scoreOf(String word, Text text) {
        String name = text.name();
        int last = name.lastIndexOf('/', name.length() - 2) + 1;
        boolean lastBegins = name.startsWith(word, last);
        if (name.equals(word) || (lastBegins && name.length() - last == word.length())) {
            return WHOLE;
        }
        if (lastBegins || name.startsWith(word)) {
            return BEGINNING;
        }
        int at = name.indexOf(word);
        if (at >= 0) {
            return beginsWord(name, word, at) ? WORD : INSIDE;
        }
        return text.details().contains(word) ? DETAIL : scattered(word, name);
    }

    private static boolean beginsWord(String name, String word, int first) {
        for (int at = first; at >= 0; at = name.indexOf(word, at + 1)) {
            if (isStart(name, at)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isStart(String name, int at) {
        return at == 0 || !Character.isLetterOrDigit(name.charAt(at - 1));
    }

    /// The best of all words that the letters may begin at.
    private static int scattered(String word, String name) {
        int best = NONE;
        for (int at = name.indexOf(word.charAt(0)); at >= 0; ) {
            best = isStart(name, at) ? Math.max(best, scattered(word, name, at)) : best;
            at = name.indexOf(word.charAt(0), at + 1);
        }
        return best;
    }

    /// Fewer gaps are better, and gaps that end at the beginning of a word are half as bad.
    private static int scattered(String word, String name, int from) {
        int gaps = 0;
        int at = from;
        for (int i = 1; i < word.length(); i++) {
            int next = name.indexOf(word.charAt(i), at + 1);
            if (next < 0) {
                return NONE;
            }
            gaps += next == at + 1 ? 0 : isStart(name, next) ? 5 : 10 + Math.min(20, next - at);
            at = next;
        }
        return SCATTERED + Math.max(0, STEP - 1 - gaps);
    }
}
