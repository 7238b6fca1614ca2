package hal0.cli.launch;

import hal0.providers.http.CancelToken;
import hal0.tui.terminal.IgnoredInterrupts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// A tool that runs in this terminal in our place.
///
/// **Shape** it has our input, output and errors, and the keys that interrupt are its own; an end
/// that we are told of (TERM, HUP) is passed on, and we end after it.
final class ToolProcess {
    private ToolProcess() {}

    /// A folder of this run, for us alone.
    static Path folder() throws IOException {
        return Files.createTempDirectory(
                "hal0-launch-",
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    }

    static void remove(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }

    /// Runs it to its end, and returns what it ended with; asks it to end when `stop` is cancelled.
    static int run(Path executable, Wiring wiring, List<String> arguments, CancelToken stop)
            throws IOException, InterruptedException {
        for (Map.Entry<Path, String> file : wiring.files().entrySet()) {
            Files.createDirectories(file.getKey().getParent());
            Files.writeString(file.getKey(), file.getValue());
        }
        for (Map.Entry<Path, Path> link : wiring.links().entrySet()) {
            Files.createSymbolicLink(link.getKey(), link.getValue());
        }
        List<String> command = new ArrayList<>();
        command.add(executable.toString());
        command.addAll(wiring.arguments());
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command).inheritIO();
        Map<String, String> environment = builder.environment();
        wiring.unset().forEach(environment::remove);
        environment.putAll(wiring.set());
        askRelayDirectly(environment);
        try (IgnoredInterrupts _ = IgnoredInterrupts.now()) {
            Process process = builder.start();
            try (var _ = stop.onCancel(process::destroy)) {
                return process.waitFor();
            }
        }
    }

    /// A proxy for the rest of the world does not reach this machine.
    private static void askRelayDirectly(Map<String, String> environment) {
        for (String variable : List.of("NO_PROXY", "no_proxy")) {
            String others = environment.getOrDefault(variable, "");
            environment.put(
                    variable,
                    others.isEmpty() ? "127.0.0.1,localhost" : others + ",127.0.0.1,localhost");
        }
    }
}
