package hal0.slots.docker;

import static org.assertj.core.api.Assertions.assertThat;

import hal0.slots.testing.ModelServer;
import hal0.slots.testing.SlotRuntimeContract;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/// Debian's docker-registry on a port of the loopback address, which engines trust without TLS.
///
/// **Errors** the test is skipped where it is not installed, and fails where engines must be there.
final class TestRegistry implements AutoCloseable {
    private final Process process;
    private final String host;

    private TestRegistry(Process process, String host) {
        this.process = process;
        this.host = host;
    }

    static TestRegistry start(Path folder) throws IOException {
        String host = "127.0.0.1:" + SlotRuntimeContract.freePort();
        Path settings =
                Files.writeString(
                        folder.resolve("registry.yml"),
                        """
                        version: 0.1
                        log: {level: error}
                        storage: {filesystem: {rootdirectory: "%s"}}
                        http: {addr: "%s"}
                        """
                                .formatted(folder.resolve("registry"), host));
        Process process;
        try {
            process =
                    new ProcessBuilder("docker-registry", "serve", settings.toString())
                            .redirectErrorStream(true)
                            .redirectOutput(folder.resolve("registry.log").toFile())
                            .start();
        } catch (IOException e) {
            ModelServer.missing("no docker-registry: " + e.getMessage());
            throw e;
        }
        TestRegistry registry = new TestRegistry(process, host);
        registry.awaitUp();
        return registry;
    }

    /// The name under which the registry has, or is to have, an image.
    String image(String name) {
        return host + "/" + name;
    }

    private void awaitUp() {
        Instant end = Instant.now().plus(Duration.ofSeconds(20));
        while (!answers()) {
            assertThat(process.isAlive()).as("docker-registry runs").isTrue();
            assertThat(Instant.now()).as("docker-registry answered in time").isBefore(end);
            LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
        }
    }

    private boolean answers() {
        try {
            URI address = URI.create("http://" + host + "/v2/");
            HttpURLConnection connection = (HttpURLConnection) address.toURL().openConnection();
            return connection.getResponseCode() == 200;
        } catch (IOException e) {
            // Not up yet.
            return false;
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
        try {
            process.waitFor(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
