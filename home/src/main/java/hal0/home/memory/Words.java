package hal0.home.memory;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Takes texts apart into what full-text search looks for.
///
/// **Shape** besides the words themselves, `getUserName` is found by `user name`, and texts without
/// spaces between words (Chinese, Japanese) by any run of their characters. Of a query only words
/// are left: nothing that somebody types is an operator of the search. Pure.
final class Words {
    private static final int MOST_TERMS = 24;
    private static final int LONGEST_TERM = 100;
    private static final Pattern JOINED =
            Pattern.compile("(?<=\\p{Ll})(?=\\p{Lu})|(?<=\\p{Lu})(?=\\p{Lu}\\p{Ll})");
    private static final Pattern TYPED = Pattern.compile("[^\\s\\p{Cntrl}]+");
    private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{N}]+");

    /// Words that stand in most sentences and say little: asked for, they only cost time.
    private static final Set<String> EMPTY_WORDS =
            Set.of(
                    "a", "an", "and", "are", "as", "at", "be", "by", "can", "did", "do", "does",
                    "for", "from", "have", "how", "i", "in", "is", "it", "me", "my", "of", "on",
                    "or", "that", "the", "this", "to", "was", "we", "what", "when", "where",
                    "which", "who", "why", "with", "you");

    private Words() {}

    /// What of a text goes into the index.
    static String indexed(String text) {
        StringBuilder words = new StringBuilder(spaced(text));
        Matcher word = WORD.matcher(text);
        while (word.find()) {
            String[] pieces = JOINED.split(word.group());
            if (pieces.length > 1) {
                words.append(' ').append(String.join(" ", pieces));
            }
        }
        return words.toString();
    }

    /// The one word that stands for a bank.
    static String bank(String name) {
        return "b" + HexFormat.of().formatHex(name.getBytes(UTF_8));
    }

    /// The terms of a query, each as a quoted phrase.
    static List<String> terms(String query) {
        List<String> all = new ArrayList<>();
        Matcher word = TYPED.matcher(query);
        while (word.find()) {
            String typed = word.group();
            if (typed.codePoints().anyMatch(Character::isLetterOrDigit)) {
                String term =
                        typed.length() > LONGEST_TERM ? typed.substring(0, LONGEST_TERM) : typed;
                all.add(spaced(term).replace("\"", " ").strip());
            }
        }
        List<String> telling = all.stream().filter(Words::tells).toList();
        return (telling.isEmpty() ? all : telling)
                .stream().distinct().limit(MOST_TERMS).map(term -> '"' + term + '"').toList();
    }

    private static boolean tells(String term) {
        return !EMPTY_WORDS.contains(term.toLowerCase(Locale.ROOT));
    }

    /// All of the terms.
    static String all(List<String> terms) {
        return in("text tags", String.join(" AND ", terms));
    }

    /// Any of them.
    static String any(List<String> terms) {
        return in("text tags", String.join(" OR ", terms));
    }

    /// A term, or words that begin with it.
    static String begun(String term) {
        return "%s OR %s *".formatted(term, term);
    }

    /// The same within one bank, or in all for null.
    static String within(@Nullable String bank, String query) {
        return bank == null ? query : in("bank", '"' + bank(bank) + '"') + " AND " + query;
    }

    private static String in(String columns, String query) {
        return "({%s} : (%s))".formatted(columns, query);
    }

    private static String spaced(String text) {
        StringBuilder spaced = new StringBuilder(text.length());
        text.codePoints()
                .forEach(c -> {
                    if (standsAlone(c)) {
                        spaced.append(' ').appendCodePoint(c).append(' ');
                    } else {
                        spaced.appendCodePoint(c);
                    }
                });
        return spaced.toString();
    }

    private static boolean standsAlone(int c) {
        if (c < 0x2e80) {
            return false;
        }
        return switch (Character.UnicodeScript.of(c)) {
            case HAN, HIRAGANA, KATAKANA -> true;
            default -> false;
        };
    }
}
