package hal0.slots.docker;

import static org.assertj.core.api.Assertions.assertThat;

import hal0.slots.testing.ModelServer;
import hal0.slots.testing.SlotRuntimeContract;
import java.io.IOException;
import java.io.UncheckedIOException;
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
    private final NarrowLine line;

    private TestRegistry(Process process, String host, NarrowLine line) {
        this.process = process;
        this.host = host;
        this.line = line;
    }

    static TestRegistry start(Path folder) throws IOException {
        int port = SlotRuntimeContract.freePort();
        String host = "127.0.0.1:" + port;
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
        TestRegistry registry = new TestRegistry(process, host, NarrowLine.to(port));
        registry.awaitUp();
        return registry;
    }

    /// The name under which an image is put into the registry.
    String direct(String name) {
        return host + "/" + name;
    }

    /// The name under which an image is fetched, over a line on which that takes its time.
    String image(String name) {
        return "127.0.0.1:" + line.port() + "/" + name;
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
        try (line) {
            process.waitFor(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
