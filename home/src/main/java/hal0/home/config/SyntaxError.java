package hal0.home.config;

import hal0.home.config.Findings.Place;
import java.util.Locale;

/// A syntax error in words for somebody who does not know the grammar.
///
/// The parser's own messages quote what they stumbled over, and that may be half a secret: nothing
/// of the text is repeated here except the names of keys.
record SyntaxError(String key, String message, String fix) {
    private static final String DEFINED = "previously defined at line ";

    static SyntaxError of(String parserMessage, String text, Place place) {
        int defined = parserMessage.indexOf(DEFINED);
        if (defined >= 0) {
            return duplicate(parserMessage, defined);
        }
        SyntaxError error = unexpected(parserMessage, text, place);
        return new SyntaxError(
                "", "column %d: %s".formatted(place.column(), error.message), error.fix);
    }

    private static SyntaxError duplicate(String message, int defined) {
        String after = message.substring(defined + DEFINED.length());
        String line = after.substring(0, Math.max(0, after.indexOf(',')));
        int notATable = message.indexOf(" is not a table");
        if (notATable > 0) {
            return new SyntaxError(
                    message.substring(0, notATable),
                    "is a single value in line %s, so it cannot be a table too".formatted(line),
                    "remove one of the two");
        }
        return new SyntaxError(
                message.substring(0, Math.max(0, defined - 1)),
                "is already there in line " + line,
                "remove one of the two");
    }

    private static SyntaxError unexpected(String message, String text, Place place) {
        if (message.contains("is unclosed")) {
            boolean list = message.contains("array");
            return error(
                    "the %s that begins in line %s is not closed"
                            .formatted(list ? "list" : "table", lineIn(message, place)),
                    "end it with " + (list ? "]" : "}"));
        }
        if (message.contains("escape sequence")) {
            return error(
                    "a backslash has a special meaning between double quotes",
                    "write \\\\, or put the text in single quotes: 'C:\\folder'");
        }
        if (message.endsWith("expected a value")) {
            return noValue(message, text, place);
        }
        if (message.contains("expected . or =") || message.endsWith("expected =")) {
            return error("there is no = after the key", "write key = value");
        }
        if (message.endsWith("expected a newline or end-of-input")) {
            return error(
                    "there is something after the value",
                    "text goes in double quotes, a comment begins with #");
        }
        if (message.contains("or a character") || message.endsWith("expected '")) {
            return error("the text is not closed", "end it with the quote that it begins with");
        }
        if (message.contains("expected a key, a table key")) {
            return error(
                    "this is no line of TOML", "write key = value, [table], or # and a comment");
        }
        if (message.contains("expected ] or .")
                || message.contains("expected ]] or .")
                || message.endsWith("expected ]")
                || message.endsWith("expected ]]")) {
            return error("the name of the table is not closed", "write [name] or [[name]]");
        }
        if (message.contains("expected ], a comma")) {
            return error("there is no comma between two items of the list", "write [\"a\", \"b\"]");
        }
        return error(general(message), "");
    }

    private static SyntaxError noValue(String message, String text, Place place) {
        if (message.startsWith("Unexpected end of")) {
            return error("the value is missing", "for example key = \"text\"");
        }
        String word = wordAt(text, place).toLowerCase(Locale.ROOT);
        return word.equals("true") || word.equals("false")
                ? error("this is not a value", "write true or false in small letters")
                : error("this is not a value", "text goes in double quotes: key = \"text\"");
    }

    private static SyntaxError error(String message, String fix) {
        return new SyntaxError("", message, fix);
    }

    /// The parser's words without what it quotes.
    private static String general(String message) {
        int expected = message.indexOf("expected ", "Unexpected ".length());
        if (message.startsWith("Unexpected ")) {
            return expected < 0
                    ? "this cannot stand here"
                    : "this cannot stand here, " + message.substring(expected);
        }
        return message.isEmpty()
                ? "this is no TOML"
                : Character.toLowerCase(message.charAt(0)) + message.substring(1);
    }

    private static String lineIn(String message, Place place) {
        String mark = "opened at line ";
        int at = message.indexOf(mark);
        int end = message.indexOf(',', at);
        return at < 0 || end < 0
                ? String.valueOf(place.line())
                : message.substring(at + mark.length(), end);
    }

    private static String wordAt(String text, Place place) {
        String line = text.lines().skip(place.line() - 1L).findFirst().orElse("");
        int start = Math.min(place.column() - 1, line.length());
        int end = start;
        while (end < line.length() && Character.isLetterOrDigit(line.charAt(end))) {
            end++;
        }
        return line.substring(start, end);
    }
}
