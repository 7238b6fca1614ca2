package hal0.tui.state;

import java.util.List;
import java.util.Locale;

/// How well a text fits what was typed.
public final class Fuzzy {
    private static final int START = 8;
    private static final int RUN = 5;

    private Fuzzy() {}

    /// Higher is better, negative is no match: the letters of each typed word occur in order. Word
    /// starts and runs count more, long texts a little less.
    public static int score(String typed, String text) {
        return typed(typed).score(text.toLowerCase(Locale.ROOT));
    }

    static Typed typed(String typed) {
        return new Typed(List.of(typed.toLowerCase(Locale.ROOT).strip().split(" ", -1)));
    }

    /// The words of what was typed, to be held against many texts.
    record Typed(List<String> words) {
        /// As [Fuzzy#score]; `text` has small letters.
        int score(String text) {
            int total = 0;
            for (String word : words) {
                int score = word.isEmpty() ? 0 : scoreOf(word, text);
                if (score < 0) {
                    return -1;
                }
                total += score;
            }
            return total * 64 + Math.max(0, 63 - text.length());
        }
    }

    private static int scoreOf(String word, String text) {
        int whole = text.indexOf(word);
        if (whole >= 0) {
            boolean start = whole == 0 || !Character.isLetterOrDigit(text.charAt(whole - 1));
            return word.length() * (RUN + 1) + (whole == 0 ? START * 4 : start ? START * 2 : START);
        }
        int score = 0;
        int at = -1;
        for (int i = 0; i < word.length(); i++) {
            int found = text.indexOf(word.charAt(i), at + 1);
            if (found < 0) {
                return -1;
            }
            boolean start = found == 0 || !Character.isLetterOrDigit(text.charAt(found - 1));
            score += 1 + (found == at + 1 && i > 0 ? RUN : 0) + (start ? START : 0);
            at = found;
        }
        return score;
    }
}
