package hal0.cli;

import hal0.cli.console.CommandException;
import hal0.cli.console.Console;
import hal0.cli.console.ExitCode;
import hal0.cli.console.HomeOptions;
import hal0.cli.console.Interrupt;
import hal0.cli.console.Logs;
import hal0.cli.doctor.Doctor;
import hal0.cli.wiring.Configuration;
import hal0.cli.wiring.Hal0;
import hal0.cli.wiring.RunningRelay;
import hal0.home.Home;
import hal0.home.IoReason;
import hal0.home.OwnerLock;
import hal0.home.config.FileWatch;
import hal0.providers.http.CancelToken;
import hal0.relay.RelaySettings;
import hal0.relay.capture.Capture;
import hal0.relay.guard.HostRule;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `hal0 serve`: the relay without a screen.
@Command(
        name = "serve",
        description = "Run the relay until it is stopped.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Examples:",
            "  hal0 serve",
            "  hal0 serve --port 9090",
            "  hal0 serve --capture /tmp/hal0-session",
            "  hal0 keys create phone && hal0 serve --host 0.0.0.0",
        })
final class ServeCommand implements Callable<Integer> {
    /// Open streams may take ten seconds to end.
    private static final long STOP_SECONDS = 20;

    private final Console console;
    private final HomeOptions home;

    @Option(names = "--host", paramLabel = "HOST", description = "Address to listen on.")
    private @Nullable String host;

    @Option(
            names = "--port",
            paramLabel = "PORT",
            description = "Port to listen on; 0 for a free one.")
    private @Nullable Integer port;

    @Option(
            names = "--insecure",
            description =
                    "Listen beyond this machine while there is no key: everyone who can reach it can spend.")
    private boolean insecure;

    @Option(
            names = "--capture",
            paramLabel = "DIR",
            description =
                    "Write requests and answers there, to look for a fault: what was said is in them, keys are not.")
    private @Nullable Path capture;

    ServeCommand(Console console, HomeOptions home) {
        this.console = console;
        this.home = home;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        Home at = home.locate();
        Configuration configuration = Configuration.read(at, System.getenv()).orThrow();
        configuration.leftOut().forEach(console::leftOut);
        RelaySettings settings = settings(configuration.relay());
        Logs.toStandardError(System.getenv());
        CountDownLatch stopped = new CountDownLatch(1);
        CancelToken stop = new CancelToken();
        try (Interrupt _ = Interrupt.cancels(stop, STOP_SECONDS);
                var _ = stop.onCancel(stopped::countDown);
                Hal0 hal0 = Hal0.open(configuration)) {
            requireKey(hal0, settings);
            Capture captured = capture == null ? null : captured(hal0, capture);
            Optional<RunningRelay> running =
                    RunningRelay.start(hal0, settings, new Doctor(), captured);
            if (running.isEmpty()) {
                throw new CommandException(ExitCode.FAILED, alreadyRunning(at));
            }
            try (RunningRelay relay = running.get()) {
                console.err().print(ServeBanner.of(relay.address(), settings.host(), hostName()));
                if (captured != null) {
                    console.err()
                            .printf(
                                    "capturing requests and answers in %s%n",
                                    captured.folder().toAbsolutePath());
                }
                // The log, which is standard error here, tells of every edit.
                try (FileWatch _ = hal0.watchFiles(FileWatch.OFTEN, _ -> {})) {
                    relay.prepare();
                    stopped.await();
                }
                console.err().println("stopping: no new requests, open streams have 10 s to end");
            }
        }
        return ExitCode.DONE;
    }

    private static String hostName() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException _) {
            // A machine without a name of its own is still called by an address.
            return "ADDRESS";
        }
    }

    private static Capture captured(Hal0 hal0, Path folder) {
        try {
            return hal0.captureInto(folder);
        } catch (IOException e) {
            throw new CommandException(ExitCode.FAILED, "--capture: " + IoReason.of(e));
        }
    }

    private RelaySettings settings(RelaySettings configured) {
        RelaySettings settings =
                (host == null ? configured : configured.withAddress(host, configured.port()))
                        .withPort(port == null ? configured.port() : port);
        if (settings.port() < 0 || settings.port() > 65535) {
            throw new CommandException(ExitCode.USAGE, "--port is a number from 0 to 65535");
        }
        return settings;
    }

    /// Beyond this machine anybody may be.
    private void requireKey(Hal0 hal0, RelaySettings settings) {
        if (!HostRule.isLoopback(settings.host()) && !insecure && !hal0.knownKeys().hasUsable()) {
            throw new CommandException(
                    ExitCode.CONFIGURATION,
                    "the relay would listen on %s, where others can reach it, and there is no key; make one with `hal0 keys create NAME`, listen on 127.0.0.1, or say --insecure if the network is yours alone"
                            .formatted(settings.host()));
        }
    }

    private static String alreadyRunning(Home at) throws IOException {
        return OwnerLock.read(at)
                .map(owner ->
                        "another hal0 (process %d) owns this home and listens at %s; use that, or stop it first"
                                .formatted(owner.pid(), owner.address()))
                .orElse("another hal0 owns this home; stop it first");
    }
}
