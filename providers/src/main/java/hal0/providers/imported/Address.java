package hal0.providers.imported;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A base URL as hal0 wants it: no slash at the end, no query, nobody's password.
record Address(String url, Map<String, String> query) {
    private static final String CALL = "/chat/completions";

    /// Null when there is none, and when it cannot be used, which is noted.
    static @Nullable Address of(Node node, Keys keys) {
        String text = node.text();
        if (text == null || text.isBlank()) {
            return null;
        }
        String variable = Keys.reference(text);
        if (variable == null) {
            return parse(node, text.strip());
        }
        String held = keys.valueOf(variable).orElse("");
        if (held.isEmpty()) {
            node.noted(
                    "names the variable %s, which is not set".formatted(variable),
                    "set it and import again, or write base_url yourself");
            return null;
        }
        return parse(node, held.strip());
    }

    private static @Nullable Address parse(Node node, String text) {
        URI uri;
        try {
            uri = new URI(text);
        } catch (URISyntaxException e) {
            node.noted("is not an address: " + e.getReason());
            return null;
        }
        String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
        if ((!scheme.equals("http") && !scheme.equals("https")) || uri.getHost() == null) {
            node.noted("is not an address", "an address begins with http:// or https://");
            return null;
        }
        if (uri.getRawUserInfo() != null) {
            node.noted("holds a user or a password", "send it as a header, from a variable");
            return null;
        }
        String url = scheme + "://" + uri.getRawAuthority() + uri.getRawPath();
        url = withoutSlash(url);
        if (url.endsWith(CALL)) {
            url = withoutSlash(url.substring(0, url.length() - CALL.length()));
        }
        return new Address(url, query(node, uri.getRawQuery()));
    }

    static String withoutSlash(String url) {
        String cut = url;
        while (cut.endsWith("/")) {
            cut = cut.substring(0, cut.length() - 1);
        }
        return cut;
    }

    private static Map<String, String> query(Node node, @Nullable String raw) {
        Map<String, String> query = new LinkedHashMap<>();
        for (String pair : raw == null ? new String[0] : raw.split("&")) {
            int equals = pair.indexOf('=');
            String name = equals < 0 ? pair : pair.substring(0, equals);
            if (Keys.isSecretName(name)) {
                node.noted("holds a key in its query", "put it into api.env; see auth_style");
            } else if (!name.isEmpty()) {
                query.put(name, equals < 0 ? "" : pair.substring(equals + 1));
            }
        }
        return query;
    }

    Address plus(String path) {
        return url.endsWith(path) ? this : new Address(url + path, query);
    }

    String host() {
        return String.valueOf(URI.create(url).getHost());
    }

    /// A provider's name made of the address: `https://llm.example.com/v1` → `llm-example`.
    String name() {
        URI uri = URI.create(url);
        String host = host().toLowerCase(Locale.ROOT);
        if (host.equals("localhost") || host.equals("127.0.0.1") || host.equals("0.0.0.0")) {
            return uri.getPort() < 0 ? "local" : "local-" + uri.getPort();
        }
        String name = host.replaceFirst("^(www|api)\\.", "");
        boolean digits = name.matches("[0-9.\\[\\]:a-f]+") && !name.matches(".*\\.[a-z]{2,}");
        int end = name.lastIndexOf('.');
        String kept = digits || end <= 0 ? name : name.substring(0, end);
        return kept.replaceAll("[^a-z0-9]+", "-").replaceAll("^-|-$", "");
    }
}
