package hal0.agent.shell;

import hal0.agent.process.Launch;
import hal0.agent.process.Programs;
import hal0.agent.process.Running;
import hal0.agent.process.Starter;
import hal0.agent.process.TerminalText;
import hal0.agent.tool.ToolException;
import hal0.agent.workspace.Workspace;
import hal0.home.IoReason;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// Commands inside `bwrap`: the workspace can be written, everything else only read, and there is
/// no network.
///
/// **Shape** `/tmp` and `/run` are empty, so that sockets of other programs (Docker, agents of
/// keys) cannot be reached; hidden folders are empty too; see [Mounts] for `.git`. Every call has
/// processes, a network and a `/tmp` of its own, so a server in the background cannot be reached by
/// a later call. **Threads** any. **Source** bwrap(1) of bubblewrap 0.8.0 (read 2026-11-21).
public final class Bubblewrap implements Sandbox {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final int MOST = 4096;

    /// Where keys of the user's are, and sockets of programs that do what they are asked outside: a
    /// socket can be connected to wherever it can be seen, also where nothing can be written.
    private static final List<String> OF_THE_USER =
            List.of(".ssh", ".gnupg", ".aws", ".kube", ".docker", ".colima", ".orbstack", ".rd");

    private static final String OFF = "or set sandbox = false under [agent]";

    private final Workspace workspace;
    private final Starter starter;
    private final List<Path> hidden;
    private final ReentrantLock lock = new ReentrantLock();
    private boolean tried;
    private @Nullable String problem;

    /// `hidden` are files and folders that commands must not even read: hal0's home, above all.
    public Bubblewrap(Workspace workspace, Starter starter, List<Path> hidden) {
        this.workspace = workspace;
        this.starter = starter;
        List<Path> all = new ArrayList<>(hidden);
        String home = starter.environment().getOrDefault("HOME", "");
        if (!home.isEmpty()) {
            OF_THE_USER.forEach(name -> all.add(Path.of(home, name)));
        }
        this.hidden = List.copyOf(all);
    }

    @Override
    public String told() {
        return "It is sandboxed: no network, only the workspace can be written, and /tmp is empty"
                + " at each call.";
    }

    @Override
    public List<String> around(List<String> command) {
        problem()
                .ifPresent(why -> {
                    throw new ToolException("the command was not run: " + why);
                });
        return inside(program().orElseThrow(), command);
    }

    private Optional<Path> program() {
        return Programs.find("bwrap", starter.environment());
    }

    private List<String> inside(Path program, List<String> command) {
        List<String> all = new ArrayList<>();
        all.add(program.toString());
        all.addAll(Mounts.of(workspace.root(), hidden));
        all.addAll(
                List.of(
                        "--unshare-net",
                        "--unshare-pid",
                        "--unshare-ipc",
                        "--cap-drop",
                        "ALL",
                        "--die-with-parent",
                        "--new-session",
                        "--setenv",
                        "TMPDIR",
                        "/tmp",
                        "--chdir",
                        workspace.root().toString(),
                        "--"));
        all.addAll(command);
        return List.copyOf(all);
    }

    @Override
    public Optional<String> problem() {
        lock.lock();
        try {
            if (!tried) {
                problem = tryOut();
                tried = true;
            }
            return Optional.ofNullable(problem);
        } finally {
            lock.unlock();
        }
    }

    private @Nullable String tryOut() {
        Optional<Path> program = program();
        if (program.isEmpty()) {
            return "sandbox = true needs bwrap (Linux only), which is not on PATH: install the"
                    + " package bubblewrap, "
                    + OFF;
        }
        try {
            Running running =
                    starter.start(
                            Launch.of(inside(program.get(), List.of("true")), workspace.root()));
            if (!running.awaitExit(PATIENCE)) {
                running.end(Duration.ZERO);
                running.output().close();
                return unusable("it did not end within %d s".formatted(PATIENCE.toSeconds()));
            }
            String said = TerminalText.plain(running.output().readAll(MOST)).strip();
            running.output().close();
            return running.exitCode() == 0
                    ? null
                    : unusable(said.isEmpty() ? "it said nothing" : said);
        } catch (IOException e) {
            return unusable(IoReason.of(e));
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw new ToolException("interrupted");
        }
    }

    private static String unusable(String why) {
        return "sandbox = true, but bwrap cannot make a sandbox here: "
                + why
                + "; allow user namespaces (in a container --security-opt seccomp=unconfined, on"
                + " Ubuntu sysctl kernel.apparmor_restrict_unprivileged_userns=0), "
                + OFF;
    }
}
