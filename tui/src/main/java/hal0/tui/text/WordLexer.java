package hal0.tui.text;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.BiConsumer;

/// A lexer that knows a language by its words, quotes and comment signs.
///
/// **Shape** made of a resource with one `name value…` a line: `line` and `block` are the signs of
/// comments, `quotes` the signs of strings of one line, `long` of those of many, `keywords`,
/// `types`, and `key` the sign that follows a name of a setting. The state is 0, or the place of
/// the block or long string that is open, counted from 1.
final class WordLexer implements Lexer {
    /// What begins and ends with a sign and may span lines.
    private record Enclosed(String open, String close, Role role) {}

    private final List<String> lineComments = new ArrayList<>();
    private final List<Enclosed> enclosed = new ArrayList<>();
    private final Set<String> keywords = new HashSet<>();
    private final Set<String> types = new HashSet<>();
    private String quotes = "";
    private String key = "";

    WordLexer(List<String> description) {
        for (String each : description) {
            String[] words = each.strip().split("\\s+");
            List<String> values = List.of(words).subList(1, words.length);
            switch (words[0]) {
                case "line" -> lineComments.addAll(values);
                case "block" ->
                        enclosed.add(new Enclosed(values.get(0), values.get(1), Role.COMMENT));
                case "long" -> values.forEach(v -> enclosed.add(new Enclosed(v, v, Role.STRING)));
                case "quotes" -> quotes = String.join("", values);
                case "keywords" -> keywords.addAll(values);
                case "types" -> types.addAll(values);
                case "key" -> key = values.getFirst();
                default -> throw new IllegalArgumentException("unknown word: " + each);
            }
        }
    }

    @Override
    public int line(String line, int state, BiConsumer<String, Role> tokens) {
        int at = 0;
        int open = state;
        while (at < line.length()) {
            if (open > 0) {
                Enclosed inside = enclosed.get(open - 1);
                int close = line.indexOf(inside.close(), at);
                int end = close < 0 ? line.length() : close + inside.close().length();
                tokens.accept(line.substring(at, end), inside.role());
                open = close < 0 ? open : 0;
                at = end;
            } else {
                open = opened(line, at);
                if (open > 0) {
                    int end = at + enclosed.get(open - 1).open().length();
                    tokens.accept(line.substring(at, end), enclosed.get(open - 1).role());
                    at = end;
                } else {
                    at = token(line, at, tokens);
                }
            }
        }
        return open;
    }

    private int opened(String line, int at) {
        for (int i = 0; i < enclosed.size(); i++) {
            if (line.startsWith(enclosed.get(i).open(), at)) {
                return i + 1;
            }
        }
        return 0;
    }

    private int token(String line, int at, BiConsumer<String, Role> tokens) {
        char c = line.charAt(at);
        int end = at + 1;
        Role role = Role.CODE_BLOCK;
        if (lineComments.stream().anyMatch(sign -> line.startsWith(sign, at))) {
            end = line.length();
            role = Role.COMMENT;
        } else if (quotes.indexOf(c) >= 0 && !isLetterBefore(line, at)) {
            end = stringEnd(line, at);
            role = Role.STRING;
        } else if (isDigit(c)) {
            end = wordEnd(line, at, true);
            role = Role.NUMBER;
        } else if (isWord(c) || (c == '@' && at + 1 < line.length() && isWord(line.charAt(end)))) {
            end = wordEnd(line, end, false);
            role = c == '@' ? Role.ATTRIBUTE : named(line, at, end);
        }
        tokens.accept(line.substring(at, end), role);
        return end;
    }

    private Role named(String line, int from, int to) {
        String word = line.substring(from, to);
        if (keywords.contains(word)) {
            return Role.KEYWORD;
        }
        String rest = line.substring(to).stripLeading();
        if (!key.isEmpty() && rest.startsWith(key)) {
            return Role.ATTRIBUTE;
        }
        boolean capital = Character.isUpperCase(word.charAt(0));
        if (types.contains(word) || (capital && !word.equals(word.toUpperCase(Locale.ROOT)))) {
            return Role.TYPE;
        }
        return rest.startsWith("(") ? Role.FUNCTION : Role.CODE_BLOCK;
    }

    /// An apostrophe after a letter ends a name, as in `x'`.
    private static boolean isLetterBefore(String line, int at) {
        return line.charAt(at) == '\'' && at > 0 && isWord(line.charAt(at - 1));
    }

    private static int stringEnd(String line, int at) {
        int end = at + 1;
        while (end < line.length() && line.charAt(end) != line.charAt(at)) {
            end += line.charAt(end) == '\\' ? 2 : 1;
        }
        return Math.min(line.length(), end + 1);
    }

    private static int wordEnd(String line, int at, boolean number) {
        int end = at;
        while (end < line.length()
                && (isWord(line.charAt(end)) || (number && isPoint(line, end)))) {
            end++;
        }
        return end;
    }

    private static boolean isPoint(String line, int at) {
        return line.charAt(at) == '.' && at + 1 < line.length() && isDigit(line.charAt(at + 1));
    }

    private static boolean isWord(char c) {
        return c == '_' || Character.isLetterOrDigit(c);
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}
