package hal0.agent.permission;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// A bash whose programs do nothing but write down how they were called, except those that run
/// others. **Threads** one.
final class RecordingShell {
    private static final Path BASH = Path.of("/bin/bash");
    private static final List<String> STUBS =
            List.of("git", "rm", "evil", "curl", "ls", "cat", "touch", "make", "sudo", "python3");
    private static final List<String> REAL =
            List.of(
                    "env", "timeout", "nice", "nohup", "stdbuf", "xargs", "setsid", "bash", "sh",
                    "time", "find", "sleep");

    private final Path workspace;
    private final Path programs;
    private final Path calls;

    private RecordingShell(Path workspace, Path programs, Path calls) {
        this.workspace = workspace;
        this.programs = programs;
        this.calls = calls;
    }

    static boolean isThere() {
        return Files.isExecutable(BASH);
    }

    static RecordingShell in(Path folder) throws IOException {
        Path programs = Files.createDirectories(folder.resolve("programs"));
        Path workspace = Files.createDirectories(folder.resolve("workspace"));
        Path calls = folder.resolve("calls");
        String stub =
                "#!/bin/bash\nline=${0##*/}\nfor word in \"$@\"; do line+=\" $word\"; done\n"
                        + "printf '%s\\0' \"$line\" >> \"$CALLS\"\n";
        for (String name : STUBS) {
            Path file = Files.writeString(programs.resolve(name), stub);
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
        for (String name : REAL) {
            Path real =
                    Stream.of("/usr/bin/" + name, "/bin/" + name)
                            .map(Path::of)
                            .filter(Files::isExecutable)
                            .findFirst()
                            .orElse(null);
            if (real != null) {
                // A link out of the folder would be followed when the folder is deleted.
                Path file = programs.resolve(name);
                Files.writeString(file, "#!/bin/bash\nexec -a " + name + " " + real + " \"$@\"\n");
                Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
            }
        }
        return new RecordingShell(workspace, programs, calls);
    }

    Path workspace() {
        return workspace;
    }

    /// Whether bash would read this line at all.
    boolean isValid(String line) throws IOException, InterruptedException {
        return start(List.of(BASH.toString(), "-n", "-c", line)) == 0;
    }

    /// The calls of programs, and files that were made.
    List<String> run(String line) throws IOException, InterruptedException {
        Files.deleteIfExists(calls);
        start(List.of(BASH.toString(), "-c", line));
        List<String> ran = new ArrayList<>();
        if (Files.exists(calls)) {
            for (String call : Files.readString(calls, UTF_8).split("\0")) {
                ran.add(call);
            }
        }
        try (Stream<Path> made = Files.list(workspace)) {
            for (Path file : made.toList()) {
                ran.add("made " + file.getFileName());
                Files.delete(file);
            }
        }
        return ran;
    }

    private int start(List<String> command) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(command).directory(workspace.toFile());
        builder.environment().clear();
        builder.environment()
                .putAll(
                        Map.of(
                                "PATH", programs.toString(),
                                "CALLS", calls.toString(),
                                "HOME", workspace.toString(),
                                "LC_ALL", "C.UTF-8"));
        builder.redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()));
        builder.redirectOutput(ProcessBuilder.Redirect.DISCARD);
        builder.redirectError(ProcessBuilder.Redirect.DISCARD);
        Process process = builder.start();
        if (!process.waitFor(20, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new IllegalStateException("does not end: " + command);
        }
        return process.exitValue();
    }
}
