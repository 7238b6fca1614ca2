package hal0.cli.doctor;

import hal0.home.Home;
import hal0.home.IoReason;
import hal0.home.OwnerLock;
import hal0.home.RelayFile;
import hal0.relay.RelaySettings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Optional;

/// Who owns this home, whether the owner answers, and whether its port is free otherwise.
record RelayCheck(Home home, RelaySettings settings) implements Check {
    private static final int PATIENCE_MS = 1500;

    @Override
    public String id() {
        return "relay";
    }

    @Override
    public List<Row> rows() {
        Optional<OwnerLock.Owner> owner;
        try {
            owner = OwnerLock.read(home);
        } catch (IOException e) {
            return List.of(Row.fail("owner", IoReason.of(e), "check " + home.state()));
        }
        Optional<RelayFile> told = RelayFile.read(home);
        Optional<RelayFile> running = told.filter(RelayFile::isRunning);
        if (running.isPresent()) {
            return List.of(owned(running.get()));
        }
        boolean gone =
                owner.flatMap(o -> ProcessHandle.of(o.pid()))
                        .filter(ProcessHandle::isAlive)
                        .isEmpty();
        return told.isPresent() && gone
                ? List.of(
                        Row.warn(
                                "owner",
                                "%s is of process %d, which is gone without cleaning up"
                                        .formatted(home.relayFile(), told.get().pid()),
                                "nothing needs to be done: the next hal0 takes over; or remove the file"),
                        port())
                : List.of(Row.pass("owner", "no hal0 owns this home now"), port());
    }

    private Row owned(RelayFile owner) {
        String at = "process %d owns this home, at %s".formatted(owner.pid(), owner.address());
        try (Socket socket = new Socket()) {
            InetAddress host = InetAddress.getByName(owner.address().getHost());
            socket.connect(new InetSocketAddress(host, owner.port()), PATIENCE_MS);
            return Row.pass("owner", at);
        } catch (IOException e) {
            return Row.fail(
                    "owner",
                    at + ", and does not answer there: " + IoReason.of(e),
                    "end it (kill %d) and start hal0 again".formatted(owner.pid()));
        }
    }

    private Row port() {
        int port = settings.port();
        if (port == 0) {
            return Row.pass("relay", "the relay takes a free port");
        }
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(settings.host(), port));
            return Row.pass("relay", "port %d of %s is free".formatted(port, settings.host()));
        } catch (IOException e) {
            return Row.warn(
                    "relay",
                    "the relay cannot have port %d of %s: %s"
                            .formatted(port, settings.host(), IoReason.of(e)),
                    "write another port under [relay], or stop the program that has it (ss -ltnp | grep :%d)"
                            .formatted(port));
        }
    }
}
