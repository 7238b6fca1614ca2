package hal0.agent.process;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// Starts programs, each at the head of a session of its own where the machine has `setsid`, and
/// ends them all when it is closed.
///
/// **Threads** any. Programs are started by one thread that lives as long as this does: one that is
/// to die with its parent (prctl(2), `PR_SET_PDEATHSIG`) dies with the thread that started it.
public final class Starter implements AutoCloseable {
    private static final String MARK = "HAL0_SHELL";
    private static final Duration GRACE = Duration.ofMillis(300);

    private final Map<String, String> environment;
    private final String id = UUID.randomUUID().toString();
    private final AtomicLong count = new AtomicLong();
    private final ExecutorService thread =
            Executors.newSingleThreadExecutor(
                    Thread.ofPlatform().daemon().name("shell-start").factory());
    private @Nullable Path pipes;
    private @Nullable Guard guard;

    /// `environment` is what the programs see, as [ChildEnvironment] makes it.
    public Starter(Map<String, String> environment) {
        this.environment = Map.copyOf(environment);
    }

    public Map<String, String> environment() {
        return environment;
    }

    /// **Errors** [IOException] when it cannot be started; then nothing of it is left.
    public Running start(Launch launch) throws IOException {
        try {
            return thread.submit(() -> started(launch)).get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException io) {
                throw io;
            }
            throw new IOException(String.valueOf(e.getCause()), e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    private Running started(Launch launch) throws IOException {
        Path folder = readied();
        String mark = shared() + count.incrementAndGet() + ".";
        try (OutputPipe.Named out = OutputPipe.Named.in(folder);
                OutputPipe.Named err = launch.merged() ? out : OutputPipe.Named.in(folder)) {
            ProcessBuilder builder = builder(launch, mark);
            builder.redirectOutput(out.name().toFile());
            if (!launch.merged()) {
                builder.redirectError(err.name().toFile());
            }
            Path input = input(launch, folder);
            Process process;
            try {
                builder.redirectInput(input == null ? new File("/dev/null") : input.toFile());
                process = builder.start();
            } finally {
                if (input != null) {
                    Files.deleteIfExists(input);
                }
            }
            ProcessTree tree = ProcessTree.of(process.toHandle(), mark, !before().isEmpty());
            OutputPipe output = out.reader();
            return new Running(process, tree, output, launch.merged() ? output : err.reader());
        }
    }

    private ProcessBuilder builder(Launch launch, String mark) {
        List<String> command = new ArrayList<>(before());
        command.addAll(launch.command());
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.directory(launch.folder().toFile());
        builder.redirectErrorStream(launch.merged());
        builder.environment().clear();
        builder.environment().putAll(environment);
        builder.environment().put(MARK, mark.substring(mark.indexOf('=') + 1));
        return builder;
    }

    /// A file, so that a program that does not read it holds up nobody.
    private static @Nullable Path input(Launch launch, Path folder) throws IOException {
        if (launch.input().length == 0) {
            return null;
        }
        return Files.write(Files.createTempFile(folder, "input", ""), launch.input());
    }

    private Path readied() throws IOException {
        if (guard == null) {
            guard = Guard.over(shared(), before(), environment);
        }
        if (pipes == null) {
            pipes = Files.createTempDirectory("hal0-shell-");
        }
        return pipes;
    }

    private String shared() {
        return MARK + "=" + id + ".";
    }

    private List<String> before() {
        return Programs.find("setsid", environment)
                .map(p -> List.of(p.toString()))
                .orElse(List.of());
    }

    /// Ends all that was started, also what has gone into the background.
    @Override
    public void close() {
        thread.shutdown();
        ProcessTree.marked(shared()).end(GRACE);
        if (guard != null) {
            guard.close();
        }
        try {
            if (pipes != null) {
                Files.deleteIfExists(pipes);
            }
        } catch (IOException _) {
            // An empty folder of ours in the system's temporary folder does no harm.
        }
    }
}
