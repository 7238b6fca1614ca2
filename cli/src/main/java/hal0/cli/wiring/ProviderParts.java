package hal0.cli.wiring;

import hal0.home.Home;
import hal0.home.Version;
import hal0.providers.ModelKnowledge;
import hal0.providers.Pricing;
import hal0.providers.catalog.CatalogRefresh;
import hal0.providers.catalog.ModelCatalog;
import hal0.providers.client.ProviderClient;
import hal0.providers.client.RequestBuilder;
import hal0.providers.http.AddressGuard;
import hal0.providers.http.ConcurrencyLimit;
import hal0.providers.http.HttpTransport;
import hal0.providers.http.Transport;
import hal0.providers.listing.KnownModels;
import hal0.providers.listing.ModelLists;
import hal0.providers.probe.ConnectionProbe;
import hal0.providers.probe.ModelPick;
import hal0.providers.script.LuaScripts;
import hal0.providers.script.ScriptedTransport;
import hal0.relay.capture.CapturingTransport;
import hal0.relay.forward.ModelNaming;
import hal0.relay.loop.Instance;
import hal0.relay.loop.MarkedTransport;
import hal0.relay.slot.SlotBoard;
import hal0.relay.slot.SlotTransport;
import hal0.relay.timing.TimedTransport;
import java.time.InstantSource;
import java.util.Set;

/// What it takes to talk to providers, and what is known of their models.
///
/// **Shape** nothing is called and nothing is read until it is used.
final class ProviderParts implements AutoCloseable {
    final Transport transport;
    final RequestBuilder requests;
    final LuaScripts scripts;
    final ProviderClient client;
    final ModelLists lists;
    final ModelCatalog catalog;
    final ModelKnowledge knowledge;
    final Pricing pricing;
    private final InstantSource clock;

    ProviderParts(
            Configuration configuration, InstantSource clock, Instance instance, SlotBoard slots) {
        this.clock = clock;
        Transport plain =
                new CapturingTransport(
                        new TimedTransport(
                                new ConcurrencyLimit(
                                        new SlotTransport(
                                                new MarkedTransport(
                                                        sockets(configuration), instance),
                                                slots::awaited,
                                                new ModelNaming()))));
        this.requests = new RequestBuilder(configuration.secrets()::find);
        this.scripts = new LuaScripts(configuration.scriptFiles(), plain, requests);
        this.transport = new ScriptedTransport(plain, scripts);
        Home home = configuration.home();
        ProviderClient unpriced = new ProviderClient(transport, requests, clock, scripts);
        this.lists =
                ModelLists.keptIn(home.modelListsFolder(), transport, requests, unpriced, clock);
        this.catalog = new ModelCatalog(home.catalogFile(), clock);
        this.knowledge = new KnownModels(lists, catalog);
        this.pricing = new Pricing(knowledge);
        this.client = unpriced.with(knowledge);
    }

    private static Transport sockets(Configuration configuration) {
        Set<String> allowed = Set.copyOf(configuration.relay().allowedUpstreams());
        return new HttpTransport(
                Version.current(), new AddressGuard(allowed), configuration.secrets()::find);
    }

    CatalogRefresh catalogRefresh() {
        return new CatalogRefresh(transport, catalog, clock);
    }

    ConnectionProbe connectionProbe() {
        return new ConnectionProbe(transport, requests, client);
    }

    ModelPick modelPick() {
        return new ModelPick(lists, knowledge);
    }

    @Override
    public void close() {
        try (scripts) {
            transport.close();
        }
    }
}
