package hal0.providers.http;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// Keeps calls away from link-local, metadata and multicast addresses, which answer with the
/// machine's own credentials, unless the host is listed.
///
/// **Shape** names are checked by what they resolve to, at the moment of connecting, and literals
/// in every notation that the resolver takes.
public final class AddressGuard {
    /// Metadata services that live outside the link-local ranges (AWS and Google over IPv6,
    /// Alibaba).
    private static final Set<String> METADATA =
            Set.of("fd00:ec2:0:0:0:0:0:254", "fd20:ce:0:0:0:0:0:254", "100.100.100.200");

    private final Set<String> allowedHosts;
    private final boolean pages;

    /// **Shape** `allowedHosts` as written in `[relay] allowed_upstreams`: names or addresses, in
    /// lower case.
    public AddressGuard(Set<String> allowedHosts) {
        this(allowedHosts, false);
    }

    private AddressGuard(Set<String> allowedHosts, boolean pages) {
        this.allowedHosts = Set.copyOf(allowedHosts);
        this.pages = pages;
    }

    /// A guard for addresses that somebody else came up with: this machine is reached only under a
    /// name that says so, so that who permits `example.com` does not permit what it resolves to.
    public static AddressGuard ofPages() {
        return new AddressGuard(Set.of(), true);
    }

    /// Why `host`, which is at `address`, may not be called; empty when it may.
    public Optional<String> refusal(String host, InetAddress address) {
        String name = host.toLowerCase(Locale.ROOT);
        if (allowedHosts.contains(name) || allowedHosts.contains(address.getHostAddress())) {
            return Optional.empty();
        }
        if (address.isLinkLocalAddress()
                || address.isMulticastAddress()
                || METADATA.contains(address.getHostAddress())) {
            String at = address.getHostAddress();
            return Optional.of(
                    (at.equals(name) ? host : host + " is at " + at + ", which")
                            + " is a link-local, metadata or multicast address");
        }
        if (pages && (address.isLoopbackAddress() || address.isAnyLocalAddress())) {
            return isOfThisMachine(name)
                    ? Optional.empty()
                    : Optional.of(host + " is this machine, under a name that does not say so");
        }
        return Optional.empty();
    }

    private static boolean isOfThisMachine(String name) {
        String bare = name.startsWith("[") ? name.substring(1, name.length() - 1) : name;
        return bare.equals("localhost") || bare.endsWith(".localhost") || isLiteral(bare);
    }

    /// The same for a host that is written as an address; names are not looked up.
    public Optional<String> refusalOfLiteral(String host) {
        String bare =
                host.startsWith("[") && host.endsWith("]")
                        ? host.substring(1, host.length() - 1)
                        : host;
        if (!isLiteral(bare)) {
            return Optional.empty();
        }
        try {
            return refusal(bare, InetAddress.getByName(bare));
        } catch (UnknownHostException e) {
            // Not an address after all: connecting will say so.
            return Optional.empty();
        }
    }

    private static boolean isLiteral(String host) {
        if (host.indexOf(':') >= 0) {
            return true;
        }
        for (int i = 0; i < host.length(); i++) {
            char c = host.charAt(i);
            if (c != '.' && (c < '0' || c > '9')) {
                return false;
            }
        }
        return !host.isEmpty();
    }
}
