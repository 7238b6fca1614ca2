package hal0.agent.permission;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// A bash whose programs do nothing but write down how they were called, except those that run
/// others.
///
/// **Shape** what calls itself, or starts others without end, is stopped: functions nest so deep
/// and no deeper, and the whole group of processes is killed when it takes too long. **Threads**
/// one.
final class RecordingShell {
    private static final Path BASH = Path.of("/bin/bash");
    private static final List<String> STUBS =
            List.of("git", "rm", "evil", "curl", "ls", "cat", "touch", "make", "sudo", "python3");
    private static final List<String> REAL =
            List.of(
                    "env", "timeout", "nice", "nohup", "stdbuf", "xargs", "setsid", "bash", "sh",
                    "time", "find", "sleep");

    /// What every bash reads first. So deep that each function may be called by another, and so
    /// flat that one which starts itself twice ends as a few dozen processes.
    private static final String LIMITS = "FUNCNEST=5\nulimit -t 10\n";

    /// Its own group of processes, which is killed with it.
    private static final List<String> BOUNDED = List.of("/usr/bin/timeout", "-s", "KILL", "30");

    private final Path folder;
    private final Path workspace;
    private final Path programs;
    private final Path limits;

    private RecordingShell(Path folder, Path workspace, Path programs, Path limits) {
        this.folder = folder;
        this.workspace = workspace;
        this.programs = programs;
        this.limits = limits;
    }

    static boolean isThere() {
        return Files.isExecutable(BASH) && Files.isExecutable(Path.of(BOUNDED.getFirst()));
    }

    static RecordingShell in(Path folder) throws IOException {
        Path programs = Files.createDirectories(folder.resolve("programs"));
        Path workspace = Files.createDirectories(folder.resolve("workspace"));
        Path limits = Files.writeString(folder.resolve("limits"), LIMITS);
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
                Files.writeString(
                        file,
                        "#!/bin/bash\nexport BASH_ENV='%s'\nexec -a %s %s \"$@\"\n"
                                .formatted(limits, name, real));
                Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
            }
        }
        return new RecordingShell(folder, workspace, programs, limits);
    }

    Path workspace() {
        return workspace;
    }

    /// Whether bash would read this line at all.
    boolean isValid(String line) throws IOException, InterruptedException {
        return start(folder.resolve("none"), List.of(BASH.toString(), "-n", "-c", line)) == 0;
    }

    /// The calls of programs, and files that were made.
    List<String> run(String line) throws IOException, InterruptedException {
        return run(List.of(BASH.toString()), line);
    }

    /// As another shell reads it. Only bash ends functions that call themselves.
    List<String> run(List<String> shell, String line) throws IOException, InterruptedException {
        Path calls = Files.createTempFile(folder, "calls", null);
        List<String> command = new ArrayList<>(shell);
        command.addAll(List.of("-c", line));
        start(calls, command);
        List<String> ran = new ArrayList<>();
        String written = Files.readString(calls, UTF_8);
        for (int at = 0; at < written.length(); at = written.indexOf('\0', at) + 1) {
            ran.add(written.substring(at, written.indexOf('\0', at)));
        }
        Files.delete(calls);
        try (Stream<Path> made = Files.list(workspace)) {
            for (Path file : made.toList()) {
                ran.add("made " + file.getFileName());
                Files.delete(file);
            }
        }
        return ran;
    }

    private int start(Path calls, List<String> command) throws IOException, InterruptedException {
        List<String> bounded = new ArrayList<>(BOUNDED);
        bounded.addAll(command);
        ProcessBuilder builder = new ProcessBuilder(bounded).directory(workspace.toFile());
        builder.environment().clear();
        builder.environment()
                .putAll(
                        Map.of(
                                "PATH", programs.toString(),
                                "CALLS", calls.toString(),
                                "HOME", workspace.toString(),
                                "BASH_ENV", limits.toString(),
                                "LC_ALL", "C.UTF-8"));
        builder.redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()));
        builder.redirectErrorStream(true);
        Process process = builder.start();
        // What runs in the background keeps this open, so that its calls are seen too.
        process.getInputStream().transferTo(OutputStream.nullOutputStream());
        return process.waitFor();
    }
}
