package hal0.providers.http;

import hal0.providers.Provider;
import java.net.URI;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Which calls go through a proxy: the provider's own, else `HTTPS_PROXY` for https addresses that
/// `NO_PROXY` does not name. Loopback never does.
///
/// **Shape** `NO_PROXY` is a list with commas of hosts, each meaning its subdomains too, optionally
/// with a port; `*` is all.
final class ProxyRules {
    private final @Nullable String httpsProxy;
    private final String noProxy;

    ProxyRules(Function<String, Optional<String>> variables) {
        httpsProxy = either(variables, "HTTPS_PROXY").orElse(null);
        noProxy = either(variables, "NO_PROXY").orElse("");
    }

    private static Optional<String> either(
            Function<String, Optional<String>> variables, String name) {
        return variables
                .apply(name)
                .or(() -> variables.apply(name.toLowerCase(Locale.ROOT)))
                .filter(v -> !v.isBlank())
                .map(String::trim);
    }

    /// `host:port` is as good as `http://host:port`, as with other tools.
    private static URI address(String text) {
        URI uri = URI.create(text.contains("://") ? text : "http://" + text);
        if (uri.getHost() == null) {
            // The text may hold a password.
            throw new IllegalArgumentException("HTTPS_PROXY names no host");
        }
        return uri;
    }

    /// The proxy for a call, or null for a direct one.
    ///
    /// **Errors** [IllegalArgumentException] when the variable is not an address.
    @Nullable URI proxyFor(Provider provider, String scheme, String host, int port) {
        if (provider.proxy() != null) {
            return provider.proxy();
        }
        if (httpsProxy == null || !scheme.equals("https") || isLoopback(host)) {
            return null;
        }
        return excepted(host.toLowerCase(Locale.ROOT), port) ? null : address(httpsProxy);
    }

    private static boolean isLoopback(String host) {
        return host.equals("localhost") || host.startsWith("127.") || host.equals("::1");
    }

    private boolean excepted(String host, int port) {
        for (String entry : noProxy.split(",", -1)) {
            String rule = entry.trim().toLowerCase(Locale.ROOT);
            if (rule.equals("*")) {
                return true;
            }
            if (rule.startsWith("*")) {
                rule = rule.substring(1);
            }
            if (rule.endsWith(":" + port)) {
                rule = rule.substring(0, rule.length() - Integer.toString(port).length() - 1);
            }
            if (rule.startsWith(".")) {
                rule = rule.substring(1);
            }
            if (!rule.isEmpty() && (host.equals(rule) || host.endsWith("." + rule))) {
                return true;
            }
        }
        return false;
    }
}
