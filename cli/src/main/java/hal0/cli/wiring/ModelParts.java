package hal0.cli.wiring;

import hal0.relay.api.HardwareRoutes;
import hal0.relay.api.PullRoutes;
import hal0.relay.api.RegistryRoutes;
import hal0.relay.control.Audit;
import hal0.relay.event.Events;
import hal0.relay.model.HttpHardware;
import hal0.relay.model.HttpModels;
import hal0.relay.model.LocalModels;
import hal0.relay.model.ModelControl;
import hal0.relay.model.PullNews;
import hal0.relay.route.RouteFamily;
import hal0.slots.hardware.Hardware;
import hal0.slots.hardware.MachineProbe;
import hal0.slots.model.ModelStore;
import hal0.slots.model.RegistryEdits;
import hal0.slots.model.pull.Pulls;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The models of this home and the machine that they run on.
///
/// **Shape** nothing is read and nothing is called until it is used. **Threads** any.
final class ModelParts implements AutoCloseable {
    private final Configuration configuration;
    private final ProviderParts parts;
    private final Events events;
    private final InstantSource clock;
    private final RegistryEdits registry;
    private final Object lock = new Object();
    private @Nullable Pulls pulls;
    private boolean closed;

    /// In this process.
    final ModelControl own;

    /// This machine.
    final Hardware.Probe hardware;

    ModelParts(
            Configuration configuration,
            ProviderParts parts,
            Events events,
            Audit audit,
            InstantSource clock) {
        this.configuration = configuration;
        this.parts = parts;
        this.events = events;
        this.clock = clock;
        this.registry = new RegistryEdits(configuration.home().config());
        this.own =
                new LocalModels(
                        new LocalModels.Parts(
                                configuration.home(),
                                this::store,
                                registry,
                                configuration.slots().edits(),
                                this::pulls,
                                events,
                                this::changed),
                        audit);
        this.hardware = MachineProbe.cached(System.getenv().getOrDefault("PATH", "/usr/bin:/bin"));
    }

    private ModelStore store() {
        return ModelStore.of(configuration.models().store(), configuration.home());
    }

    private void changed() {
        var _ = configuration.reload();
    }

    private Pulls pulls() {
        synchronized (lock) {
            Pulls made = pulls;
            if (made == null) {
                made =
                        new Pulls(
                                parts.transport,
                                configuration.secrets()::find,
                                this::store,
                                registry,
                                new PullNews(events, this::changed),
                                clock);
                pulls = made;
                if (closed) {
                    made.close();
                }
            }
            return made;
        }
    }

    /// The models of another process.
    ModelControl of(RelayAddress relay) {
        return new HttpModels(parts.transport, parts.requests, relay.url(), relay.token());
    }

    /// The machine of another process.
    Hardware.Probe hardwareOf(RelayAddress relay) {
        return new HttpHardware(parts.transport, parts.requests, relay.url(), relay.token());
    }

    List<RouteFamily> routes() {
        return List.of(new RegistryRoutes(own), new PullRoutes(own), new HardwareRoutes(hardware));
    }

    /// Ends the pulls; what has come stays.
    @Override
    public void close() {
        Pulls running;
        synchronized (lock) {
            closed = true;
            running = pulls;
        }
        if (running != null) {
            running.close();
        }
    }
}
