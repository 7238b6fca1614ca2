package hal0.relay.testing;

import hal0.home.activity.Activity;
import hal0.home.config.Setting;
import hal0.home.key.KeyStore;
import hal0.home.ledger.Ledger;
import hal0.home.ledger.LedgerReport;
import hal0.home.ledger.SqlLedger;
import hal0.home.memory.Embedding;
import hal0.home.memory.Memory;
import hal0.home.response.StoredResponses;
import hal0.home.store.Database;
import hal0.providers.Auth;
import hal0.providers.Presets;
import hal0.providers.Pricing;
import hal0.providers.Provider;
import hal0.providers.ProviderBuilder;
import hal0.providers.ProviderRegistry;
import hal0.providers.ProviderSource;
import hal0.providers.catalog.ModelCatalog;
import hal0.providers.client.KeyRing;
import hal0.providers.client.ProviderClient;
import hal0.providers.client.RequestBuilder;
import hal0.providers.http.AddressGuard;
import hal0.providers.http.CancelToken;
import hal0.providers.http.HttpTransport;
import hal0.providers.http.Transport;
import hal0.providers.listing.KnownModels;
import hal0.providers.listing.ModelLists;
import hal0.providers.message.Protocol;
import hal0.providers.probe.ConnectionProbe;
import hal0.relay.Relay;
import hal0.relay.RelaySettings;
import hal0.relay.answer.Answering;
import hal0.relay.api.EventRoutes;
import hal0.relay.api.GpuRoutes;
import hal0.relay.api.LoginRoutes;
import hal0.relay.api.MemoryRoutes;
import hal0.relay.api.RequestRoutes;
import hal0.relay.api.SlotRoutes;
import hal0.relay.api.SlotViewRoutes;
import hal0.relay.api.UpstreamRoutes;
import hal0.relay.api.UsageRoutes;
import hal0.relay.approval.ApprovalDesk;
import hal0.relay.approval.ApprovalNews;
import hal0.relay.budget.Budget;
import hal0.relay.budget.BudgetSettings;
import hal0.relay.control.Audit;
import hal0.relay.control.ControlPlane.Active;
import hal0.relay.control.LiveConfiguration;
import hal0.relay.control.LocalControl;
import hal0.relay.control.LocalMemory;
import hal0.relay.control.LocalRequests;
import hal0.relay.control.LocalSlotControl;
import hal0.relay.control.LocalUpstreams;
import hal0.relay.control.ModelSource;
import hal0.relay.control.ProfileControl;
import hal0.relay.control.Pulse;
import hal0.relay.control.Records;
import hal0.relay.control.Rehearsal;
import hal0.relay.control.RelayStatus;
import hal0.relay.control.Reload;
import hal0.relay.control.SettingsControl;
import hal0.relay.control.SettingsEdit;
import hal0.relay.control.ShownFailures;
import hal0.relay.control.SlotDefinitions;
import hal0.relay.control.SlotProbe;
import hal0.relay.control.UpstreamHealth;
import hal0.relay.control.UpstreamStatuses;
import hal0.relay.dashboard.Dashboard;
import hal0.relay.dispatch.Attempts;
import hal0.relay.dispatch.Catalog;
import hal0.relay.dispatch.Decision;
import hal0.relay.dispatch.DispatcherSettings;
import hal0.relay.dispatch.LiveFacts;
import hal0.relay.dispatch.Metering;
import hal0.relay.dispatch.RequestTrail;
import hal0.relay.dispatch.RescueRules;
import hal0.relay.dispatch.Router;
import hal0.relay.dispatch.Target;
import hal0.relay.dispatch.TargetFacts;
import hal0.relay.dispatch.TargetStats;
import hal0.relay.dispatch.TokenSleeper;
import hal0.relay.event.Events;
import hal0.relay.event.SlotEvents;
import hal0.relay.forward.ModelNaming;
import hal0.relay.forward.OperationPass;
import hal0.relay.forward.PassThrough;
import hal0.relay.guard.BodyLimit;
import hal0.relay.key.Admission;
import hal0.relay.key.Gate;
import hal0.relay.key.KeyedLedger;
import hal0.relay.key.Keys;
import hal0.relay.key.KnownKeys;
import hal0.relay.key.Limits;
import hal0.relay.key.LoginBrake;
import hal0.relay.key.LoginFile;
import hal0.relay.key.Logins;
import hal0.relay.loop.Instance;
import hal0.relay.loop.MarkedTransport;
import hal0.relay.metrics.BreakerGauge;
import hal0.relay.metrics.Metrics;
import hal0.relay.metrics.SlotGauges;
import hal0.relay.operation.Form;
import hal0.relay.rescue.Breakers;
import hal0.relay.route.ControlRoutes;
import hal0.relay.route.Inference;
import hal0.relay.route.KeyCheck;
import hal0.relay.route.KeyRoutes;
import hal0.relay.route.MetricsRoute;
import hal0.relay.route.ModelRoutes;
import hal0.relay.route.OperationRoutes;
import hal0.relay.route.ResponseRoutes;
import hal0.relay.route.RouteTable;
import hal0.relay.route.SlotPatience;
import hal0.relay.route.Traffic;
import hal0.relay.routing.Kind;
import hal0.relay.routing.LocalSlot;
import hal0.relay.routing.Names;
import hal0.relay.slot.SlotBoard;
import hal0.relay.slot.SlotTransport;
import hal0.relay.timing.TimedTransport;
import hal0.relay.translate.Counting;
import hal0.relay.translate.ResponseMemory;
import hal0.relay.translate.Translation;
import hal0.slots.Slots;
import hal0.slots.error.SlotException;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A relay as the program has it, on a free port: real transport, real ledger in a file, providers
/// that point where the test says. Waiting between attempts takes no time and is recorded.
///
/// **Threads** any.
public final class RelayFixture implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private static final Duration QUIET = Duration.ofMillis(300);

    /// Beyond which a stream that waits for a slot is begun.
    private static final Duration SILENT = Duration.ofMillis(300);

    private final Events events = new Events("e1", InstantSource.system());
    private final Database database;
    private final Ledger ledger;
    private final KnownKeys known;
    private final Keys keys;
    private final HttpTransport sockets;
    private volatile BudgetSettings budget = BudgetSettings.NONE;
    private final Relay relay;
    private final Catalog catalog;
    private final File configuration;
    private final LocalControl control;
    private final Function<ProfileControl, Rehearsal> rehearsals;
    private final Declared declared = new Declared();
    private final Traffic traffic = new Traffic();
    private final TargetStats stats = new TargetStats();
    private final Instance instance = new Instance();
    private volatile Names names = Names.NONE;
    private volatile DispatcherSettings settings = DispatcherSettings.USUAL;
    private final SlotBoard board = new SlotBoard(List::of);
    private final Definitions definitions = new Definitions();
    private final AtomicLong passed = new AtomicLong();
    private final Breakers breakers =
            new Breakers(() -> System.nanoTime() + passed.get(), (_, _) -> {});
    private final Map<String, Decision> routes = new ConcurrentHashMap<>();
    private final List<Duration> sleeps = new CopyOnWriteArrayList<>();

    /// One row of the ledger, as far as tests look at it.
    public record Row(
            String requestId,
            String client,
            String protocol,
            String requestedModel,
            String provider,
            String model,
            String outcome,
            @Nullable String errorKind,
            int status,
            int attempts,
            boolean streamed,
            long input,
            long output,
            @Nullable Long picoUsd,
            long firstTokenMs) {}

    /// What a test may choose.
    public record Setup(
            List<Provider> providers,
            @Nullable Active active,
            RelaySettings settings,
            Duration lastStreams) {

        public static Setup of(Provider... providers) {
            return new Setup(
                    List.of(providers),
                    null,
                    new RelaySettings("127.0.0.1", 0, 32, List.of(), List.of(), List.of()),
                    Duration.ofSeconds(10));
        }

        public Setup active(String provider, String model) {
            return new Setup(providers, new Active(provider, model), settings, lastStreams);
        }

        public Setup settings(RelaySettings changed) {
            return new Setup(providers, active, changed, lastStreams);
        }

        public Setup lastStreams(Duration changed) {
            return new Setup(providers, active, settings, changed);
        }
    }

    public RelayFixture(Path folder, Setup setup) {
        configuration = new File(setup.active());
        declared.providers = setup.providers();
        ProviderRegistry registry =
                new ProviderRegistry(
                        List.of(declared, board),
                        Presets.of(_ -> Optional.empty()),
                        _ -> Optional.empty());
        InstantSource clock = InstantSource.system();
        sockets = new HttpTransport("test", new AddressGuard(Set.of()), _ -> Optional.empty());
        Transport transport = new MarkedTransport(sockets, instance);
        Transport timed =
                new TimedTransport(new SlotTransport(transport, board::awaited, new ModelNaming()));
        RequestBuilder requests = new RequestBuilder(_ -> Optional.empty());
        ProviderClient providers = new ProviderClient(timed, requests, clock);
        database = Database.at(folder.resolve("hal0.db"));
        KeyStore keyStore = new KeyStore(database, folder.resolve("hal0.db"));
        known = new KnownKeys(keyStore, clock);
        Limits limits = new Limits(keyStore, clock);
        keys = new Keys(keyStore, known, limits, clock, (_, _, _) -> {});
        ledger = new KeyedLedger(SqlLedger.open(database, folder.resolve("journal")), limits);
        ModelLists lists = new ModelLists(timed, requests, providers, clock);
        ModelCatalog bundled = new ModelCatalog(folder.resolve("catalog.json"), clock);
        KnownModels knowledge = new KnownModels(lists, bundled);
        catalog =
                new Catalog(
                        registry,
                        configuration::active,
                        lists,
                        knowledge,
                        Optional::empty,
                        new Catalog.Files(() -> settings, this::named, instance::leadsBack));
        instance.onFound(catalog::changed);
        var _ = board.onChange(catalog::changed);
        board.listen(new SlotEvents(events)::changed);
        SlotPatience patience = new SlotPatience(() -> settings, SILENT);
        Activity activity = new Activity(database, clock);
        LocalUpstreams upstreams =
                upstreams(registry, activity, new ConnectionProbe(transport, requests, providers));
        LocalSlotControl slots =
                new LocalSlotControl(board::running, definitions, new Audit(activity, "test"));
        rehearsals =
                profiles ->
                        new Rehearsal(
                                upstreams,
                                slots,
                                new SettingsEdit(new NoFiles(), new Audit(activity, "test")),
                                profiles);
        Records records =
                new Records(
                        Records.Spending.of(
                                new LedgerReport(database, ZoneOffset.UTC),
                                () -> ledger.sums(Instant.EPOCH)),
                        activity);
        Pulse pulse = new Pulse();
        RequestTrail trail = new RequestTrail(pulse);
        Path file = folder.resolve("hal0.db");
        LocalMemory memory =
                new LocalMemory(
                        new Memory(database, file, clock),
                        () -> Embedding.progress(database, file, ""),
                        new Audit(activity, "test"));
        LocalRequests told =
                new LocalRequests(trail, records, registry, knowledge, () -> budget, pulse);
        control =
                new LocalControl(
                        configuration,
                        registry,
                        List.of(),
                        new ModelSource(catalog::models, lists, bundled),
                        this::status,
                        upstreams,
                        slots,
                        new NoSettings(),
                        memory,
                        records,
                        told,
                        new Audit(activity, "test"),
                        new ApprovalDesk(
                                new ApprovalNews(events, activity), ShownFailures::words, clock));
        StoredResponses responses = new StoredResponses(database, clock, StoredResponses.USUAL);
        Attempts attempts =
                new Attempts(
                        this::pause,
                        RandomGenerator.getDefault(),
                        new KeyRing(_ -> Optional.empty(), clock),
                        new Budget(
                                () -> budget,
                                ledger,
                                new Pricing(knowledge)::cost,
                                clock,
                                ZoneOffset.UTC),
                        breakers,
                        knowledge);
        Metrics metrics = new Metrics();
        metrics.add(BreakerGauge.of(breakers));
        SlotGauges.of(board::running).forEach(metrics::add);
        Metering metering = new Metering(ledger, new Pricing(knowledge)::cost);
        metering.listen(metrics);
        metering.listen(stats);
        metering.listen(trail);
        Router router =
                new RoutesFirst(
                        catalog,
                        new LiveFacts(
                                stats,
                                knowledge,
                                target -> !breakers.wouldAdmit(target.toString())));
        Inference inference =
                new Inference(
                        new BodyLimit(setup.settings().maxBodyMb() * 1024L * 1024),
                        router,
                        new Answering(
                                attempts,
                                new PassThrough(timed, requests, providers),
                                new Translation(providers, new ResponseMemory(responses), clock)),
                        new Counting(timed, requests, providers),
                        metering,
                        clock,
                        new KeyCheck(limits, new Pricing(knowledge)::cost),
                        patience);
        Logins logins = new Logins(known, new LoginFile(folder.resolve("logins.json")), clock);
        Admission admission = new Admission(known, logins, "own-token");
        RouteTable table =
                RouteTable.of(
                                inference,
                                new OperationRoutes(
                                        new BodyLimit(setup.settings().maxBodyMb() * 1024L * 1024),
                                        new Form.Limits(
                                                setup.settings().uploads().maxMb() * 1024L * 1024,
                                                folder.resolve("uploads")),
                                        router,
                                        new OperationPass(attempts, timed, requests, providers),
                                        metering,
                                        clock,
                                        new KeyCheck(limits, new Pricing(knowledge)::cost),
                                        patience),
                                new ModelRoutes(catalog::advertised, control::models),
                                new ControlRoutes(control),
                                new KeyRoutes(keys),
                                new LoginRoutes(
                                        logins,
                                        new LoginBrake(clock),
                                        admission,
                                        events,
                                        new Audit(activity, "test")),
                                new MetricsRoute(metrics::text),
                                new UpstreamRoutes(upstreams),
                                new EventRoutes(events, QUIET),
                                new UsageRoutes(records, ZoneOffset.UTC),
                                new RequestRoutes(told),
                                new ResponseRoutes(responses),
                                new MemoryRoutes(memory, clock),
                                new SlotRoutes(slots),
                                new SlotViewRoutes(slots, records, QUIET),
                                new GpuRoutes(slots))
                        .withPages(new Dashboard())
                        .within(instance);
        relay =
                Relay.start(
                        setup.settings(),
                        () -> table,
                        traffic,
                        new Gate(admission, limits),
                        setup.lastStreams());
    }

    private LocalUpstreams upstreams(
            ProviderRegistry registry, Activity activity, ConnectionProbe probe) {
        UpstreamHealth health = new UpstreamHealth(_ -> "closed", events);
        NoFiles files = new NoFiles();
        return new LocalUpstreams(
                new LocalUpstreams.Surroundings(
                        files,
                        registry,
                        new SlotProbe(board::running, probe::of),
                        health,
                        events,
                        () -> {}),
                new UpstreamStatuses(
                        files, registry, List.of(), provider -> provider.models().size(), health),
                new Audit(activity, "test"));
    }

    /// An OpenAI provider `up` that knows the model `m`, without key and without usage added.
    public static ProviderBuilder openAi(RawUpstream upstream) {
        return Provider.builder("up", Protocol.OPENAI, upstream.url("/v1"))
                .auth(new Auth.None())
                .injectUsage(false);
    }

    /// What holds where a test says nothing else.
    public static RelaySettings settings() {
        return new RelaySettings("127.0.0.1", 0, 32, List.of(), List.of(), List.of());
    }

    /// The same for Anthropic.
    public static ProviderBuilder anthropic(RawUpstream upstream) {
        return Provider.builder("claude", Protocol.ANTHROPIC, upstream.url(""))
                .auth(new Auth.None());
    }

    /// Changes what is declared, as a new reading of the configuration does.
    public void declare(Provider... providers) {
        declared.providers = List.of(providers);
        catalog.changed();
    }

    /// Changes the routes, slots and bindings, likewise.
    public void name(Names changed) {
        names = changed;
        catalog.changed();
    }

    /// Runs these slots from now on.
    public void run(Slots slots) {
        var _ = board.run(slots);
    }

    /// What would be refused, with those profiles.
    public Rehearsal rehearsal(ProfileControl profiles) {
        return rehearsals.apply(profiles);
    }

    /// What was written into definitions of slots, in order.
    public List<String> definitions() {
        return definitions.edits;
    }

    /// What would be wrong with every definition from now on; null for nothing.
    public void refuseDefinitions(@Nullable SlotException why) {
        definitions.refusal = why;
    }

    /// Files of slots that only note what is done to them.
    private static final class NoSettings implements SettingsControl {
        @Override
        public List<Setting> all() {
            return List.of();
        }

        @Override
        public void change(Map<String, Object> values) {
            throw new UnsupportedOperationException("there is no file");
        }
    }

    private static final class Definitions implements SlotDefinitions {
        private final List<String> edits = new CopyOnWriteArrayList<>();
        private volatile @Nullable SlotException refusal;

        private void edit(String what) {
            SlotException why = refusal;
            if (why != null) {
                throw why;
            }
            edits.add(what);
        }

        @Override
        public void create(String name, Map<String, @Nullable Object> keys) {
            edit("create " + name + " " + keys);
        }

        @Override
        public void change(String name, Map<String, @Nullable Object> keys) {
            edit("change " + name + " " + keys);
        }

        @Override
        public void remove(String name) {
            edit("remove " + name);
        }

        @Override
        public SlotDefinitions rehearsed() {
            Definitions rehearsed = new Definitions();
            rehearsed.refusal = refusal;
            return rehearsed;
        }
    }

    /// How long requests wait for a slot that say nothing themselves.
    public void waitForLoad(Duration patience) {
        settings = new DispatcherSettings(settings.prefetchTimeout(), 4, patience, true);
    }

    private Names named() {
        List<LocalSlot> all = new ArrayList<>(names.slots());
        all.addAll(board.slots());
        return new Names(
                names.routes(),
                all,
                names.registry(),
                names.capabilities(),
                names.chatForUnknown(),
                Set.of("other"));
    }

    /// At full timing waiting takes its time too.
    private void pause(Duration delay, CancelToken cancel) {
        sleeps.add(delay);
        if (Boolean.getBoolean("hal0.slow")) {
            new TokenSleeper().sleep(delay, cancel);
        }
    }

    /// Makes a route of that name, with the model `m` of each provider for a target.
    public void route(String name, RescueRules rules, Provider... providers) {
        List<Target> targets = Stream.of(providers).map(p -> new Target(p, "m")).toList();
        routes.put(name, new Decision(name, targets, "route:" + name, rules, List.of()));
    }

    public Breakers breakers() {
        return breakers;
    }

    /// Lets that time go by for the breakers.
    public void pass(Duration time) {
        passed.addAndGet(time.toNanos());
    }

    public int port() {
        return relay.address().getPort();
    }

    public Events events() {
        return events;
    }

    public Traffic traffic() {
        return traffic;
    }

    public LocalControl control() {
        return control;
    }

    public File configuration() {
        return configuration;
    }

    /// The keys as requests are checked against them.
    public KnownKeys known() {
        return known;
    }

    /// The relay's own keys.
    public Keys keys() {
        return keys;
    }

    public HttpTransport transport() {
        return sockets;
    }

    /// How long the relay waited between attempts. Limits spending from now on.
    public void budget(BudgetSettings limits) {
        budget = limits;
    }

    public List<Duration> sleeps() {
        return sleeps;
    }

    /// Sends one request on a connection of its own and reads the answer.
    public RawClient.Answer ask(byte[] request) {
        try (RawClient client = new RawClient(port())) {
            return client.send(request).receive();
        }
    }

    /// Asks for a head only.
    public RawClient.Answer askHead(String path) {
        try (RawClient client = new RawClient(port())) {
            return client.send("HEAD " + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n")
                    .receiveWithoutBody();
        }
    }

    /// A chat request for a model.
    public RawClient.Answer chat(String body, String... headers) {
        return ask(RawClient.post("/v1/chat/completions", body, headers));
    }

    /// All rows, once there are that many.
    public List<Row> rows(int count) {
        List<Row> rows = List.of();
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (rows.size() < count && System.nanoTime() < end) {
            ledger.sums(Instant.EPOCH);
            rows =
                    database.read(connection -> {
                        try (Statement statement = connection.createStatement();
                                ResultSet found =
                                        statement.executeQuery(
                                                "SELECT * FROM usage_ledger ORDER BY rowid")) {
                            return read(found);
                        }
                    });
        }
        if (rows.size() != count) {
            throw new AssertionError("expected " + count + " ledger rows, found " + rows);
        }
        return rows;
    }

    /// What a query finds that finds one number.
    public long number(String sql) {
        return database.read(connection -> {
            try (Statement statement = connection.createStatement();
                    ResultSet found = statement.executeQuery(sql)) {
                found.next();
                return found.getLong(1);
            }
        });
    }

    private static List<Row> read(ResultSet found) throws SQLException {
        List<Row> rows = new ArrayList<>();
        while (found.next()) {
            rows.add(
                    new Row(
                            found.getString("request_id"),
                            found.getString("client"),
                            found.getString("protocol"),
                            found.getString("requested_model"),
                            found.getString("provider"),
                            found.getString("model"),
                            found.getString("outcome"),
                            found.getString("error_kind"),
                            found.getInt("status"),
                            found.getInt("attempts"),
                            found.getInt("streamed") == 1,
                            found.getLong("input_tokens"),
                            found.getLong("output_tokens"),
                            found.getObject("cost_pico_usd") == null
                                    ? null
                                    : found.getLong("cost_pico_usd"),
                            found.getLong("first_token_ms")));
        }
        return rows;
    }

    private RelayStatus status() {
        return new RelayStatus(
                "test",
                "instance",
                null,
                false,
                Instant.EPOCH,
                traffic.requests(),
                traffic.inFlight());
    }

    public Relay relay() {
        return relay;
    }

    @Override
    public void close() {
        try (database;
                ledger;
                sockets) {
            relay.close();
        }
    }

    private final class RoutesFirst extends Router {
        RoutesFirst(Lists lists, TargetFacts facts) {
            super(lists, facts);
        }

        @Override
        public Decision decide(String requestId, String name, Kind kind) {
            Decision route = routes.get(name);
            return route == null ? super.decide(requestId, name, kind) : route;
        }
    }

    private static final class Declared implements ProviderSource {
        private volatile List<Provider> providers = List.of();

        @Override
        public List<Provider> providers() {
            return providers;
        }

        @Override
        public Registration onChange(Runnable listener) {
            return () -> {};
        }
    }

    /// What stands in config.toml, and what is wrong with it.
    public static final class File implements LiveConfiguration {
        private volatile @Nullable Active chosen;
        private volatile @Nullable String problem;

        private File(@Nullable Active chosen) {
            this.chosen = chosen;
        }

        /// From now on it cannot be taken over.
        public void breaks(String why) {
            problem = why;
        }

        @Override
        public Optional<Active> active() {
            return Optional.ofNullable(chosen);
        }

        @Override
        public void use(Active active) {
            chosen = active;
        }

        @Override
        public Reload reload() {
            String wrong = problem;
            return wrong == null
                    ? new Reload(List.of("config.toml"), List.of())
                    : new Reload(List.of(), List.of(wrong));
        }
    }
}
