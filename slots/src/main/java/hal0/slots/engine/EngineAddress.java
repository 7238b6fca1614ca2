package hal0.slots.engine;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A place where an engine may listen, and who names it.
///
/// **Shape** `text` is as it was written; `origin` is a variable, empty for a customary place.
/// **Source** the customary places are those of `dockerd --host`
/// (https://docs.docker.com/reference/cli/dockerd/, read 2026-11-21) and of `podman system service`
/// (https://docs.podman.io/en/v4.3/markdown/podman-system-service.1.html, read 2026-11-21).
public record EngineAddress(String origin, String text) {

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

    /// What is to be connected to, null for what cannot be read or is of no use.
    @Nullable URI uri() {
        try {
            URI uri = new URI(text);
            String scheme = String.valueOf(uri.getScheme());
            return scheme.equals("unix") || scheme.equals("tcp") ? uri : null;
        } catch (URISyntaxException e) {
            // Told to the user as an address that cannot be used, in the words it was written in.
            return null;
        }
    }

    /// The socket's file, null for a port.
    @Nullable Path file() {
        URI uri = uri();
        return uri != null && uri.getPath() != null && "unix".equals(uri.getScheme())
                ? Path.of(uri.getPath())
                : null;
    }

    /// Why there is no point in trying, null where there is. The file is looked at first because
    /// its absence and its permissions make the clearest reasons.
    @Nullable String obstacle() {
        if (uri() == null) {
            return "only unix:// and tcp:// can be used";
        }
        Path file = file();
        if (file == null) {
            return null;
        }
        if (!Files.exists(file)) {
            return mayLook(file) ? "missing" : "permission denied";
        }
        if (Files.isRegularFile(file) || Files.isDirectory(file)) {
            return "not a socket";
        }
        return Files.isWritable(file) ? null : "permission denied";
    }

    /// Whether the file's absence can be believed: in a folder that is closed to us all look
    /// missing.
    private static boolean mayLook(Path file) {
        try {
            Path folder = file.getParent();
            return folder == null
                    || !Files.exists(folder)
                    || Files.isExecutable(folder.toRealPath());
        } catch (IOException e) {
            return false;
        }
    }

    @Override
    public String toString() {
        Path file = file();
        String place = file == null ? text : file.toString();
        return origin.isEmpty() ? place : origin + "=" + text;
    }

    private static EngineAddress socket(String path) {
        return new EngineAddress("", "unix://" + path);
    }

    private static Optional<EngineAddress> inRuntimeFolder(
            String name, Map<String, String> environment) {
        return value("XDG_RUNTIME_DIR", environment).map(folder -> socket(folder + "/" + name));
    }

    private static Optional<EngineAddress> variable(String name, Map<String, String> environment) {
        return value(name, environment).map(text -> new EngineAddress(name, text.strip()));
    }

    private static Optional<String> value(String name, Map<String, String> environment) {
        return Optional.ofNullable(environment.get(name)).filter(text -> !text.isBlank());
    }
}
