package hal0.agent.web;

import static java.nio.charset.StandardCharsets.UTF_8;

import hal0.agent.tool.ToolException;
import hal0.agent.tool.ToolOutcome;
import hal0.providers.message.MediaSource;
import hal0.providers.message.Part;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.Charset;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jsoup.Jsoup;
import org.jspecify.annotations.Nullable;

/// What came from an address, and what a model is shown of it.
///
/// **Units** `LARGEST` in bytes, of which `GIVEN` characters are shown at a time.
record Page(URI address, String contentType, byte[] bytes, boolean cut) {
    static final int LARGEST = 5 << 20;
    static final int GIVEN = 50_000;
    private static final int EXCERPT = 500;

    private static final List<String> IMAGES =
            List.of("image/png", "image/jpeg", "image/gif", "image/webp");
    private static final Pattern TEXT =
            Pattern.compile(
                    "text/.*|application/(json|xml|javascript|ecmascript|yaml|x-yaml|toml|x-sh"
                            + "|x-ndjson|graphql|sql)|.*\\+(json|xml|yaml)");
    private static final Pattern CHARSET =
            Pattern.compile("charset\\s*=\\s*\"?([^\\s;\"]+)", Pattern.CASE_INSENSITIVE);

    static String mediaType(String contentType) {
        int end = contentType.indexOf(';');
        return (end < 0 ? contentType : contentType.substring(0, end))
                .strip()
                .toLowerCase(Locale.ROOT);
    }

    /// Whether anything can be shown of that kind; of an unsaid kind only the bytes tell.
    static boolean takes(String contentType) {
        String type = mediaType(contentType);
        return type.isEmpty()
                || type.equals("application/octet-stream")
                || IMAGES.contains(type)
                || TEXT.matcher(type).matches();
    }

    /// **Errors** [ToolException] for what cannot be shown.
    ToolOutcome outcome(int offset) {
        String type = mediaType(contentType);
        if (IMAGES.contains(type)) {
            return image(type);
        }
        String text = text();
        if (offset > 0 && offset >= text.length()) {
            throw new ToolException(
                    "offset is %d and the page has %d characters".formatted(offset, text.length()));
        }
        int end = Math.min(text.length(), offset + GIVEN);
        String given = text.substring(offset, end);
        String more =
                end < text.length()
                        ? "\n[characters %d to %d of %d; go on with offset %d]"
                                .formatted(offset, end, text.length(), end)
                        : "";
        String lost = cut ? "\n[only the first 5 MB were read]" : "";
        return ToolOutcome.of(given.isBlank() ? "the page is empty" : given + more + lost);
    }

    /// The beginning of the text, in one line, for messages.
    String excerpt() {
        if (!takes(contentType) || IMAGES.contains(mediaType(contentType))) {
            return "";
        }
        String line = text().replaceAll("\\s+", " ").strip();
        return line.length() > EXCERPT ? line.substring(0, EXCERPT) + "…" : line;
    }

    private ToolOutcome image(String type) {
        if (cut) {
            throw new ToolException(address + " is an image of more than 5 MB");
        }
        String data = Base64.getEncoder().encodeToString(bytes);
        return new ToolOutcome(
                List.of(new Part.Image(new MediaSource.Base64(type, data))), false, null, null);
    }

    private String text() {
        String type = mediaType(contentType);
        boolean unsaid = type.isEmpty() || type.equals("application/octet-stream");
        if (unsaid && holdsZero()) {
            throw new ToolException(
                    address + " is " + bytes.length + " bytes of no known kind; it is not text");
        }
        return type.equals("text/html")
                        || type.equals("application/xhtml+xml")
                        || (type.isEmpty() && looksLikeHtml())
                ? markdown()
                : new String(bytes, charset()).replace("\ufeff", "");
    }

    private String markdown() {
        Charset said = said();
        try {
            return HtmlMarkdown.of(
                    Jsoup.parse(
                            new ByteArrayInputStream(bytes),
                            said == null ? null : said.name(),
                            address.toString()));
        } catch (IOException e) {
            throw new UncheckedIOException(e); // bytes in memory do not fail
        }
    }

    private boolean holdsZero() {
        for (byte each : bytes) {
            if (each == 0) {
                return true;
            }
        }
        return false;
    }

    private boolean looksLikeHtml() {
        String start = new String(bytes, 0, Math.min(bytes.length, 256), UTF_8).stripLeading();
        return start.regionMatches(true, 0, "<!doctype html", 0, 14)
                || start.regionMatches(true, 0, "<html", 0, 5);
    }

    private Charset charset() {
        Charset said = said();
        return said == null ? UTF_8 : said;
    }

    /// What the head of the answer says, if Java knows it.
    private @Nullable Charset said() {
        Matcher matcher = CHARSET.matcher(contentType);
        try {
            return matcher.find() ? Charset.forName(matcher.group(1)) : null;
        } catch (IllegalArgumentException _) {
            return null; // no such charset: as if none had been said
        }
    }
}
