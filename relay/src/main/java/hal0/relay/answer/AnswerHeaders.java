package hal0.relay.answer;

import static java.nio.charset.StandardCharsets.UTF_8;

import hal0.relay.dispatch.Decision;
import hal0.relay.dispatch.Meter;
import hal0.relay.dispatch.Target;
import java.util.HexFormat;
import java.util.Map;

/// The relay's own headers of an answer: who gave it, how it was found, and what that cost in time.
public final class AnswerHeaders {
    private AnswerHeaders() {}

    /// The last thing before the head goes out.
    public static void write(Delivery delivery, Target answering) {
        Reply reply = delivery.reply();
        reply.set("x-hal0-provider", encoded(answering.provider().id()));
        reply.set("x-hal0-model", encoded(answering.model()));
        reply.set("x-hal0-route", encoded(delivery.decision().path()));
        reply.set("x-hal0-origin", "upstream");
        reply.set("x-hal0-attempts", Integer.toString(delivery.attempts()));
        delivery.meter().head();
        reply.set("x-hal0-overhead-us", Long.toString(delivery.meter().overheadMicros()));
    }

    /// Those of a failure: whose it is, and at which try.
    static Map<String, String> tried(Decision decision, Meter meter) {
        Target failed = meter.target();
        return failed == null
                ? Map.of()
                : Map.of(
                        "x-hal0-provider", encoded(failed.provider().id()),
                        "x-hal0-model", encoded(failed.model()),
                        "x-hal0-route", encoded(decision.path()),
                        "x-hal0-attempts", Integer.toString(meter.attempts()));
    }

    /// A text of any letters as the value of a header: what is not visible ASCII, and the percent
    /// sign itself, percent-encoded in UTF-8.
    static String encoded(String text) {
        if (isPlain(text)) {
            return text;
        }
        StringBuilder encoded = new StringBuilder(text.length() + 16);
        for (byte b : text.getBytes(UTF_8)) {
            if (b > ' ' && b < 0x7f && b != '%') {
                encoded.append((char) b);
            } else {
                encoded.append('%').append(HexFormat.of().withUpperCase().toHexDigits(b));
            }
        }
        return encoded.toString();
    }

    private static boolean isPlain(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c <= ' ' || c >= 0x7f || c == '%') {
                return false;
            }
        }
        return true;
    }
}
