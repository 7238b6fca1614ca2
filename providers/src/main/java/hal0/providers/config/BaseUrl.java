package hal0.providers.config;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;

/// Reads the address of a provider: as written, but for spaces around it and slashes at its end.
public final class BaseUrl {
    private BaseUrl() {}

    /// **Errors** [IllegalArgumentException] that says what is wrong.
    public static URI parse(String text) {
        String trimmed = text.strip();
        while (trimmed.endsWith("/")) {
            trimmed = trimmed.substring(0, trimmed.length() - 1);
        }
        URI uri;
        try {
            uri = new URI(trimmed);
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException("it is not an address: " + e.getReason(), e);
        }
        String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
        if (!scheme.equals("http") && !scheme.equals("https")) {
            throw new IllegalArgumentException(
                    "an address begins with http:// or https://, such as \"https://api.example.com/v1\"");
        }
        if (uri.getHost() == null) {
            throw new IllegalArgumentException("it names no host");
        }
        if (uri.getRawUserInfo() != null) {
            throw new IllegalArgumentException(
                    "it holds a user or a key; put keys into api.env and name them in api_key_env");
        }
        if (uri.getRawQuery() != null || uri.getRawFragment() != null) {
            throw new IllegalArgumentException(
                    "it has a query; write that as [providers.ID.query]");
        }
        return uri;
    }
}
