package hal0.cli.wiring;

import hal0.home.IoReason;
import hal0.home.OwnerLock;
import hal0.home.RelayFile;
import hal0.home.Version;
import hal0.home.error.ErrorKind;
import hal0.relay.Relay;
import hal0.relay.RelaySettings;
import hal0.relay.api.DoctorRoutes;
import hal0.relay.capture.Capture;
import hal0.relay.control.ControlException;
import hal0.relay.control.ControlPlane;
import hal0.relay.control.RelayStatus;
import hal0.relay.dashboard.Dashboard;
import hal0.relay.guard.BodyLimit;
import hal0.relay.key.Admission;
import hal0.relay.key.Gate;
import hal0.relay.mcp.McpRoutes;
import hal0.relay.mcp.admin.AdminServer;
import hal0.relay.mcp.memory.MemoryServer;
import hal0.relay.metrics.BreakerGauge;
import hal0.relay.metrics.Gauge;
import hal0.relay.metrics.Metrics;
import hal0.relay.metrics.SlotGauges;
import hal0.relay.operation.Form;
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
import java.io.IOException;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// This process as the owner of its home: it holds the lock, listens, and has told where.
///
/// **Threads** one opens and closes; `close` lets open streams end.
public final class RunningRelay implements AutoCloseable {
    private static final int MB = 1024 * 1024;

    private final Hal0 hal0;
    private final OwnerLock lock;
    private final Checkup checkup;
    private final Identity identity;
    private final ControlPlane control;
    private final McpRoutes mcp;
    private @Nullable Relay relay;
    private @Nullable RelayFile file;
    private @Nullable Supplier<RouteTable> routes;
    private @Nullable SlotParts slots;

    /// Who this relay is, for the processes of its home.
    private record Identity(String instanceId, String adminToken, Instant since) {}

    private RunningRelay(Hal0 hal0, OwnerLock lock, Checkup checkup) {
        this.hal0 = hal0;
        this.lock = lock;
        this.checkup = checkup;
        this.identity = new Identity(hal0.instance().id(), random(32), Instant.now());
        this.control =
                hal0.controlParts()
                        .control("tui", provider -> hal0.catalog().models(provider), this::status);
        this.mcp = new McpRoutes(mcpServers());
    }

    /// Becomes the owner and listens; empty when another process owns this home.
    ///
    /// **Errors** [hal0.relay.CannotListenException]; then the home is free again.
    public static Optional<RunningRelay> start(Hal0 hal0, RelaySettings settings, Checkup checkup) {
        return start(hal0, settings, checkup, null);
    }

    /// The same; where `capture` is not null, requests and answers are written there.
    public static Optional<RunningRelay> start(
            Hal0 hal0, RelaySettings settings, Checkup checkup, @Nullable Capture capture) {
        Optional<OwnerLock> lock = lock(hal0);
        if (lock.isEmpty()) {
            return Optional.empty();
        }
        RunningRelay running = new RunningRelay(hal0, lock.get(), checkup);
        boolean listening = false;
        try {
            running.listen(settings, capture);
            listening = true;
        } finally {
            if (!listening) {
                running.close();
            }
        }
        return Optional.of(running);
    }

    private static Optional<OwnerLock> lock(Hal0 hal0) {
        try {
            hal0.configuration().home().createFolders();
            return OwnerLock.tryAcquire(hal0.configuration().home());
        } catch (IOException e) {
            throw new ControlException(
                    ErrorKind.CONFIGURATION, "the home cannot be used: " + IoReason.of(e), e);
        }
    }

    private void listen(RelaySettings settings, @Nullable Capture capture) {
        Metrics metrics = metrics();
        Admission admission = new Admission(hal0.knownKeys(), hal0.logins(), identity.adminToken());
        Supplier<RouteTable> table = () -> table(settings, metrics, admission);
        routes = table;
        // Before anybody can ask: who comes before the slots are there waits for them.
        hal0.slotBoard().expect();
        Relay started =
                Relay.start(
                        settings,
                        capture == null ? table : () -> table.get().captured(capture),
                        hal0.traffic(),
                        new Gate(admission, hal0.limits()));
        relay = started;
        tell(settings, started);
        slots = SlotParts.begin(hal0.configuration(), hal0.slotBoard());
        hal0.memoryParts().begin(hal0.controlParts().events);
    }

    private RouteTable table(RelaySettings settings, Metrics metrics, Admission admission) {
        Inference inference =
                new Inference(
                        new BodyLimit((long) settings.maxBodyMb() * MB),
                        hal0.answers().router,
                        hal0.answers().answering(),
                        hal0.answers().counting(),
                        hal0.answers().metering,
                        InstantSource.system(),
                        new KeyCheck(hal0.limits(), hal0.pricing()::cost),
                        patience());
        return RouteTable.of(
                        inference,
                        operations(settings),
                        new ModelRoutes(hal0.catalog()::advertised, control::models),
                        new ControlRoutes(control),
                        hal0.controlParts()
                                .routes(
                                        new KeyRoutes(hal0.ownKeys()),
                                        new DoctorRoutes(
                                                () -> checkup.ofHome(hal0.configuration(), hal0)),
                                        hal0.controlParts().loginRoutes(hal0.logins(), admission),
                                        new MetricsRoute(metrics::text),
                                        new ResponseRoutes(hal0.answers().responses),
                                        mcp))
                .withPages(new Dashboard())
                .within(hal0.instance());
    }

    /// Says where it listens.
    private void tell(RelaySettings settings, Relay started) {
        hal0.listensAt(started.address());
        hal0.controlParts().started(started.address());
        try {
            lock.announce(started.address().toString());
            RelayFile told =
                    new RelayFile(
                            settings.host(),
                            started.address().getPort(),
                            identity.instanceId(),
                            identity.adminToken(),
                            ProcessHandle.current().pid(),
                            identity.since(),
                            Version.current());
            file = told;
            told.write(hal0.configuration().home());
        } catch (IOException e) {
            throw new ControlException(
                    ErrorKind.CONFIGURATION,
                    "%s cannot be written: %s"
                            .formatted(hal0.configuration().home().relayFile(), IoReason.of(e)),
                    e);
        }
    }

    /// Each is made when it is first asked for.
    private List<McpRoutes.Server> mcpServers() {
        ControlParts parts = hal0.controlParts();
        return List.of(
                new McpRoutes.Server(
                        "admin",
                        () ->
                                AdminServer.open(
                                        parts.mcpGround(hal0.catalog()::models, this::status),
                                        InstantSource.system())),
                new McpRoutes.Server(
                        "memory", () -> MemoryServer.open(parts::memory, InstantSource.system())));
    }

    private Metrics metrics() {
        Metrics metrics = new Metrics();
        metrics.add(BreakerGauge.of(hal0.breakers()));
        SlotGauges.of(hal0.slotBoard()::running).forEach(metrics::add);
        metrics.add(
                Gauge.of(
                        "hal0_ledger_waiting_rows",
                        "Rows of the usage ledger that the database has not taken yet.",
                        () -> hal0.ledger().health().waiting()));
        metrics.add(
                Gauge.of(
                        "hal0_ledger_lost_rows",
                        "Rows of the usage ledger that could not be kept.",
                        () -> hal0.ledger().health().lost()));
        hal0.answers().metering.listen(metrics);
        return metrics;
    }

    private OperationRoutes operations(RelaySettings settings) {
        return new OperationRoutes(
                new BodyLimit((long) settings.maxBodyMb() * MB),
                new Form.Limits(
                        (long) settings.uploads().maxMb() * MB,
                        hal0.configuration().home().uploadsFolder()),
                hal0.answers().router,
                hal0.answers().operations(),
                hal0.answers().metering,
                InstantSource.system(),
                new KeyCheck(hal0.limits(), hal0.pricing()::cost),
                patience());
    }

    private SlotPatience patience() {
        return new SlotPatience(hal0.configuration()::dispatcher);
    }

    public ControlPlane control() {
        return control;
    }

    /// What it answers.
    RouteTable routes() {
        return Objects.requireNonNull(routes).get();
    }

    public URI address() {
        Relay running = relay;
        if (running == null) {
            throw new IllegalStateException("the relay does not listen");
        }
        return running.address();
    }

    /// Spends now what the first request would have to wait for.
    public void prepare() {
        if (relay != null) {
            relay.prepare();
        }
    }

    private RelayStatus status() {
        return new RelayStatus(
                Version.current(),
                identity.instanceId(),
                relay == null ? null : relay.address(),
                false,
                identity.since(),
                hal0.traffic().requests(),
                hal0.traffic().inFlight());
    }

    private static String random(int bytes) {
        byte[] random = new byte[bytes];
        new SecureRandom().nextBytes(random);
        return HexFormat.of().formatHex(random);
    }

    @Override
    public void close() {
        try (lock) {
            hal0.controlParts().stopping();
            hal0.memoryParts().close();
            mcp.close();
            // First: requests that wait for a load would hold up the end of those under way.
            if (slots != null) {
                slots.close();
            }
            if (relay != null) {
                relay.close();
            }
            RelayFile told = file;
            if (told != null) {
                told.delete(hal0.configuration().home());
            }
        } catch (IOException e) {
            // The lock is given up with the process; a file that stays behind names a dead one.
            System.getLogger(RunningRelay.class.getName())
                    .log(System.Logger.Level.WARNING, "the home could not be left cleanly", e);
        }
    }
}
