package hal0.slots.hardware;

import static java.nio.charset.StandardCharsets.UTF_8;

import hal0.home.IoReason;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/// A vendor's program that is asked for what it knows.
///
/// **Shape** it is found by a `PATH` and run without a shell; one that takes too long is ended with
/// everything that it started. **Threads** any; blocks for `limit` at most.
record Tool(String name, String path, Duration limit) {
    private static final int MOST_OUTPUT = 4 * 1024 * 1024;

    /// What came of asking.
    sealed interface Outcome {
        /// It is not installed.
        record Missing() implements Outcome {}

        /// It could not tell; `why` is for people.
        record Failed(String why) implements Outcome {}

        record Said(String text) implements Outcome {}
    }

    Outcome ask(String... arguments) {
        Path program = find();
        if (program == null) {
            return new Outcome.Missing();
        }
        List<String> command = new ArrayList<>(List.of(program.toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().put("LC_ALL", "C");
        builder.redirectInput(new File("/dev/null"));
        try {
            return outcome(builder.start());
        } catch (IOException e) {
            return new Outcome.Failed("%s cannot be run: %s".formatted(name, IoReason.of(e)));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Outcome.Failed(name + " was not waited for");
        }
    }

    private @Nullable Path find() {
        for (String folder : path.split(File.pathSeparator, -1)) {
            try {
                Path program = Path.of(folder.isEmpty() ? "." : folder, name);
                if (Files.isExecutable(program) && !Files.isDirectory(program)) {
                    return program.toAbsolutePath();
                }
            } catch (InvalidPathException e) {
                // What is no folder holds no program: the next may.
            }
        }
        return null;
    }

    private Outcome outcome(Process process) throws InterruptedException {
        try {
            FutureTask<String> out = reading(process.getInputStream());
            FutureTask<String> err = reading(process.getErrorStream());
            if (!process.waitFor(limit)) {
                return tooSlow();
            }
            // What it leaves running may hold its output open for ever.
            String said = out.get(limit.toMillis(), TimeUnit.MILLISECONDS);
            String complained = err.get(limit.toMillis(), TimeUnit.MILLISECONDS);
            return process.exitValue() == 0
                    ? new Outcome.Said(said)
                    : new Outcome.Failed(
                            "%s failed (exit code %d)%s"
                                    .formatted(
                                            name, process.exitValue(), reason(complained, said)));
        } catch (TimeoutException e) {
            return tooSlow();
        } catch (ExecutionException e) {
            return new Outcome.Failed("what %s said cannot be read".formatted(name));
        } finally {
            end(process);
        }
    }

    private Outcome tooSlow() {
        return new Outcome.Failed(
                "%s did not answer within %d ms".formatted(name, limit.toMillis()));
    }

    private static void end(Process process) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }

    private static FutureTask<String> reading(InputStream stream) {
        FutureTask<String> task =
                new FutureTask<>(() -> new String(stream.readNBytes(MOST_OUTPUT), UTF_8));
        Thread.ofVirtual().name("hardware-tool").start(task);
        return task;
    }

    /// The first line of its complaint, or of its output, where some tools complain.
    private static String reason(String err, String out) {
        String text = err.isBlank() ? out : err;
        return text.lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .findFirst()
                .map(line -> ": " + line)
                .orElse("");
    }
}
