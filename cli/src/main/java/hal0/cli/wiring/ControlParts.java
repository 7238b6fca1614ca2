package hal0.cli.wiring;

import hal0.home.Version;
import hal0.home.activity.Activity;
import hal0.home.ledger.Ledger;
import hal0.home.ledger.LedgerReport;
import hal0.home.ledger.LedgerRow;
import hal0.home.store.Database;
import hal0.providers.Provider;
import hal0.providers.ProviderRegistry;
import hal0.relay.api.ActivityRoutes;
import hal0.relay.api.ApprovalRoutes;
import hal0.relay.api.CapabilityRoutes;
import hal0.relay.api.CatalogRoutes;
import hal0.relay.api.CredentialRoutes;
import hal0.relay.api.EventRoutes;
import hal0.relay.api.GpuRoutes;
import hal0.relay.api.LogRoutes;
import hal0.relay.api.LoginRoutes;
import hal0.relay.api.MemoryRoutes;
import hal0.relay.api.ProfileRoutes;
import hal0.relay.api.RequestRoutes;
import hal0.relay.api.SettingsRoutes;
import hal0.relay.api.SlotRoutes;
import hal0.relay.api.SlotViewRoutes;
import hal0.relay.api.SystemRoutes;
import hal0.relay.api.UpdateRoutes;
import hal0.relay.api.UpstreamRoutes;
import hal0.relay.api.UsageRoutes;
import hal0.relay.approval.ApprovalDesk;
import hal0.relay.approval.ApprovalNews;
import hal0.relay.control.Audit;
import hal0.relay.control.CatalogControl;
import hal0.relay.control.LocalCatalog;
import hal0.relay.control.LocalControl;
import hal0.relay.control.LocalMemory;
import hal0.relay.control.LocalRequests;
import hal0.relay.control.LocalSlotControl;
import hal0.relay.control.LocalUpstreams;
import hal0.relay.control.MemoryControl;
import hal0.relay.control.ModelChoice;
import hal0.relay.control.ModelSource;
import hal0.relay.control.ProfileControl;
import hal0.relay.control.ProviderDeclarations;
import hal0.relay.control.Pulse;
import hal0.relay.control.Records;
import hal0.relay.control.RelayStatus;
import hal0.relay.control.SettingsEdit;
import hal0.relay.control.ShownFailures;
import hal0.relay.control.SlotProbe;
import hal0.relay.control.UpstreamHealth;
import hal0.relay.control.UpstreamStatuses;
import hal0.relay.dispatch.Meter;
import hal0.relay.dispatch.RequestListener;
import hal0.relay.dispatch.RequestTrail;
import hal0.relay.event.Event.Severity;
import hal0.relay.event.Events;
import hal0.relay.event.RequestEvents;
import hal0.relay.event.SlotEvents;
import hal0.relay.key.Admission;
import hal0.relay.key.KeyInfo;
import hal0.relay.key.LoginBrake;
import hal0.relay.key.Logins;
import hal0.relay.log.LogBook;
import hal0.relay.mcp.admin.Ground;
import hal0.relay.rescue.Breakers;
import hal0.relay.route.RouteFamily;
import hal0.relay.routing.CapabilitiesSection;
import hal0.relay.slot.SlotBoard;
import hal0.relay.update.UpdateCheck;
import hal0.relay.update.UpdatesSection;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// What the control plane of this process stands on.
///
/// **Shape** nothing is read and nothing is called until it is used.
final class ControlParts {
    private static final Duration QUIET = Duration.ofSeconds(15);
    private static final List<Breakers.State> BADNESS =
            List.of(Breakers.State.OPEN, Breakers.State.HALF_OPEN, Breakers.State.CLOSED);

    private final Configuration configuration;
    private final ProviderRegistry registry;
    private final ProviderParts parts;
    final LocalUpstreams upstreams;
    private final LocalSlotControl slots;
    private final Audit audit;
    private final LocalMemory memory;
    private final InstantSource clock;
    private final OwnChecks own;
    final ApprovalDesk approvals;
    private final LogBook logs = new LogBook();
    private @Nullable LogTap tap;
    final Events events;
    final Breakers breakers;
    final UpstreamHealth health;
    final Records records;
    final RequestTrail trail;
    private final LocalRequests requests;
    private final Supplier<ModelParts> newModels;
    private @Nullable ModelParts models;

    ControlParts(
            Configuration configuration,
            ProviderRegistry registry,
            SlotBoard board,
            ProviderParts parts,
            Database database,
            Ledger ledger,
            MemoryParts memory,
            InstantSource clock) {
        this.configuration = configuration;
        this.registry = registry;
        this.parts = parts;
        this.own = new OwnChecks(configuration, registry, database);
        this.events = new Events(epoch(), clock);
        this.breakers = new Breakers(System::nanoTime, this::breakerIs);
        this.health = new UpstreamHealth(this::breaker, events);
        Activity activity = new Activity(database, clock);
        this.audit = new Audit(activity, "cli");
        this.memory = new LocalMemory(memory.memory, memory::progress, audit);
        this.clock = clock;
        Pulse pulse = new Pulse();
        this.approvals =
                new ApprovalDesk(
                        new ApprovalNews(events, activity, pulse::beat),
                        ShownFailures::words,
                        clock);
        LedgerReport report = new LedgerReport(database, ZoneId.systemDefault());
        this.records =
                new Records(
                        Records.Spending.of(
                                report,
                                () -> {
                                    var _ = ledger.spentSince(clock.instant());
                                }),
                        activity);
        this.trail = new RequestTrail(pulse);
        this.requests =
                new LocalRequests(
                        trail, records, registry, parts.knowledge, configuration::budget, pulse);
        UpstreamStatuses statuses =
                new UpstreamStatuses(
                        configuration,
                        registry,
                        configuration.presets().all(),
                        this::modelsCount,
                        health);
        this.upstreams =
                new LocalUpstreams(
                        new LocalUpstreams.Surroundings(
                                configuration,
                                registry,
                                new SlotProbe(
                                        board::awaited,
                                        (provider, chosen, cancel) ->
                                                parts.connectionProbe()
                                                        .of(provider, chosen, cancel)),
                                health,
                                events,
                                configuration::reload),
                        statuses,
                        audit);
        this.slots = new LocalSlotControl(board::awaited, new RequestedSlots(configuration), audit);
        board.listen(new SlotEvents(events)::changed);
        board.listen(_ -> pulse.beat());
        this.newModels = () -> new ModelParts(configuration, parts, events, audit, clock);
        configuration.onChange(new ConfigEvents(configuration, events)::look);
    }

    private static String epoch() {
        byte[] random = new byte[4];
        new SecureRandom().nextBytes(random);
        return HexFormat.of().formatHex(random);
    }

    /// That of the upstream's worst model: there is one for each.
    private String breaker(String upstream) {
        return breakers.states().entrySet().stream()
                .filter(target -> target.getKey().startsWith(upstream + "/"))
                .map(Map.Entry::getValue)
                .min(Comparator.comparingInt(BADNESS::indexOf))
                .map(ControlParts::word)
                .orElse("closed");
    }

    private void breakerIs(String target, Breakers.State state) {
        health.breakerIs(target, word(state));
    }

    private static String word(Breakers.State state) {
        return state.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private @Nullable Integer modelsCount(Provider provider) {
        return parts.lists
                .lastGood(provider)
                .map(listed -> listed.shown(provider).size())
                .orElse(provider.models().isEmpty() ? null : provider.models().size());
    }

    /// Made when it is first used: few commands want it.
    synchronized ModelParts models() {
        ModelParts made = models;
        if (made == null) {
            made = newModels.get();
            models = made;
        }
        return made;
    }

    synchronized void stopPulls() {
        if (models != null) {
            models.close();
        }
    }

    /// What this home knows of models.
    CatalogControl catalog() {
        return new LocalCatalog(
                parts.catalog, parts::catalogRefresh, () -> configuration.models().catalogUrl());
    }

    /// Declaring providers in whichever file, for commands.
    ProviderDeclarations declarations() {
        return new ProviderDeclarations(configuration, audit);
    }

    /// The control plane for who is called `actor` in the audit.
    LocalControl control(
            String actor,
            Function<Provider, List<ModelChoice>> models,
            Supplier<RelayStatus> status) {
        return new LocalControl(
                configuration,
                registry,
                configuration.presets().all(),
                new ModelSource(models, parts.lists, parts.catalog),
                status,
                upstreams.by(actor),
                slots.by(actor),
                new SettingsEdit(configuration, audit.by(actor)),
                memory.by(actor),
                records,
                requests,
                audit.by(actor),
                approvals);
    }

    /// What agents operate over MCP.
    Ground mcpGround(Function<Provider, List<ModelChoice>> models, Supplier<RelayStatus> status) {
        return new Ground(
                actor -> control(actor, models, status),
                models().own,
                profiles(),
                models().hardware,
                own,
                approvals,
                audit,
                events,
                ZoneId.systemDefault());
    }

    private ProfileControl profiles() {
        return new ProfileControl(
                configuration.slots().definitions(),
                configuration.slots().profileEdits(),
                configuration::reload,
                audit);
    }

    /// What is remembered here, for who is called so in the audit.
    MemoryControl memory(String actor) {
        return memory.by(actor);
    }

    /// Those of other parts, then those of this.
    RouteFamily[] routes(RouteFamily... others) {
        List<RouteFamily> all = new ArrayList<>(List.of(others));
        all.addAll(own());
        all.addAll(models().routes());
        return all.toArray(RouteFamily[]::new);
    }

    private List<RouteFamily> own() {
        return List.of(
                new UpstreamRoutes(upstreams),
                new CredentialRoutes(upstreams),
                new UsageRoutes(records, ZoneId.systemDefault()),
                new RequestRoutes(requests),
                new EventRoutes(events),
                new ActivityRoutes(records),
                new ApprovalRoutes(approvals),
                new MemoryRoutes(memory, clock),
                new CatalogRoutes(catalog(), audit),
                new SystemRoutes(own, configuration.presets()),
                new SettingsRoutes(
                        configuration,
                        audit,
                        () -> SettingsReference.schema(configuration.allSections())),
                new UpdateRoutes(
                        new UpdateCheck(
                                parts.transport,
                                () -> configuration.settings().get(UpdatesSection.SECTION).url())),
                new ProfileRoutes(profiles()),
                new CapabilityRoutes(
                        configuration,
                        configuration.slots().definitions(),
                        () -> configuration.settings().get(CapabilitiesSection.SECTION),
                        audit),
                new LogRoutes(logs, slots, events.epoch(), QUIET),
                new SlotRoutes(slots),
                new SlotViewRoutes(slots, records, QUIET),
                new GpuRoutes(slots));
    }

    /// How the dashboard signs in.
    LoginRoutes loginRoutes(Logins logins, Admission admission) {
        return new LoginRoutes(
                logins, new LoginBrake(InstantSource.system()), admission, events, audit);
    }

    /// Tells of each request for a model when it is over.
    RequestListener requests() {
        RequestEvents told = new RequestEvents(events);
        return new RequestListener() {
            @Override
            public void finished(Meter.Caller caller, LedgerRow row) {
                told.finished(row);
            }
        };
    }

    /// `what` is such as `key.created`.
    void keyChanged(String actor, String what, KeyInfo key) {
        events.emit(
                what,
                Severity.INFO,
                key.name(),
                "the key %s: %s".formatted(key.name(), what),
                Map.of("key_id", key.id()));
        audit.by(actor).done(what, key.name());
    }

    void started(URI address) {
        tap = LogTap.into(logs);
        events.emit(
                "system.started",
                Severity.INFO,
                "relay",
                "hal0 %s listens at %s".formatted(Version.current(), address),
                Map.of("version", Version.current()));
    }

    /// Whoever listens to events would otherwise hold up the end.
    void stopping() {
        events.emit("system.stopping", Severity.INFO, "relay", "hal0 ends", Map.of());
        stopPulls();
        approvals.close();
        events.close();
        LogTap heard = tap;
        if (heard != null) {
            heard.close();
        }
        logs.close();
    }
}
