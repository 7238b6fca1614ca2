package hal0.relay.forward;

import java.util.Locale;
import java.util.Set;

/// Which header fields pass between client and provider.
///
/// **Shape** what belongs to one connection, to the client's own credentials, to its browser or to
/// the relay stays behind; everything else passes as it is, so that a provider's own headers
/// (`OpenAI-Beta`, `anthropic-version`, `X-Title`) need no list here.
public final class HeaderRules {
    private static final Set<String> CONNECTION =
            Set.of(
                    "connection",
                    "keep-alive",
                    "proxy-connection",
                    "proxy-authenticate",
                    "proxy-authorization",
                    "te",
                    "trailer",
                    "transfer-encoding",
                    "upgrade",
                    "content-length");
    private static final Set<String> CLIENT_ONLY =
            Set.of(
                    "host",
                    "authorization",
                    "x-api-key",
                    "api-key",
                    "x-goog-api-key",
                    "cookie",
                    "origin",
                    "referer",
                    "expect",
                    "forwarded",
                    "via",
                    "x-request-id",
                    "content-type",
                    "content-encoding",
                    "accept-encoding");
    private static final Set<String> PROVIDER_ONLY =
            Set.of(
                    "alt-svc",
                    "strict-transport-security",
                    "server",
                    "set-cookie",
                    "date",
                    "x-request-id");

    private HeaderRules() {}

    /// Whether a client's header goes to the provider. Content-Type, Accept-Encoding and the
    /// request id are set by the relay itself.
    public static boolean toUpstream(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return !CONNECTION.contains(lower)
                && !CLIENT_ONLY.contains(lower)
                && !lower.startsWith("x-hal0-")
                && !lower.startsWith("x-forwarded-")
                && !lower.startsWith("sec-");
    }

    /// Whether a Connection header names that field as one of this connection only.
    public static boolean names(String connection, String name) {
        if (connection.isEmpty()) {
            return false;
        }
        for (String token : connection.split(",", -1)) {
            if (token.strip().equalsIgnoreCase(name)) {
                return true;
            }
        }
        return false;
    }

    /// Whether a provider's header goes to the client. Its permissions for web pages do not: they
    /// would open the relay to them. Nor do its cookies, which would become the relay's own.
    static boolean toClient(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return !CONNECTION.contains(lower)
                && !PROVIDER_ONLY.contains(lower)
                && !lower.startsWith("x-hal0-")
                && !lower.startsWith("access-control-");
    }

    /// Whether that field can be written as it is (RFC 9110, 5.1 and 5.5, without the bytes above
    /// ASCII, which nobody agrees on).
    static boolean isWritable(String name, String value) {
        for (int i = 0; i < name.length(); i++) {
            if (!isNameChar(name.charAt(i))) {
                return false;
            }
        }
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if ((c < ' ' && c != '\t') || c >= 0x7f) {
                return false;
            }
        }
        return !name.isEmpty();
    }

    private static boolean isNameChar(int c) {
        return (c >= 'a' && c <= 'z')
                || (c >= 'A' && c <= 'Z')
                || (c >= '0' && c <= '9')
                || "!#$%&'*+-.^_`|~".indexOf(c) >= 0;
    }

    /// The encodings that the relay can look into, of those that the client accepts.
    public static String acceptEncoding(String fromClient) {
        for (String coding : fromClient.split(",", -1)) {
            int parameters = coding.indexOf(';');
            String name = (parameters < 0 ? coding : coding.substring(0, parameters)).strip();
            boolean refused = parameters >= 0 && coding.substring(parameters).contains("q=0");
            if (name.equalsIgnoreCase("gzip") && (!refused || coding.contains("q=0."))) {
                return "gzip";
            }
        }
        return "identity";
    }
}
