package hal0.relay.guard;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Set;

/// The keys that a request shows, however it shows them: `Authorization: Bearer`, `x-api-key`,
/// `x-goog-api-key` and `?key=` mean the same.
///
/// A page that is signed in shows a cookie instead.
///
/// **Shape** each key once, in no form that says where it stood; an empty one is none. The text of
/// it is not for logs, so that this has none.
public final class Shown {
    private static final String BEARER = "bearer ";

    /// The name of the cookie.
    public static final String COOKIE = "hal0_session";

    private final Set<String> keys = new LinkedHashSet<>();
    private final Set<String> cookies = new LinkedHashSet<>();

    /// `cookieHeaders` are whole, with whatever other cookies stand in them.
    public Shown(
            Collection<String> authorization,
            Collection<String> bare,
            Collection<String> cookieHeaders) {
        for (String value : authorization) {
            if (value.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
                add(value.substring(BEARER.length()));
            }
        }
        bare.forEach(this::add);
        for (String header : cookieHeaders) {
            for (String pair : header.split(";", -1)) {
                String cookie = pair.strip();
                if (cookie.startsWith(COOKIE + "=")) {
                    cookies.add(cookie.substring(COOKIE.length() + 1));
                }
            }
        }
    }

    private void add(String key) {
        if (!key.isBlank()) {
            keys.add(key.strip());
        }
    }

    /// In the order of their places.
    public Set<String> keys() {
        return keys;
    }

    /// What pages show that are signed in, here or at another relay of this machine.
    public Set<String> cookies() {
        return cookies;
    }

    /// Whether a cookie is all that says who asks: then a page that the user merely visits could
    /// have sent it.
    public boolean isByCookie() {
        return keys.isEmpty() && !cookies.isEmpty();
    }

    @Override
    public String toString() {
        return keys.size() + " keys";
    }
}
