package hal0.agent.search;

import hal0.agent.tool.ToolException;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/// A regular expression for lines, with the texts that a line must hold to be worth a look.
///
/// **Shape** `ascii` and `unicode` match alike, each on lines of its kind: the classes of Unicode
/// are slow. `texts` is empty where every line has to be looked at; `literal` says that a line with
/// one of them matches.
record LinePattern(
        String source, Pattern ascii, Pattern unicode, List<ByteSearch> texts, boolean literal) {

    /// **Errors** [ToolException] saying where the pattern is wrong.
    static LinePattern of(String regex, boolean ignoreCase) {
        String text = ignoreCase ? null : Literals.whole(regex);
        if (text != null) {
            Pattern plain = Pattern.compile(text, Pattern.LITERAL);
            return new LinePattern(regex, plain, plain, List.of(new ByteSearch(text, false)), true);
        }
        Pattern ascii = compiled(regex, ignoreCase ? Pattern.CASE_INSENSITIVE : 0);
        int folding = ignoreCase ? Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE : 0;
        Pattern unicode = compiled(regex, folding | Pattern.UNICODE_CHARACTER_CLASS);
        List<ByteSearch> texts =
                Literals.of(regex, ignoreCase).stream()
                        .map(each -> new ByteSearch(each, ignoreCase))
                        .toList();
        return new LinePattern(regex, ascii, unicode, texts, false);
    }

    /// What can be searched for line by line.
    static String checked(String regex) {
        if (regex.isEmpty()) {
            throw new ToolException("the pattern is empty");
        }
        if (regex.contains("\n") || regex.replace("\\\\", "").contains("\\n")) {
            throw new ToolException(
                    "the search goes line by line, so a pattern cannot hold a line break; search"
                            + " for one of the lines with context");
        }
        return regex;
    }

    private static Pattern compiled(String regex, int flags) {
        try {
            return Pattern.compile(javaClasses(regex), flags);
        } catch (PatternSyntaxException e) {
            String at = e.getIndex() < 0 ? "" : " at character " + (e.getIndex() + 1);
            throw new ToolException(
                    "not a regular expression: %s%s; put \\ before a character that is meant as it is"
                            .formatted(e.getDescription().toLowerCase(Locale.ROOT), at),
                    e);
        }
    }

    /// Java reads `[:alpha:]` as six letters.
    private static String javaClasses(String regex) {
        String text = regex;
        for (String name : List.of("Alpha", "Digit", "Alnum", "Upper", "Lower", "Space", "Punct")) {
            text = text.replace("[:" + name.toLowerCase(Locale.ROOT) + ":]", "\\p{" + name + "}");
        }
        return text;
    }
}
