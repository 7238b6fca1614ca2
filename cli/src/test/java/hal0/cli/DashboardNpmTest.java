package hal0.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import hal0.slots.testing.ModelServer;
import hal0.slots.testing.SlotRuntimeContract;
import java.io.BufferedReader;
import java.io.Writer;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The dashboard in a real browser, on the real program: a new user wires a provider, loads a slot,
/// decides what an agent may do and issues a key, and the relay is started anew meanwhile.
@Tag("npm")
class DashboardNpmTest {
    private static final int FIRST_LOAD = 200_000;

    @TempDir Path folder;
    private Path npm;
    private Path chromium;
    private TestHome home;
    private Hal0Process relay;

    @BeforeEach
    void configure() throws Exception {
        String where = System.getenv("HAL0_TEST_NPM");
        assumeTrue(
                where != null && Files.isDirectory(Path.of(where, "node_modules/playwright-core")),
                "HAL0_TEST_NPM names no folder with playwright-core (.ci/run makes one)");
        npm = Path.of(where);
        chromium =
                Stream.of(System.getenv("PATH").split(":"))
                        .map(each -> Path.of(each, "chromium"))
                        .filter(Files::isExecutable)
                        .findFirst()
                        .orElse(null);
        assumeTrue(chromium != null, "there is no chromium on the PATH (.ci/run installs it)");
        Path server = ModelServer.binary();
        home = new TestHome(folder).config("");
        Path start =
                Files.writeString(
                        folder.resolve("start.sh"),
                        "#!/bin/sh\necho starting\nexec %s --host \"$1\" --port \"$2\" --model \"$3\"\n"
                                .formatted(server));
        Files.setPosixFilePermissions(start, PosixFilePermissions.fromString("rwx------"));
        Files.writeString(folder.resolve("alpha.gguf"), "");
        Files.writeString(
                folder.resolve("models.toml"),
                "[[model]]\nid = \"alpha\"\npath = \"%s/alpha.gguf\"\n".formatted(folder));
        List<String> create =
                new ArrayList<>(
                        List.of("slots", "create", "chat", "--runtime", "process", "--model"));
        create.addAll(
                List.of(
                        "alpha",
                        "--no-enabled",
                        "--port",
                        String.valueOf(SlotRuntimeContract.freePort())));
        create.addAll(List.of("--", start.toString(), "${HOST}", "${PORT}", "${MODEL}"));
        assertThat(home.hal0().run(create.toArray(String[]::new)).exit()).isZero();
    }

    @AfterEach
    void end() throws Exception {
        if (relay != null) {
            relay.close();
        }
        // What runs goes on running without its relay: nothing of it may outlive the test.
        ProcessHandle.allProcesses()
                .filter(process -> {
                    String line = process.info().commandLine().orElse("");
                    return line.contains(folder.toString()) && line.contains("model-server");
                })
                .forEach(ProcessHandle::destroyForcibly);
    }

    @Test
    @Timeout(value = 180, unit = TimeUnit.SECONDS)
    void operatorNeedsNothingButTheBrowser() throws Exception {
        relay = home.hal0().start("serve", "--port", "0");
        String address = relay.relayAddress();
        Path script = Path.of(DashboardNpmTest.class.getResource("/npm/dashboard.cjs").toURI());
        ProcessBuilder node =
                new ProcessBuilder("node", script.toString(), address, chromium.toString(), "chat");
        node.environment().put("NODE_PATH", npm.resolve("node_modules").toString());
        node.redirectError(ProcessBuilder.Redirect.INHERIT);
        Process browser = node.start();
        JsonNode told = null;
        try (BufferedReader said = browser.inputReader(StandardCharsets.UTF_8);
                Writer answer = browser.outputWriter(StandardCharsets.UTF_8)) {
            for (String line = said.readLine(); line != null; line = said.readLine()) {
                switch (line) {
                    case "stop" -> {
                        relay.signal("TERM");
                        relay.ended();
                        answer.write("stopped\n");
                        answer.flush();
                    }
                    case "start" -> {
                        String port = String.valueOf(URI.create(address).getPort());
                        relay = home.hal0().start("serve", "--port", port);
                        assertThat(relay.relayAddress()).isEqualTo(address);
                        answer.write("started\n");
                        answer.flush();
                    }
                    default -> told = TestHome.json(line);
                }
            }
        } finally {
            browser.descendants().forEach(ProcessHandle::destroyForcibly);
            browser.destroyForcibly().waitFor();
        }

        assertThat(told).isNotNull();
        assertThat(told.path("faults")).as(told.toPrettyString()).isEmpty();
        assertThat(told.path("steps")).hasSize(12);
        assertThat(told.path("figures").path("firstLoad").asInt()).isBetween(1, FIRST_LOAD);
    }
}
