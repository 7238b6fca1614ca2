package hal0.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.pty4j.PtyProcess;
import com.pty4j.PtyProcessBuilder;
import com.pty4j.WinSize;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;

/// The real program in a real pseudo-terminal, and what that terminal shows.
///
/// **Threads** any; closing ends the program if it still runs.
final class PtyProgram implements AutoCloseable {
    private static final long PATIENCE_SECONDS = 30;

    private final PtyProcess process;
    private final EmulatedScreen screen;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private boolean ended;
    private Predicate<String> awaited;
    private String met;

    private PtyProgram(PtyProcess process, EmulatedScreen screen) {
        this.process = process;
        this.screen = screen;
    }

    /// Starts in 80 columns and 24 rows.
    static PtyProgram start(Hal0Process.Setup setup, String... arguments) throws IOException {
        return started(setup, Hal0Process.command(arguments));
    }

    /// The same with its standard output in a pipe, whose end shows it.
    static PtyProgram startPiped(Hal0Process.Setup setup, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of("/bin/sh", "-c", "\"$@\" | cat", "sh"));
        command.addAll(Hal0Process.command(arguments));
        return started(setup, command);
    }

    /// Runs a script of the shell's in which `"$@"` is the program, so that it can be seen what the
    /// program leaves behind.
    static PtyProgram startIn(String script, Hal0Process.Setup setup, List<String> program)
            throws IOException {
        List<String> command = new ArrayList<>(List.of("/bin/sh", "-c", script, "sh"));
        command.addAll(program);
        return started(setup, command);
    }

    private static PtyProgram started(Hal0Process.Setup setup, List<String> command)
            throws IOException {
        Map<String, String> environment = new TreeMap<>(setup.environment());
        environment.putIfAbsent("TERM", "xterm-256color");
        PtyProcess process =
                new PtyProcessBuilder(command.toArray(new String[0]))
                        .setEnvironment(environment)
                        .setDirectory(environment.get("HAL0_HOME"))
                        .setInitialColumns(80)
                        .setInitialRows(24)
                        .start();
        PtyProgram program = new PtyProgram(process, new EmulatedScreen(80, 24));
        Thread.ofPlatform().name("pty-reader").daemon().start(program::read);
        return program;
    }

    private void read() {
        char[] buffer = new char[8192];
        try (Reader reader = new InputStreamReader(process.getInputStream(), UTF_8)) {
            for (int n = reader.read(buffer); n >= 0; n = reader.read(buffer)) {
                shown(String.valueOf(buffer, 0, n));
            }
        } catch (IOException e) {
            // The terminal was closed under us: the program has ended.
        } finally {
            lock.lock();
            try {
                ended = true;
                changed.signalAll();
            } finally {
                lock.unlock();
            }
        }
    }

    /// Looks at what is awaited as it is drawn: what is there for a moment only is not missed by a
    /// thread that wakes up late.
    private void notice() {
        if (awaited != null && met == null) {
            String now = screen.text();
            if (awaited.test(now)) {
                met = now;
            }
        }
    }

    private void shown(String text) {
        lock.lock();
        try {
            screen.write(text);
            notice();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    void type(String text) throws IOException {
        process.getOutputStream().write(text.getBytes(UTF_8));
        process.getOutputStream().flush();
    }

    void resize(int columns, int rows) {
        process.setWinSize(new WinSize(columns, rows));
    }

    /// Waits until the screen holds all of these.
    String await(String... expected) throws InterruptedException {
        return await(
                text -> {
                    for (String one : expected) {
                        if (!text.contains(one)) {
                            return false;
                        }
                    }
                    return true;
                },
                String.join(", ", expected));
    }

    /// Waits until the screen holds it no more.
    void awaitGone(String text) throws InterruptedException {
        await(shown -> !shown.contains(text), "no " + text);
    }

    /// Waits until no modes but these are on.
    void awaitModes(String... expected) throws InterruptedException {
        await(
                _ -> screen.modes().equals(Set.of(expected)),
                "the modes " + String.join(", ", expected));
    }

    /// The Java process below a shell that the program was started by.
    long javaPid() {
        return ProcessHandle.of(process.pid()).stream()
                .flatMap(ProcessHandle::descendants)
                .filter(each -> each.info().command().orElse("").endsWith("java"))
                .findFirst()
                .orElseThrow()
                .pid();
    }

    private String await(Predicate<String> condition, String expected) throws InterruptedException {
        long left = TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        lock.lock();
        try {
            awaited = condition;
            met = null;
            notice();
            while (met == null) {
                if (ended || left <= 0) {
                    throw new AssertionError(
                            "waited for %s; the program %s and the screen holds%n%s"
                                    .formatted(expected, ended ? "ended" : "runs", screen.text()));
                }
                left = changed.awaitNanos(left);
            }
            return met;
        } finally {
            awaited = null;
            lock.unlock();
        }
    }

    String text() {
        lock.lock();
        try {
            return screen.text();
        } finally {
            lock.unlock();
        }
    }

    Set<String> modes() {
        lock.lock();
        try {
            return screen.modes();
        } finally {
            lock.unlock();
        }
    }

    long pid() {
        return process.pid();
    }

    /// Waits for the end of the program and of its output; its exit code.
    int ended() throws InterruptedException {
        if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            throw new AssertionError("the program does not end:%n%s".formatted(text()));
        }
        long left = TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        lock.lock();
        try {
            while (!ended && left > 0) {
                left = changed.awaitNanos(left);
            }
        } finally {
            lock.unlock();
        }
        return process.exitValue();
    }

    @Override
    public void close() throws InterruptedException {
        process.destroyForcibly();
        if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            throw new AssertionError("process %d cannot be ended".formatted(process.pid()));
        }
    }
}
