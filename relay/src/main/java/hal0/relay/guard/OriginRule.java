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
        String page = normal(origin);
        if (allowed.contains(page)) {
            return true;
        }
        String ours = hostHeader.strip().toLowerCase(Locale.ROOT);
        return hosts.allows(hostHeader)
                && (page.equals("http://" + ours) || page.equals("https://" + ours));
    }

    private static String normal(String origin) {
        String text = origin.strip().toLowerCase(Locale.ROOT);
        return text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
    }
}
