package hal0.slots.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hal0.slots.definition.SlotSpec.RuntimeName;
import hal0.slots.error.SlotException;
import hal0.slots.error.SlotProblem;
import hal0.slots.testing.TestEngines;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.StandardProtocolFamily;
import java.net.URI;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Engines are looked for in their places, and who finds none learns what is wrong with each.
class EngineTest {
    @TempDir Path folder;

    @Test
    void dockerIsLookedForWhereItsVariableSaysAndInItsPlaces() {
        assertThat(
                        EngineAddress.forDocker(
                                Map.of(
                                        "DOCKER_HOST",
                                        "unix:///my.sock",
                                        "XDG_RUNTIME_DIR",
                                        "/run/user/7")))
                .extracting(EngineAddress::toString)
                .containsExactly(
                        "DOCKER_HOST=unix:///my.sock",
                        "/var/run/docker.sock",
                        "/run/user/7/docker.sock");
        assertThat(EngineAddress.forDocker(Map.of("DOCKER_HOST", " ")))
                .extracting(EngineAddress::toString)
                .containsExactly("/var/run/docker.sock");
    }

    @Test
    void podmanIsLookedForInTheUsersFolderFirst() {
        assertThat(EngineAddress.forPodman(Map.of("XDG_RUNTIME_DIR", "/run/user/7")))
                .extracting(EngineAddress::toString)
                .containsExactly(
                        "/run/user/7/podman/podman.sock",
                        "/run/podman/podman.sock",
                        "/var/run/docker.sock");
    }

    @Test
    void missingSocketIsNamed() {
        Path socket = folder.resolve("none.sock");
        assertThat(failure(socket).message())
                .startsWith("Docker was not found. Tried: " + socket + " (missing).")
                .contains("systemctl start docker");
    }

    @Test
    void everyPlaceThatWasTriedIsNamedAsItWasWritten() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "");
        Engine engine =
                engine(
                        new EngineAddress("DOCKER_HOST", "ssh://far"),
                        new EngineAddress("DOCKER_HOST", "un ix:/\\x"),
                        new EngineAddress("CONTAINER_HOST", "unix://" + file),
                        new EngineAddress("", "unix://" + folder.resolve("none.sock")));
        assertThatThrownBy(engine::connect)
                .hasMessageContainingAll(
                        "Podman was not found",
                        "DOCKER_HOST=ssh://far (only unix:// and tcp:// can be used)",
                        "DOCKER_HOST=un ix:/\\x (only unix:// and tcp:// can be used)",
                        "CONTAINER_HOST=unix://" + file + " (not a socket)",
                        folder.resolve("none.sock") + " (missing)");
    }

    private Engine engine(EngineAddress... addresses) {
        return new Engine(RuntimeName.PODMAN, List.of(addresses), folder);
    }

    @Test
    void socketThatNobodyListensAtRefuses() throws IOException {
        Path socket = folder.resolve("left.sock");
        ServerSocketChannel.open(StandardProtocolFamily.UNIX)
                .bind(UnixDomainSocketAddress.of(socket))
                .close();
        assertThat(failure(socket).message()).contains(socket + " (refused)");
    }

    @Test
    void portThatNobodyListensAtRefuses() throws IOException {
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        Engine engine = Engine.at(RuntimeName.DOCKER, URI.create("tcp://127.0.0.1:" + port));
        assertThatThrownBy(engine::connect).hasMessageContaining("(refused)");
    }

    @Test
    void engineThatAcceptsAndSaysNothingIsGivenUp() throws IOException {
        Path socket = folder.resolve("silent.sock");
        try (ServerSocketChannel silent = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            silent.bind(UnixDomainSocketAddress.of(socket));
            assertThat(failure(socket).message()).contains(socket + " (no answer in 5 s)");
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = RuntimeName.class,
            names = {"DOCKER", "PODMAN"})
    void engineOfTheOtherKindIsNotTaken(RuntimeName kind) {
        RuntimeName other = kind == RuntimeName.DOCKER ? RuntimeName.PODMAN : RuntimeName.DOCKER;
        URI address = TestEngines.address(kind);
        try (Engine right = Engine.at(kind, address);
                Engine wrong = Engine.at(other, address)) {
            assertThat(right.connect()).isSameAs(right.connect());
            assertThatThrownBy(wrong::connect).hasMessageContaining("answers as " + right.label());
        }
    }

    @Test
    void settingsThatCannotBeReadAreTold() throws IOException {
        Files.writeString(folder.resolve("config.json"), "{");
        Path socket = folder.resolve("left.sock");
        ServerSocketChannel.open(StandardProtocolFamily.UNIX)
                .bind(UnixDomainSocketAddress.of(socket))
                .close();
        Engine engine = engine(new EngineAddress("", "unix://" + socket));
        assertThatThrownBy(engine::connect).hasMessageContaining("config.json");
    }

    private static SlotException failure(Path socket) {
        Engine engine = Engine.at(RuntimeName.DOCKER, URI.create("unix://" + socket));
        try {
            engine.connect();
        } catch (SlotException e) {
            assertThat(e.problem()).isEqualTo(SlotProblem.RUNTIME_UNAVAILABLE);
            assertThat(e.details()).containsEntry("runtime", "docker").containsKey("tried");
            return e;
        }
        throw new AssertionError("connected to nothing");
    }
}
