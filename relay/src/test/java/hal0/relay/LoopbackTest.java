package hal0.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import hal0.relay.testing.RelayFixture;
import hal0.relay.testing.RelayFixture.Setup;
import java.io.IOException;
import java.net.ConnectException;
import java.net.HttpURLConnection;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Where the relay of a machine is found by those who call it `localhost`.
class LoopbackTest {
    @TempDir private Path folder;

    @BeforeEach
    void requireIpv6() {
        boolean there;
        try (ServerSocket socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress("::1", 0));
            there = true;
        } catch (IOException e) {
            there = false;
        }
        assumeTrue(there, "this machine has no ::1");
    }

    private RelayFixture relay(boolean both, int port) {
        RelaySettings named =
                new RelaySettings("127.0.0.1", port, 1, List.of(), List.of(), List.of());
        RelaySettings unnamed =
                new RelaySettings(
                        "127.0.0.1",
                        port,
                        1,
                        List.of(),
                        List.of(),
                        List.of(),
                        RelaySettings.Uploads.USUAL,
                        true);
        return new RelayFixture(folder, Setup.of().settings(both ? unnamed : named));
    }

    private static int status(String host, int port) throws IOException {
        HttpURLConnection call =
                (HttpURLConnection)
                        URI.create("http://%s:%d/api/status".formatted(host, port))
                                .toURL()
                                .openConnection();
        try {
            return call.getResponseCode();
        } finally {
            call.disconnect();
        }
    }

    private static Socket at(String address, int port) throws IOException {
        Socket socket = new Socket();
        socket.connect(new InetSocketAddress(address, port), 5_000);
        return socket;
    }

    @Test
    void whereNobodyNamedAHostItAnswersAtBothLoopbackAddresses() throws IOException {
        try (RelayFixture relay = relay(true, 0)) {
            assertThat(status("127.0.0.1", relay.port())).isEqualTo(200);
            assertThat(status("[::1]", relay.port())).isEqualTo(200);
            assertThat(status("localhost", relay.port())).isEqualTo(200);
            int port = relay.port();
            relay.relay().close();
            assertThatThrownBy(() -> at("::1", port)).isInstanceOf(ConnectException.class);
        }
    }

    @Test
    void aHostThatIsNamedIsTheOnlyOne() {
        try (RelayFixture relay = relay(false, 0)) {
            assertThatThrownBy(() -> at("::1", relay.port())).isInstanceOf(ConnectException.class);
        }
    }

    @Test
    void anotherProgramAtTheOtherAddressKeepsItFromNothing() throws IOException {
        try (ServerSocket other = new ServerSocket()) {
            other.bind(new InetSocketAddress("::1", 0));
            try (RelayFixture relay = relay(true, other.getLocalPort())) {
                assertThat(status("127.0.0.1", relay.port())).isEqualTo(200);
            }
        }
    }
}
