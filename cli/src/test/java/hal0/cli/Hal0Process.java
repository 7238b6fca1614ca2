package hal0.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// The real program as a child process, with a home of its own and nothing of the caller's
/// environment that could decide a test.
///
/// **Threads** any; closing ends the process if it still runs.
final class Hal0Process implements AutoCloseable {
    private static final long PATIENCE_SECONDS = 60;

    private final Process process;
    private final Output out;
    private final Output err;

    private Hal0Process(Process process) {
        this.process = process;
        this.out = Output.reading(process.getInputStream(), "standard output");
        this.err = Output.reading(process.getErrorStream(), "standard error");
    }

    /// How a process ended and what it said.
    record Ended(int exit, String out, String err) {}

    /// What a process gets.
    static final class Setup {
        private final Path home;
        private final Map<String, String> environment = new TreeMap<>();
        private byte[] input = {};
        private boolean keepsInput;
        private @Nullable Path output;
        private @Nullable Path folder;

        Setup(Path home) {
            this.home = home;
        }

        Setup set(String variable, Object value) {
            environment.put(variable, String.valueOf(value));
            return this;
        }

        Setup input(String text) {
            input = text.getBytes(UTF_8);
            return this;
        }

        /// Standard input that does not end.
        Setup openInput() {
            keepsInput = true;
            return this;
        }

        /// Standard output goes there, and is not captured.
        Setup outputTo(Path file) {
            output = file;
            return this;
        }

        /// Works in that folder, not in the one of the tests.
        Setup at(Path workspace) {
            folder = workspace;
            return this;
        }

        Hal0Process start(String... arguments) throws IOException {
            ProcessBuilder builder = new ProcessBuilder(command(arguments));
            if (folder != null) {
                builder.directory(folder.toFile());
            }
            builder.environment().clear();
            builder.environment().putAll(environment());
            if (output != null) {
                builder.redirectOutput(output.toFile());
            }
            Process process = builder.start();
            Hal0Process started = new Hal0Process(process);
            if (!keepsInput) {
                started.feed(input);
            }
            return started;
        }

        /// Runs to the end.
        Ended run(String... arguments) throws IOException, InterruptedException {
            try (Hal0Process process = start(arguments)) {
                return process.ended();
            }
        }

        Map<String, String> environment() {
            Map<String, String> all = new TreeMap<>();
            all.put("HAL0_HOME", home.toString());
            all.put("HOME", home.toString());
            all.put("PATH", System.getenv("PATH"));
            all.put("LC_ALL", "C.UTF-8");
            all.putAll(environment);
            return all;
        }
    }

    static Setup in(Path home) {
        return new Setup(home);
    }

    /// As `scripts/hal0` starts it, from the classes under test.
    static List<String> command(String... arguments) throws IOException {
        List<String> command = new ArrayList<>();
        if (isInterruptIgnored()) {
            command.addAll(List.of("env", "--default-signal=INT"));
        }
        command.addAll(ProgramUnderTest.get().java());
        command.add("hal0.cli.Main");
        command.addAll(List.of(arguments));
        return command;
    }

    /// A build that was started in the background by a shell ignores Ctrl-C, and children inherit
    /// that.
    private static boolean isInterruptIgnored() throws IOException {
        Path status = Path.of("/proc/self/status");
        if (!Files.exists(status)) {
            return false;
        }
        return Files.readAllLines(status).stream()
                .filter(line -> line.startsWith("SigIgn:"))
                .anyMatch(line -> (Long.parseUnsignedLong(line.substring(7).strip(), 16) & 2) != 0);
    }

    private void feed(byte[] input) throws IOException {
        try (OutputStream in = process.getOutputStream()) {
            in.write(input);
        } catch (IOException e) {
            if (process.isAlive()) {
                throw e;
            }
            // It ended without reading, as `--help` does.
        }
    }

    Output out() {
        return out;
    }

    Output err() {
        return err;
    }

    long pid() {
        return process.pid();
    }

    boolean isRunning() {
        return process.isAlive();
    }

    /// Waits for the end.
    Ended ended() throws InterruptedException {
        if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            throw new AssertionError(
                    "the process does not end; it said%n%s%n%s".formatted(out.text(), err.text()));
        }
        return new Ended(process.exitValue(), out.whole(), err.whole());
    }

    /// Sends `INT`, `TERM`, `HUP` or `KILL`.
    void signal(String name) throws IOException, InterruptedException {
        Signal.send(process.pid(), name);
    }

    /// Closes our end of its standard output, as `| head -1` does after the first line.
    void stopReading() throws IOException {
        process.getInputStream().close();
    }

    /// Where `serve` listens, once it does.
    String relayAddress() throws InterruptedException {
        String said = err.awaitText("Anthropic ");
        return said.lines()
                .filter(line -> line.startsWith("hal0 relay at "))
                .findFirst()
                .orElseThrow()
                .substring("hal0 relay at ".length());
    }

    @Override
    public void close() throws InterruptedException {
        process.destroyForcibly();
        if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            throw new AssertionError("process %d cannot be ended".formatted(process.pid()));
        }
    }
}
