package hal0.providers.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import hal0.providers.Provider;
import hal0.providers.error.ProviderException;
import hal0.providers.message.Protocol;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UntrustedTlsTest {
    private static final String PASSWORD = "changeit";

    @Test
    void aCertificateThatNobodySignedIsRefusedAndNothingIsSent(@TempDir Path folder)
            throws Exception {
        HttpsServer server =
                HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(selfSigned(folder)));
        int[] requests = {0};
        server.createContext("/", _ -> requests[0]++);
        server.start();
        try (OkHttpTransport transport =
                new OkHttpTransport("test", new AddressGuard(Set.of()), _ -> Optional.empty())) {
            URI uri = URI.create("https://localhost:" + server.getAddress().getPort() + "/");
            Provider provider = Provider.builder("acme", Protocol.OPENAI, uri).build();
            UpstreamRequest request =
                    new UpstreamRequest(provider, "m", "GET", uri, Headers.NONE, null, false);
            assertThatThrownBy(() -> transport.send(request, new CancelToken()))
                    .isInstanceOf(ProviderException.Unreachable.class)
                    .hasMessageContaining("TLS with localhost:")
                    .hasMessageContaining("certif");
            assertThat(requests[0]).isZero();
        } finally {
            server.stop(0);
        }
    }

    private static SSLContext selfSigned(Path folder)
            throws IOException, InterruptedException, GeneralSecurityException {
        Path store = folder.resolve("keys.p12");
        String keytool = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
        Process process =
                new ProcessBuilder(
                                keytool,
                                "-genkeypair",
                                "-alias",
                                "a",
                                "-keyalg",
                                "EC",
                                "-dname",
                                "CN=localhost",
                                "-keystore",
                                store.toString(),
                                "-storepass",
                                PASSWORD,
                                "-keypass",
                                PASSWORD)
                        .redirectErrorStream(true)
                        .redirectOutput(folder.resolve("log").toFile())
                        .start();
        assertThat(process.waitFor()).as("keytool").isZero();
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            keys.load(in, PASSWORD.toCharArray());
        }
        KeyManagerFactory managers =
                KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(keys, PASSWORD.toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        return context;
    }
}
