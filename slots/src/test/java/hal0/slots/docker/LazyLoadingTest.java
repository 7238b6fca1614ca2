package hal0.slots.docker;

import static org.assertj.core.api.Assertions.assertThat;

import hal0.slots.definition.SlotSpec.RuntimeName;
import hal0.slots.engine.Engine;
import hal0.slots.error.SlotException;
import hal0.slots.runtime.HomeMark;
import hal0.slots.testing.TestEngines;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// A relay without a slot in a container does not pay for docker-java.
class LazyLoadingTest {
    private static final String[] LIBRARIES = {
        "com.github.dockerjava.core",
        "com.github.dockerjava.zerodep",
        "com.google.common",
        "com.fasterxml.jackson.databind"
    };

    @Test
    void nothingOfDockerJavaIsLoadedBeforeAnEngineIsThere() {
        String loaded = run("wired");
        assertThat(loaded).contains(DockerSlotRuntime.class.getName());
        assertThat(loaded).doesNotContain(LIBRARIES);
        // The verifier looks at exceptions that are caught and interfaces that are asked for.
        assertThat(loaded.lines().filter(line -> line.contains("com.github.dockerjava")))
                .hasSizeLessThan(10)
                .allMatch(line -> line.contains("com.github.dockerjava.api."));
    }

    @Test
    void missingSocketIsToldWithoutLoadingThem() {
        assertThat(run("checked")).contains("was told").doesNotContain(LIBRARIES);
    }

    private static String run(String how) {
        List<String> command =
                List.of(
                        Path.of(System.getProperty("java.home"), "bin/java").toString(),
                        "-Xlog:class+load:stdout",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Wiring.class.getName(),
                        how);
        return new String(TestEngines.run(command, null), StandardCharsets.UTF_8);
    }

    /// What a relay does at its start.
    static final class Wiring {
        public static void main(String[] args) {
            Map<String, String> nowhere = Map.of("DOCKER_HOST", "unix:///nowhere/docker.sock");
            HomeMark mark = HomeMark.of(Path.of("."));
            try (var podman = DockerSlotRuntime.on(Engine.at(RuntimeName.PODMAN, none()), mark);
                    var docker =
                            DockerSlotRuntime.on(Engine.of(RuntimeName.DOCKER, nowhere), mark)) {
                if (args[0].equals("checked")) {
                    podman.check();
                } else if (docker.name() != RuntimeName.DOCKER) {
                    throw new AssertionError("not Docker");
                }
            } catch (SlotException e) {
                System.out.println("was told: " + e.message());
            }
        }

        private static URI none() {
            return URI.create("unix:///nowhere/podman.sock");
        }
    }
}
