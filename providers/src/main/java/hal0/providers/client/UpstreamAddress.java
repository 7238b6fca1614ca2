package hal0.providers.client;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

/// Where a call goes: the base URL as written, spaces and a trailing slash cut, and what is
/// appended to it.
final class UpstreamAddress {
    private UpstreamAddress() {}

    /// **Shape** `path` begins with a slash and may carry a query; then those of the base URL and
    /// of the provider follow.
    static URI of(URI baseUrl, String path, Map<String, String> query) {
        String base = baseUrl.toString().strip();
        String baseQuery = "";
        int mark = base.indexOf('?');
        if (mark >= 0) {
            baseQuery = base.substring(mark + 1);
            base = base.substring(0, mark);
        }
        while (base.endsWith("/")) {
            base = base.substring(0, base.length() - 1);
        }
        StringBuilder url = new StringBuilder(base).append(path);
        append(url, baseQuery);
        for (Map.Entry<String, String> entry : new TreeMap<>(query).entrySet()) {
            append(url, encoded(entry.getKey()) + "=" + encoded(entry.getValue()));
        }
        return URI.create(url.toString());
    }

    private static void append(StringBuilder url, String query) {
        if (!query.isEmpty()) {
            url.append(url.indexOf("?") < 0 ? '?' : '&').append(query);
        }
    }

    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
