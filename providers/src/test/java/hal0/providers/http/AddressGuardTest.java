package hal0.providers.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AddressGuardTest {

    /// A name of another that resolves to this machine would reach what only trusts it.
    @ParameterizedTest
    @CsvSource({
        "evil.example, 127.0.0.1, true",
        "evil.example, 0.0.0.0, true",
        "evil.example, ::1, true",
        "evil.example, 169.254.169.254, true",
        "evil.example, 93.184.216.34, false",
        "localhost, 127.0.0.1, false",
        "app.localhost, 127.0.0.1, false",
        "127.0.0.1, 127.0.0.1, false",
        "[::1], ::1, false"
    })
    void pagesReachThisMachineOnlyByAName(String host, String address, boolean refused)
            throws UnknownHostException {
        assertThat(AddressGuard.ofPages().refusal(host, InetAddress.getByName(address)).isPresent())
                .isEqualTo(refused);
    }

    @ParameterizedTest
    @CsvSource({"relay.example, 127.0.0.1", "relay.example, 10.0.0.1"})
    void upstreamsMayBeOnThisMachineUnderAnyName(String host, String address)
            throws UnknownHostException {
        assertThat(new AddressGuard(Set.of()).refusal(host, InetAddress.getByName(address)))
                .isEmpty();
    }
}
