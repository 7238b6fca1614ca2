package hal0.relay.operation;

import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The name of a form's part, from the part's headers.
final class PartName {
    /// One parameter; each alternative begins with another letter, so nothing is tried twice.
    private static final Pattern PARAMETER =
            Pattern.compile(
                    ";[ \\t]*+([A-Za-z0-9!#$%&'*+.^_`|~-]++)=(?:\"((?:[^\"\\\\]|\\\\[^\\r\\n])*+)\"|([^\\s;\"]*+))[ \\t]*+");

    private PartName() {}

    /// **Shape** `head` are the header lines with the empty one after them; `wrong` makes the error
    /// for what readers would not agree on.
    static String of(String head, Function<String, RuntimeException> wrong) {
        String disposition = null;
        for (String line : head.split("\r\n", -1)) {
            if (line.indexOf('\n') >= 0 || line.indexOf('\r') >= 0) {
                throw wrong.apply("a header line does not end in CR LF");
            }
            if (line.startsWith(" ") || line.startsWith("\t")) {
                throw wrong.apply("a header goes on in a second line");
            }
            int colon = line.indexOf(':');
            if (colon > 0 && line.substring(0, colon).equalsIgnoreCase("Content-Disposition")) {
                if (disposition != null) {
                    throw wrong.apply("it has two Content-Disposition headers");
                }
                disposition = line.substring(colon + 1).strip();
            }
        }
        if (disposition == null) {
            throw wrong.apply("it has no Content-Disposition header");
        }
        return name(disposition, wrong);
    }

    private static String name(String disposition, Function<String, RuntimeException> wrong) {
        int semicolon = disposition.indexOf(';');
        String type = semicolon < 0 ? disposition : disposition.substring(0, semicolon);
        if (!type.strip().equalsIgnoreCase("form-data") || semicolon < 0) {
            throw wrong.apply("its Content-Disposition is not form-data with a name");
        }
        String name = null;
        Matcher parameter = PARAMETER.matcher(disposition).region(semicolon, disposition.length());
        int at = semicolon;
        while (parameter.lookingAt()) {
            String key = parameter.group(1);
            if (key.equalsIgnoreCase("name*")) {
                throw wrong.apply("its name is written in the extended form");
            }
            if (key.equalsIgnoreCase("name")) {
                if (name != null) {
                    throw wrong.apply("it has two names");
                }
                name = parameter.group(2) != null ? parameter.group(2) : parameter.group(3);
            }
            at = parameter.end();
            parameter.region(at, disposition.length());
        }
        if (name == null || at < disposition.length()) {
            throw wrong.apply("its Content-Disposition cannot be read");
        }
        if (name.indexOf('\\') >= 0) {
            throw wrong.apply("its name has a backslash");
        }
        return name;
    }
}
