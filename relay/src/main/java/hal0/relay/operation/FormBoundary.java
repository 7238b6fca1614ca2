package hal0.relay.operation;

import hal0.relay.answer.BadBodyException;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Whether a request is a form, and what stands between its parts.
public final class FormBoundary {
    private static final Pattern BOUNDARY =
            Pattern.compile(
                    ";[ \\t]*+boundary=(?:\"([^\"\\\\\\x00-\\x1f]{1,200})\"|([^\\s;\",\\x00-\\x1f]{1,200}))[ \\t]*+(?:;|$)",
                    Pattern.CASE_INSENSITIVE);

    private FormBoundary() {}

    /// Whether a request of that content type is a form with parts.
    public static boolean isForm(String contentType) {
        return contentType.strip().toLowerCase(Locale.ROOT).startsWith("multipart/");
    }

    /// **Errors** [BadBodyException] where none is named, or two.
    static String of(String contentType) {
        Matcher found = BOUNDARY.matcher(contentType);
        if (!contentType.strip().toLowerCase(Locale.ROOT).startsWith("multipart/form-data")) {
            throw new BadBodyException(
                    "a form is sent as multipart/form-data, not as another kind of multipart",
                    0,
                    0);
        }
        if (!found.find()) {
            throw new BadBodyException("the Content-Type of the form names no boundary", 0, 0);
        }
        String boundary = found.group(1) != null ? found.group(1) : found.group(2);
        if (found.find(found.start() + 1)) {
            throw new BadBodyException("the Content-Type of the form names two boundaries", 0, 0);
        }
        return boundary;
    }
}
