package hal0.cli.wiring;

import hal0.agent.Agent;
import hal0.agent.session.Sessions;
import hal0.home.RelayFile;
import hal0.home.config.FileWatch;
import hal0.home.ledger.Ledger;
import hal0.home.ledger.SqlLedger;
import hal0.home.store.Database;
import hal0.providers.ModelClient;
import hal0.providers.Pricing;
import hal0.providers.ProviderRegistry;
import hal0.providers.catalog.CatalogRefresh;
import hal0.providers.catalog.ModelCatalog;
import hal0.providers.client.RequestBuilder;
import hal0.providers.http.Transport;
import hal0.providers.listing.Discovery;
import hal0.providers.listing.ModelLists;
import hal0.providers.message.Options;
import hal0.providers.probe.Asking;
import hal0.providers.probe.ConnectionProbe;
import hal0.providers.probe.ModelPick;
import hal0.relay.capture.Capture;
import hal0.relay.control.ControlPlane;
import hal0.relay.control.ProviderDeclarations;
import hal0.relay.control.Upstreams;
import hal0.relay.dispatch.Catalog;
import hal0.relay.dispatch.Target;
import hal0.relay.embed.EmbedModel;
import hal0.relay.embed.MemorySection;
import hal0.relay.key.KeyControl;
import hal0.relay.key.KeyInfo;
import hal0.relay.key.KeyedLedger;
import hal0.relay.key.KnownKeys;
import hal0.relay.key.Limits;
import hal0.relay.key.Logins;
import hal0.relay.loop.Instance;
import hal0.relay.model.ModelControl;
import hal0.relay.rescue.Breakers;
import hal0.relay.route.Traffic;
import hal0.relay.slot.SlotBoard;
import hal0.slots.definition.Definition;
import hal0.slots.definition.SlotSpec.RuntimeName;
import hal0.slots.hardware.Hardware;
import hal0.slots.runtime.SlotRuntime;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The program's objects, built in the order in which they need each other and closed in reverse.
///
/// **Shape** what needs the network or the disk is made when it is first used. **Threads** one
/// opens and closes.
public final class Hal0 implements AutoCloseable {
    private static final Duration LOOK_AROUND = Duration.ofMillis(800);

    private final Configuration configuration;
    private final SlotBoard slots;
    private final ProviderRegistry registry;
    private final ProviderParts parts;
    private final Database database;
    private final KeyParts keys;
    private final Ledger ledger;
    private final MemoryParts memory;
    private final ControlParts control;
    private final Catalog catalog;
    private final ControlPlanes planes;
    private final AnswerParts answers;
    private final Traffic traffic = new Traffic();
    private final Instance instance = new Instance();
    private final Conversations conversations;
    private volatile @Nullable URI ownAddress;

    private Hal0(Configuration configuration) {
        InstantSource clock = InstantSource.system();
        this.configuration = configuration;
        this.slots =
                new SlotBoard(() ->
                        configuration.slots().definitions().all().stream()
                                .map(Definition::spec)
                                .toList());
        this.registry = configuration.registry(slots);
        this.parts = new ProviderParts(configuration, clock, instance, slots);
        this.database = Database.at(configuration.home().database());
        this.keys = KeyParts.of(database, configuration.home(), clock, this::keyChanged);
        this.ledger =
                new KeyedLedger(
                        SqlLedger.open(database, configuration.home().journalFolder()),
                        keys.limits());
        this.memory =
                new MemoryParts(
                        configuration,
                        database,
                        new OwnerFirstEmbedder(
                                new EmbedModel(
                                        () -> configuration.settings().get(MemorySection.SECTION),
                                        () -> ConfiguredNames.of(configuration, slots)),
                                this::otherOwner,
                                parts,
                                this::answers,
                                clock),
                        clock);
        this.control =
                new ControlParts(
                        configuration, registry, slots, parts, database, ledger, memory, clock);
        this.catalog =
                new Catalog(
                        registry,
                        configuration::active,
                        parts.lists,
                        parts.knowledge,
                        () -> Optional.ofNullable(ownAddress),
                        new Catalog.Files(
                                configuration::dispatcher,
                                () -> ConfiguredNames.of(configuration, slots),
                                instance::leadsBack));
        this.planes = new ControlPlanes(configuration, parts, control, catalog::models);
        configuration.onChange(slots::refresh);
        configuration.onChange(memory::changed);
        configuration.onChange(catalog::changed);
        var _ = slots.onChange(catalog::changed);
        instance.onFound(catalog::changed);
        configuration.onChange(parts.scripts::reload);
        this.answers =
                new AnswerParts(
                        configuration, parts, catalog, control.breakers, database, ledger, clock);
        answers.metering.listen(control.requests());
        answers.metering.listen(control.trail);
        this.conversations =
                new Conversations(
                        configuration,
                        parts,
                        answers,
                        catalog,
                        memory.memory,
                        this::otherOwner,
                        planes::namedRelay,
                        clock);
    }

    /// The process that owns this home where that is not this one.
    private Optional<RelayFile> otherOwner() {
        return ownAddress == null ? runningOwner() : Optional.empty();
    }

    /// Builds the graph; nothing is called and nothing is written yet.
    public static Hal0 open(Configuration configuration) {
        return new Hal0(configuration);
    }

    public Configuration configuration() {
        return configuration;
    }

    /// All providers, slots among them.
    public ProviderRegistry registry() {
        return registry;
    }

    /// The slots of this home as requests reach them.
    SlotBoard slotBoard() {
        return slots;
    }

    /// What could run slots here, each made when it is asked for.
    public Map<RuntimeName, Supplier<SlotRuntime>> slotRuntimes() {
        return SlotParts.runtimes(configuration.home(), System.getenv());
    }

    /// What providers list.
    public ModelLists lists() {
        return parts.lists;
    }

    /// What is known of models without asking their provider.
    public ModelCatalog modelCatalog() {
        return parts.catalog;
    }

    /// Fetches a newer catalog.
    public CatalogRefresh catalogRefresh() {
        return parts.catalogRefresh();
    }

    public Catalog catalog() {
        return catalog;
    }

    /// Which targets are left alone because they failed too often.
    public Breakers breakers() {
        return control.breakers;
    }

    public Pricing pricing() {
        return parts.pricing;
    }

    AnswerParts answers() {
        return answers;
    }

    /// What commands declare providers with, in the files of this home.
    public ProviderDeclarations declarations() {
        return control.declarations();
    }

    /// The providers of this home, changed in its files.
    public Upstreams ownUpstreams() {
        return control.upstreams;
    }

    MemoryParts memoryParts() {
        return memory;
    }

    ControlParts controlParts() {
        return control;
    }

    Ledger ledger() {
        return ledger;
    }

    Instance instance() {
        return instance;
    }

    /// The relay's own keys, as this process knows them.
    public KnownKeys knownKeys() {
        return keys.known();
    }

    Limits limits() {
        return keys.limits();
    }

    /// The pages of the dashboard that are signed in.
    Logins logins() {
        return keys.logins();
    }

    private void keyChanged(String actor, String what, KeyInfo key) {
        control.keyChanged(actor, what, key);
    }

    /// What can be done to the keys of this home by this process itself.
    KeyControl ownKeys() {
        return keys.keys();
    }

    /// The same in the owner of the home where one runs, so that it holds there at once.
    public KeyControl keys() {
        return RelayAddress.find(configuration).map(planes::keysAt).orElseGet(this::ownKeys);
    }

    /// What can be done to the models of this home, by its owner where one runs.
    public ModelControl models() {
        return RelayAddress.find(configuration)
                .map(control.models()::of)
                .orElse(control.models().own);
    }

    /// This machine, or that of the relay that `HAL0_API_URL` names.
    public Hardware.Probe hardware() {
        ModelParts models = control.models();
        return RelayAddress.named(configuration).map(models::hardwareOf).orElse(models.hardware);
    }

    /// Writes what models are asked and answer into that folder, without the keys that are known.
    public Capture captureInto(Path folder) throws IOException {
        return Capture.into(folder, this::providerKeys);
    }

    private List<String> providerKeys() {
        return registry.declared().stream()
                .flatMap(provider -> provider.keyNames().stream())
                .flatMap(name -> configuration.secrets().find(name).stream())
                .toList();
    }

    Traffic traffic() {
        return traffic;
    }

    public Transport transport() {
        return parts.transport;
    }

    public RequestBuilder requests() {
        return parts.requests;
    }

    /// What could be used without any configuration; blocks for a moment.
    public List<Discovery.Found> discovered() {
        Set<URI> own = ownAddress == null ? Set.of() : Set.of(ownAddress);
        return new Discovery(configuration.presets(), parts.requests, parts.lists)
                .look(own, LOOK_AROUND);
    }

    void listensAt(URI address) {
        ownAddress = address;
        catalog.changed();
    }

    /// What finds out whether providers can be reached.
    public ConnectionProbe connectionProbe() {
        return parts.connectionProbe();
    }

    /// What asks one model of one provider directly, whether or not that is declared; `client` is
    /// the word for it in the ledger.
    public Asking asking(String client) {
        return (provider, model, request, cancel) ->
                answers.routed.open(
                        new Target(parts.lists.completed(provider), model),
                        request,
                        new ModelClient.Call(client, null, cancel));
    }

    /// What chooses the model of a provider that is tried out.
    public ModelPick modelPick() {
        return parts.modelPick();
    }

    /// A conversation with the model of the user's choice, through the owner of this home where one
    /// runs.
    public Agent chat(Agent.Origin origin, Agent.Choice choice, Options options) {
        return conversations.chat(origin, choice, options);
    }

    /// A conversation with tools.
    ///
    /// **Errors** [IOException] when the folder is not there, [hal0.home.config.ConfigException]
    /// for an agent that is not, or a rule that cannot be read.
    public LedAgent agent(AgentWish wish) throws IOException {
        return conversations.agent(wish);
    }

    /// The conversations of this home.
    public Sessions sessions() {
        return conversations.sessions();
    }

    /// The control planes that there are: this process's own and those of relays.
    public ControlPlanes planes() {
        return planes;
    }

    /// Where a model's name leads as far as can be told without asking anybody.
    Optional<Target> routedTo(String name) {
        return conversations.routedTo(name);
    }

    /// Takes over edits of the configuration files, looking that often, from now on; `tell` hears
    /// of each, on another thread.
    public FileWatch watchFiles(Duration every, Consumer<String> tell) {
        return ConfigWatch.start(configuration, every, tell);
    }

    /// The control plane of the relay that commands talk to; see [ControlPlanes#relay].
    public Optional<ControlPlane> owner() {
        return planes.relay();
    }

    /// That of a relay of another home; see [ControlPlanes#elsewhere].
    public Optional<ControlPlane> elsewhere() {
        return planes.elsewhere();
    }

    /// That of the relay, or where none runs one of this process, which does not listen.
    public ControlPlane control() {
        return owner().orElseGet(planes::own);
    }

    /// The process that owns this home, if one does and has told its address.
    Optional<RelayFile> runningOwner() {
        return Owner.find(configuration.home());
    }

    @Override
    public void close() {
        try (database;
                ledger;
                var _ = keys.known();
                var _ = memory) {
            control.stopPulls();
            parts.close();
        }
    }
}
