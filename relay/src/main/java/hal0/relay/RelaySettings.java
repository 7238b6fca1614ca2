package hal0.relay;

import hal0.home.config.Section;
import hal0.home.config.TableReader;
import java.util.List;
import java.util.Locale;

/// The `[relay]` table.
///
/// **Shape** `allowedUpstreams` are the hosts of link-local and metadata addresses that a provider
/// may have all the same.
public record RelaySettings(
        String host,
        int port,
        int maxBodyMb,
        List<String> allowedOrigins,
        List<String> allowedHosts,
        List<String> allowedUpstreams) {

    public RelaySettings {
        allowedOrigins = List.copyOf(allowedOrigins);
        allowedHosts = List.copyOf(allowedHosts);
        allowedUpstreams = List.copyOf(allowedUpstreams);
    }

    /// Reads the table.
    public static final Section<RelaySettings> SECTION =
            new Section<>() {
                @Override
                public String name() {
                    return "relay";
                }

                @Override
                public RelaySettings read(TableReader table) {
                    return new RelaySettings(
                            table.string("host", "127.0.0.1"),
                            (int) table.integer("port", 8080, 0, 65535),
                            (int) table.integer("max_body_mb", 32, 1, 1024),
                            origins(table),
                            table.strings("allowed_hosts"),
                            lowerCase(table.strings("allowed_upstreams")));
                }
            };

    /// Names of hosts have no case.
    private static List<String> lowerCase(List<String> hosts) {
        return hosts.stream().map(host -> host.toLowerCase(Locale.ROOT)).toList();
    }

    /// A wildcard would let every page that the user visits spend the user's money.
    private static List<String> origins(TableReader table) {
        List<String> origins = table.strings("allowed_origins");
        for (String origin : origins) {
            if (!origin.startsWith("http://") && !origin.startsWith("https://")) {
                table.problem(
                        "allowed_origins",
                        "\"%s\" is not an origin".formatted(origin),
                        "write the scheme and the host, such as \"https://chat.example.com\"");
            }
        }
        return origins;
    }

    public RelaySettings withAddress(String newHost, int newPort) {
        return new RelaySettings(
                newHost, newPort, maxBodyMb, allowedOrigins, allowedHosts, allowedUpstreams);
    }
}
