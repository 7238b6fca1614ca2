package hal0.relay;

import hal0.home.config.Section;
import hal0.home.config.TableReader;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/// The `[relay]` table.
///
/// **Shape** `allowedUpstreams` are the hosts of link-local and metadata addresses that a provider
/// may have all the same. `bothLoopbacks` while nobody named a host: the programs of this machine
/// that call it `localhost` may look for it at `::1` first.
public record RelaySettings(
        String host,
        int port,
        int maxBodyMb,
        List<String> allowedOrigins,
        List<String> allowedHosts,
        List<String> allowedUpstreams,
        Uploads uploads,
        boolean bothLoopbacks) {

    /// How large a form with files may be, and how long a client may take: for the head of a
    /// request, and for the next piece of its body.
    public record Uploads(int maxMb, Duration headTimeout, Duration bodyTimeout) {
        public static final Uploads USUAL =
                new Uploads(1024, Duration.ofSeconds(30), Duration.ofSeconds(60));
    }

    public RelaySettings {
        allowedOrigins = List.copyOf(allowedOrigins);
        allowedHosts = List.copyOf(allowedHosts);
        allowedUpstreams = List.copyOf(allowedUpstreams);
    }

    /// With what usually holds for slow clients and uploads.
    public RelaySettings(
            String host,
            int port,
            int maxBodyMb,
            List<String> allowedOrigins,
            List<String> allowedHosts,
            List<String> allowedUpstreams) {
        this(
                host,
                port,
                maxBodyMb,
                allowedOrigins,
                allowedHosts,
                allowedUpstreams,
                Uploads.USUAL,
                false);
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
                            lowerCase(table.strings("allowed_upstreams")),
                            uploads(table),
                            !table.has("host"));
                }
            };

    private static Uploads uploads(TableReader table) {
        Uploads usual = Uploads.USUAL;
        return new Uploads(
                (int) table.integer("max_upload_mb", usual.maxMb(), 1, 65536),
                seconds(table, "head_timeout_seconds", usual.headTimeout()),
                seconds(table, "body_timeout_seconds", usual.bodyTimeout()));
    }

    private static Duration seconds(TableReader table, String key, Duration usual) {
        return Duration.ofSeconds(table.integer(key, usual.toSeconds(), 1, 3600));
    }

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

    /// At another port of wherever it listens.
    public RelaySettings withPort(int newPort) {
        return new RelaySettings(
                host,
                newPort,
                maxBodyMb,
                allowedOrigins,
                allowedHosts,
                allowedUpstreams,
                uploads,
                bothLoopbacks);
    }

    /// At that address alone.
    public RelaySettings withAddress(String newHost, int newPort) {
        return new RelaySettings(
                newHost,
                newPort,
                maxBodyMb,
                allowedOrigins,
                allowedHosts,
                allowedUpstreams,
                uploads,
                false);
    }

    /// With other bounds for uploads and slow clients, in megabytes and seconds.
    public RelaySettings withUploads(int maxMb, int headSeconds, int bodySeconds) {
        return new RelaySettings(
                host,
                port,
                maxBodyMb,
                allowedOrigins,
                allowedHosts,
                allowedUpstreams,
                new Uploads(
                        maxMb, Duration.ofSeconds(headSeconds), Duration.ofSeconds(bodySeconds)),
                bothLoopbacks);
    }
}
