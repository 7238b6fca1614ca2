package hal0.relay.mcp;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The protocol's own suite for servers, against this transport with the tools that it asks for.
@Tag("npm")
class ConformanceNpmTest {
    @TempDir Path folder;

    @Test
    void serverPassesTheWholeSuite() throws Exception {
        String where = System.getenv("HAL0_TEST_NPM");
        assumeTrue(
                where != null && !where.isEmpty(),
                "HAL0_TEST_NPM names no folder with node_modules (.ci/run makes one)");
        Path suite = Path.of(where, "node_modules/@modelcontextprotocol/conformance/dist/index.js");
        assumeTrue(Files.exists(suite), "the suite is not installed there");
        try (ServedMcp served = new ServedMcp(folder, ConformanceOffer.offer())) {
            ProcessBuilder builder =
                    new ProcessBuilder(
                            "node",
                            suite.toString(),
                            "server",
                            "--suite",
                            "all",
                            "--url",
                            served.url().toString());
            builder.environment().keySet().removeIf(name -> name.toLowerCase().endsWith("_proxy"));
            Process node = builder.directory(folder.toFile()).redirectErrorStream(true).start();
            try {
                String said = new String(node.getInputStream().readAllBytes(), UTF_8);
                assertThat(node.waitFor()).as(said).isZero();
                assertThat(said).contains(" 0 failed").contains("server-sse-polling");
                assertThat(said).doesNotContain("WARNING");
            } finally {
                node.destroyForcibly();
            }
        }
    }
}
