package hal0.cli.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import hal0.relay.control.Finding.Status;
import hal0.slots.definition.SlotSpec.RuntimeName;
import hal0.slots.testing.FakeDefinitions;
import hal0.slots.testing.FakeSlotRuntime;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What doctor says of slots that could not be loaded, and why.
class SlotsCheckTest {
    @TempDir Path folder;
    private final FakeSlotRuntime podman = new FakeSlotRuntime(RuntimeName.PODMAN);
    private final FakeSlotRuntime docker = new FakeSlotRuntime(RuntimeName.DOCKER);
    private FakeDefinitions definitions;

    @BeforeEach
    void define() throws Exception {
        definitions = new FakeDefinitions(Files.createDirectory(folder.resolve("c")));
    }

    private Row row(boolean relayRuns) {
        return new SlotsCheck(
                        definitions,
                        new SlotsCheck.Place(folder.resolve("states"), relayRuns),
                        Map.of(
                                RuntimeName.PODMAN, () -> podman,
                                RuntimeName.DOCKER, () -> docker))
                .rows()
                .getFirst();
    }

    @Test
    void slotThatCouldBeLoadedPasses() {
        definitions.define("chat", "[slot]\nruntime = \"auto\"\n[model]\ndefault = \"qwen\"\n");

        assertThat(row(false)).isEqualTo(Row.pass("slot.chat", "could be loaded by podman"));
    }

    @Test
    void dockerDoesWherePodmanIsNotThere() {
        definitions.define("chat", "[slot]\nruntime = \"auto\"\n[model]\ndefault = \"qwen\"\n");
        podman.loseEngine("no socket");

        assertThat(row(false).message()).isEqualTo("could be loaded by docker");
    }

    @Test
    void slotThatNothingRunsFails() {
        definitions.define("chat", "[slot]\nruntime = \"auto\"\n[model]\ndefault = \"qwen\"\n");
        podman.loseEngine("no socket");
        docker.loseEngine("no socket either");

        assertThat(row(false))
                .returns(Status.FAIL, Row::status)
                .extracting(Row::message)
                .asString()
                .contains("no socket either");
    }

    @Test
    void missingImageIsSaidAndFetchedLater() {
        definitions.define("chat", "[slot]\nruntime = \"auto\"\n[model]\ndefault = \"qwen\"\n");
        podman.script("chat").pulls("image");

        assertThat(row(false)).returns(Status.WARN, Row::status);
        assertThat(row(false).fix()).contains("fetched when the slot is loaded");
    }

    @Test
    void takenPortIsAWarningUnlessTheRelayHasItItself() throws Exception {
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            definitions.define(
                    "chat",
                    "[slot]\nruntime = \"auto\"\nport = %d\n[model]\ndefault = \"qwen\"\n"
                            .formatted(other.getLocalPort()));

            assertThat(row(false)).returns(Status.WARN, Row::status);
            assertThat(row(false).message()).contains("port " + other.getLocalPort());
            assertThat(row(true)).returns(Status.PASS, Row::status);
        }
    }

    @Test
    void parkedSlotSaysWhatToDo() throws IOException {
        definitions.define("chat", "[slot]\nruntime = \"auto\"\n[model]\ndefault = \"qwen\"\n");
        Path states = Files.createDirectories(folder.resolve("states/chat"));
        Files.writeString(
                states.resolve("state.json"),
                "{\"name\":\"chat\",\"state\":\"error\",\"model_id\":\"qwen\",\"port\":8081,\"updated_at\":\"2026-11-21T10:00:00Z\",\"message\":\"it died five times\",\"extra\":{\"parked\":true}}");

        assertThat(row(false)).returns(Status.WARN, Row::status);
        assertThat(row(false).message()).contains("it died five times");
        assertThat(row(false).fix()).contains("hal0 slots load chat");
    }
}
