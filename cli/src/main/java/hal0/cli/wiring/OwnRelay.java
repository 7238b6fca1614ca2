package hal0.cli.wiring;

import hal0.home.RelayFile;
import hal0.home.error.ErrorKind;
import hal0.providers.Auth;
import hal0.providers.Provider;
import hal0.providers.Secret;
import hal0.relay.RelaySettings;
import hal0.relay.control.ControlException;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// hal0's own relay as a provider that can be called: the one that runs for this home, else one
/// that is started for as long as this is open.
public final class OwnRelay implements AutoCloseable {
    private final Provider provider;
    private final @Nullable RunningRelay started;

    private OwnRelay(Provider provider, @Nullable RunningRelay started) {
        this.provider = provider;
        this.started = started;
    }

    /// `preset` keeps its id and all but its address and key. A relay that is started here takes a
    /// free port of this machine.
    ///
    /// **Errors** [ControlException] when there is no relay and none can be started.
    public static OwnRelay open(Hal0 hal0, Provider preset, Checkup checkup) {
        Optional<RelayFile> running = hal0.runningOwner();
        if (running.isPresent()) {
            return new OwnRelay(at(running.get(), preset), null);
        }
        RelaySettings free = hal0.configuration().relay().withAddress("127.0.0.1", 0);
        RunningRelay started = RunningRelay.start(hal0, free, checkup).orElseThrow(OwnRelay::none);
        boolean opened = false;
        try {
            RelayFile told = hal0.runningOwner().orElseThrow(OwnRelay::none);
            OwnRelay own = new OwnRelay(at(told, preset), started);
            opened = true;
            return own;
        } finally {
            if (!opened) {
                started.close();
            }
        }
    }

    private static ControlException none() {
        return new ControlException(
                ErrorKind.CONFIGURATION,
                "another hal0 owns this home and does not say where its relay is; try again",
                null);
    }

    private static Provider at(RelayFile file, Provider preset) {
        return preset.toBuilder()
                .baseUrl(URI.create(file.address() + "/v1"))
                .auth(new Auth.Bearer())
                .keyNames(List.of())
                .inlineKey(new Secret(file.adminToken()))
                .proxy(null)
                .build();
    }

    public Provider provider() {
        return provider;
    }

    @Override
    public void close() {
        if (started != null) {
            started.close();
        }
    }
}
