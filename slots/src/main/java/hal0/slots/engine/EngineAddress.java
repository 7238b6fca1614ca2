package hal0.slots.engine;

import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A place where an engine may listen, and who names it.
///
/// **Shape** `uri` has scheme `unix` or `tcp`; `origin` is a variable, empty for a customary place.
/// **Source** the customary places are those of `dockerd --host`
/// (https://docs.docker.com/reference/cli/dockerd/, read 2026-11-21) and of `podman system service`
/// (https://docs.podman.io/en/v4.3/markdown/podman-system-service.1.html, read 2026-11-21).
public record EngineAddress(String origin, URI uri) {

    /// Where a Docker engine is looked for, in that order.
    static List<EngineAddress> forDocker(Map<String, String> environment) {
        List<EngineAddress> found = new ArrayList<>();
        variable("DOCKER_HOST", environment).ifPresent(found::add);
        found.add(socket("/var/run/docker.sock"));
        inRuntimeFolder("docker.sock", environment).ifPresent(found::add);
        return found;
    }

    /// Where a Podman engine is looked for, in that order. A package gives Podman Docker's place
    /// too, for programs that know no other.
    static List<EngineAddress> forPodman(Map<String, String> environment) {
        List<EngineAddress> found = new ArrayList<>();
        variable("DOCKER_HOST", environment).ifPresent(found::add);
        variable("CONTAINER_HOST", environment).ifPresent(found::add);
        inRuntimeFolder("podman/podman.sock", environment).ifPresent(found::add);
        found.add(socket("/run/podman/podman.sock"));
        found.add(socket("/var/run/docker.sock"));
        return found;
    }

    /// The socket's file, null for a port.
    @Nullable Path file() {
        String path = uri.getPath();
        return "unix".equals(uri.getScheme()) && path != null ? Path.of(path) : null;
    }

    @Override
    public String toString() {
        Path file = file();
        String place = file == null ? uri.toString() : file.toString();
        return origin.isEmpty() ? place : origin + "=" + uri;
    }

    private static EngineAddress socket(String path) {
        return new EngineAddress("", URI.create("unix://" + path));
    }

    private static Optional<EngineAddress> inRuntimeFolder(
            String name, Map<String, String> environment) {
        return value("XDG_RUNTIME_DIR", environment).map(folder -> socket(folder + "/" + name));
    }

    private static Optional<EngineAddress> variable(String name, Map<String, String> environment) {
        return value(name, environment).map(text -> new EngineAddress(name, parse(text)));
    }

    private static Optional<String> value(String name, Map<String, String> environment) {
        return Optional.ofNullable(environment.get(name)).filter(text -> !text.isBlank());
    }

    /// What cannot be one becomes an address that nothing listens at, and is told as it was
    /// written.
    private static URI parse(String text) {
        try {
            return URI.create(text.strip());
        } catch (IllegalArgumentException e) {
            return URI.create("unreadable:address");
        }
    }
}
