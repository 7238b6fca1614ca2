package hal0.cli.wiring;

import hal0.home.RelayFile;
import hal0.home.config.FileWatch;
import hal0.home.error.ErrorKind;
import hal0.relay.RelaySettings;
import hal0.relay.control.ControlException;
import java.net.URI;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A relay of this home for as long as this is open: the one that runs, else one that is started on
/// a free port of this machine.
public final class RelayForRun implements AutoCloseable {
    private final URI address;
    private final @Nullable RunningRelay started;
    private final @Nullable FileWatch watch;

    private RelayForRun(URI address, @Nullable RunningRelay started, @Nullable FileWatch watch) {
        this.address = address;
        this.started = started;
        this.watch = watch;
    }

    /// **Errors** [ControlException] when there is no relay and none can be started.
    public static RelayForRun open(Hal0 hal0, Checkup checkup) {
        Optional<RelayFile> running = hal0.runningOwner();
        if (running.isPresent()) {
            return new RelayForRun(running.get().address(), null, null);
        }
        RelaySettings free = hal0.configuration().relay().withAddress("127.0.0.1", 0);
        RunningRelay started =
                RunningRelay.start(hal0, free, checkup)
                        .orElseThrow(() ->
                                new ControlException(
                                        ErrorKind.CONFIGURATION,
                                        "another hal0 owns this home and does not say where its relay is; try again",
                                        null));
        return new RelayForRun(
                started.address(), started, hal0.watchFiles(FileWatch.OFTEN, _ -> {}));
    }

    /// Where a relay of this home is, or will be once one is started.
    public static URI usualAddress(Hal0 hal0) {
        RelaySettings settings = hal0.configuration().relay();
        return hal0.runningOwner()
                .map(RelayFile::address)
                .orElseGet(() -> URI.create("http://127.0.0.1:" + settings.port()));
    }

    public URI address() {
        return address;
    }

    @Override
    public void close() {
        if (watch != null) {
            watch.close();
        }
        if (started != null) {
            started.close();
        }
    }
}
