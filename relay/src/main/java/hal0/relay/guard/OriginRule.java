package hal0.relay.guard;

import java.util.Collection;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Which web pages may call this relay: its own, and those that the user allows by name.
public final class OriginRule {
    private final Set<String> allowed = new HashSet<>();
    private final HostRule hosts;

    public OriginRule(Collection<String> allowed, HostRule hosts) {
        this.hosts = hosts;
        for (String origin : allowed) {
            this.allowed.add(normal(origin));
        }
    }

    /// Whether a request may pass; one without an Origin header does not come from a page. A page
    /// of ours has the very host and port that the request was sent to.
    public boolean allows(@Nullable String origin, String hostHeader) {
        if (origin == null) {
            return true;
        }
        return allowed.contains(normal(origin)) || isOurs(origin, hostHeader);
    }

    private boolean isOurs(String origin, String hostHeader) {
        String page = normal(origin);
        String ours = hostHeader.strip().toLowerCase(Locale.ROOT);
        return hosts.allows(hostHeader)
                && (page.equals("http://" + ours) || page.equals("https://" + ours));
    }

    /// Whether a request that changes something comes from a page of ours, and no other: a browser
    /// adds a cookie of this host also to what a page on another port of it sends.
    ///
    /// **Source** `Sec-Fetch-Site` is W3C Fetch Metadata Request Headers, 2.4; browsers set it, and
    /// no page can.
    public boolean isOwnPage(
            @Nullable String origin, @Nullable String fetchSite, String hostHeader) {
        if (origin != null) {
            return isOurs(origin, hostHeader);
        }
        return "same-origin".equals(fetchSite);
    }

    /// Whether a browser says that a page of elsewhere makes it send this, though it names none.
    public static boolean isForeign(@Nullable String origin, @Nullable String fetchSite) {
        return origin == null && ("cross-site".equals(fetchSite) || "same-site".equals(fetchSite));
    }

    private static String normal(String origin) {
        String text = origin.strip().toLowerCase(Locale.ROOT);
        return text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
    }
}
