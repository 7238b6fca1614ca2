package hal0.relay.mcp;

import hal0.home.key.KeyStore;
import hal0.home.store.Database;
import hal0.relay.Relay;
import hal0.relay.guard.Allowance;
import hal0.relay.guard.Scope;
import hal0.relay.key.Admission;
import hal0.relay.key.Gate;
import hal0.relay.key.KeyControl;
import hal0.relay.key.Keys;
import hal0.relay.key.KnownKeys;
import hal0.relay.key.Limits;
import hal0.relay.key.LoginFile;
import hal0.relay.key.Logins;
import hal0.relay.mcp.protocol.Bounds;
import hal0.relay.mcp.protocol.McpEndpoint;
import hal0.relay.mcp.protocol.Offer;
import hal0.relay.route.RouteTable;
import hal0.relay.route.Traffic;
import hal0.relay.testing.RelayFixture;
import java.net.URI;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;

/// A relay that serves one offer at `/mcp/test`, behind the real guard.
public final class ServedMcp implements AutoCloseable {
    final McpEndpoint endpoint;
    private final McpRoutes routes;
    private final Database database;
    private final KnownKeys known;
    private final Keys keys;
    private final Relay relay;

    ServedMcp(Path folder, Offer offer) {
        this(folder, offer, Bounds.USUAL);
    }

    ServedMcp(Path folder, Offer offer, Bounds bounds) {
        this(folder, new McpEndpoint(offer, bounds, InstantSource.system()));
    }

    public ServedMcp(Path folder, McpEndpoint served) {
        InstantSource clock = InstantSource.system();
        endpoint = served;
        routes = new McpRoutes(List.of(new McpRoutes.Server("test", () -> endpoint)));
        database = Database.at(folder.resolve("hal0.db"));
        KeyStore store = new KeyStore(database, folder.resolve("hal0.db"));
        known = new KnownKeys(store, clock);
        Limits limits = new Limits(store, clock);
        keys = new Keys(store, known, limits, clock, (_, _, _) -> {});
        Logins logins = new Logins(known, new LoginFile(folder.resolve("logins.json")), clock);
        relay =
                Relay.start(
                        RelayFixture.settings(),
                        () -> new RouteTable(routes.routes()),
                        new Traffic(),
                        new Gate(new Admission(known, logins, "own-token"), limits));
    }

    public URI address() {
        return relay.address();
    }

    int port() {
        return relay.address().getPort();
    }

    URI url() {
        return relay.address().resolve("/mcp/test");
    }

    /// A key of that scope; from then on keys are needed.
    String key(String name, Scope scope) {
        return keys.create(new KeyControl.Wish(name, scope, Allowance.ALL, false)).key();
    }

    @Override
    public void close() {
        routes.close();
        relay.close();
        known.close();
        database.close();
    }
}
