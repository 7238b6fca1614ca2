package hal0.relay.capture;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;

/// Knows the secrets of one request, and takes them out of whatever is written of it.
///
/// **Shape** what stands in a header or a query that carries keys is a secret from then on.
/// **Threads** any.
final class Redactor {
    static final String INSTEAD = "***REDACTED***";

    /// Shorter ones are words that stand anywhere.
    private static final int SHORTEST = 6;

    private static final Set<String> CARRIERS =
            Set.of(
                    "authorization",
                    "proxy-authorization",
                    "x-api-key",
                    "api-key",
                    "x-goog-api-key",
                    "cookie",
                    "set-cookie");

    /// The longest first: one may be the beginning of another.
    private final Set<String> secrets =
            new ConcurrentSkipListSet<>(
                    Comparator.comparingInt(String::length).reversed().thenComparing(s -> s));

    Redactor(Collection<String> known) {
        known.forEach(this::learn);
    }

    private void learn(String secret) {
        if (secret.length() >= SHORTEST) {
            secrets.add(secret);
        }
    }

    /// The value of a header as it may be written.
    String header(String name, String value) {
        if (!CARRIERS.contains(name.toLowerCase(Locale.ROOT))) {
            return text(value);
        }
        learn(value.substring(value.indexOf(' ') + 1).strip());
        return INSTEAD;
    }

    /// A path and query as they may be written.
    String target(String target) {
        StringBuilder shown = new StringBuilder();
        for (String piece : target.split("(?<=[?&])", -1)) {
            if (piece.startsWith("key=")) {
                String value = piece.substring(4).replaceAll("&$", "");
                learn(value);
                shown.append("key=").append(INSTEAD).append(piece.endsWith("&") ? "&" : "");
            } else {
                shown.append(piece);
            }
        }
        return text(shown.toString());
    }

    String text(String text) {
        String shown = text;
        for (String secret : secrets) {
            shown = shown.replace(secret, INSTEAD);
        }
        return shown;
    }

    /// Takes secrets out of bytes that come in pieces.
    final class Pieces {
        private String held = "";

        byte[] shown(byte[] bytes, int offset, int length) {
            String text = text(held + new String(bytes, offset, length, ISO_8859_1));
            int keep = beginning(text);
            held = text.substring(text.length() - keep);
            return text.substring(0, text.length() - keep).getBytes(ISO_8859_1);
        }

        /// What was held back because it may have been the beginning of a secret.
        byte[] rest() {
            byte[] rest = held.getBytes(ISO_8859_1);
            held = "";
            return rest;
        }

        /// How much of the end may be the beginning of a secret.
        private static int beginning(String text, Set<String> secrets) {
            int most = 0;
            for (String secret : secrets) {
                for (int n = Math.min(secret.length() - 1, text.length()); n > most; n--) {
                    if (text.regionMatches(text.length() - n, secret, 0, n)) {
                        most = n;
                    }
                }
            }
            return most;
        }

        private int beginning(String text) {
            return beginning(text, secrets);
        }
    }
}
