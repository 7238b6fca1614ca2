package hal0.relay.guard;

import java.net.InetAddress;
import java.net.InterfaceAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// Which names a request may call this relay by: a web page that points its own name at a loopback
/// address (DNS rebinding) gives itself away by its Host header.
///
/// **Shape** loopback names always; when bound elsewhere the machine's addresses, its host name and
/// `host.docker.internal` too; and what the user allows. Ports do not matter.
public final class HostRule {
    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "::1");

    private final Set<String> names;

    private HostRule(Set<String> names) {
        this.names = Set.copyOf(names);
    }

    /// The rule for a relay bound to `host`.
    public static HostRule of(String host, Collection<String> allowed) {
        Set<String> names = new HashSet<>(LOOPBACK);
        for (String name : allowed) {
            names.add(bare(name));
        }
        if (!isLoopback(host)) {
            names.add(bare(host));
            names.add("host.docker.internal");
            names.addAll(ownNames());
        }
        return new HostRule(names);
    }

    /// Whether that address is one that only this machine can reach.
    public static boolean isLoopback(String host) {
        String name = bare(host);
        return LOOPBACK.contains(name) || isLoopbackLiteral(withoutZone(name));
    }

    /// Names are not looked up: who answers for a name may change his mind.
    private static boolean isLoopbackLiteral(String name) {
        if (!name.contains(":") && !name.startsWith("127.")) {
            return false;
        }
        try {
            return InetAddress.ofLiteral(name).isLoopbackAddress();
        } catch (IllegalArgumentException e) {
            // A name, and not one of ours.
            return false;
        }
    }

    /// Whether a request with this Host header may pass; a missing one may not.
    public boolean allows(String hostHeader) {
        String name = bare(hostHeader);
        return names.contains(name) || name.endsWith(".localhost");
    }

    /// The header without its port and brackets, in lower case.
    static String bare(String hostHeader) {
        String name = hostHeader.strip().toLowerCase(Locale.ROOT);
        if (name.startsWith("[")) {
            int end = name.indexOf(']');
            return end < 0 ? name : name.substring(1, end);
        }
        int colon = name.indexOf(':');
        if (colon >= 0 && colon == name.lastIndexOf(':')) {
            name = name.substring(0, colon);
        }
        return name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
    }

    private static List<String> ownNames() {
        Set<String> names = new HashSet<>();
        try {
            names.add(InetAddress.getLocalHost().getHostName().toLowerCase(Locale.ROOT));
        } catch (UnknownHostException e) {
            // A machine without a name for itself is reached by its addresses.
        }
        try {
            NetworkInterface.networkInterfaces()
                    .flatMap(i -> i.getInterfaceAddresses().stream())
                    .map(InterfaceAddress::getAddress)
                    .forEach(a -> names.add(withoutZone(a.getHostAddress())));
        } catch (SocketException e) {
            // Without interfaces to list nobody but loopback can call.
        }
        return List.copyOf(names);
    }

    private static String withoutZone(String address) {
        int zone = address.indexOf('%');
        return (zone < 0 ? address : address.substring(0, zone)).toLowerCase(Locale.ROOT);
    }
}
