package hal0.slots.process;

import hal0.providers.http.CancelToken;
import hal0.slots.definition.Launch;
import hal0.slots.error.SlotException;
import hal0.slots.error.SlotProblem;
import hal0.slots.process.ProcessTable.Entry;
import hal0.slots.runtime.HomeMark;
import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

/// Brings one process up: found, given its limits, and waited for until it really is the program.
///
/// **Shape** `setsid [prlimit …] PROGRAM ARGUMENTS`: both replace themselves by the next, so that
/// the number stays, and no shell reads a word of it. Memory is limited by RLIMIT_DATA, which does
/// not count a model file that is mapped; the number of processors is not limited. **Source**
/// setsid(1), prlimit(1) of util-linux; getrlimit(2) of man-pages 6.9.
final class ProcessStart {
    private static final System.Logger LOG = System.getLogger(ProcessStart.class.getName());
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration LOOK = Duration.ofMillis(5);

    /// What `setsid` and `prlimit` say when the next program cannot be started.
    private static final int NOT_STARTED = 126;

    private static final int NOT_FOUND = 127;

    private final ProcessTable table;
    private final HomeMark home;
    private final Map<String, String> environment;

    ProcessStart(ProcessTable table, HomeMark home, Map<String, String> environment) {
        this.table = table;
        this.home = home;
        this.environment = Map.copyOf(environment);
    }

    record Started(ProcessRecord record, Process process) {}

    /// **Errors** `RUNTIME_UNAVAILABLE` where it is missing.
    Path setsid() {
        return tool("setsid")
                .orElseThrow(() ->
                        SlotException.of(
                                SlotProblem.RUNTIME_UNAVAILABLE,
                                "the process runtime needs setsid (package util-linux),"
                                        + " which is not on PATH: "
                                        + path()));
    }

    private Optional<Path> tool(String name) {
        return Programs.find(name, path());
    }

    private String path() {
        return environment.getOrDefault("PATH", "");
    }

    Path program(Launch launch) {
        List<String> argv = launch.argv();
        if (argv.isEmpty()) {
            throw SlotException.of(
                    SlotProblem.CONFIG_ERROR,
                    "slot %s: [slot] command is empty: a process needs a program, such as"
                                    .formatted(launch.slot())
                            + " command = [\"llama-server\", …]");
        }
        String path = launch.env().getOrDefault("PATH", path());
        return Programs.of(launch.slot(), argv.getFirst(), path);
    }

    boolean isThere(Launch launch) {
        try {
            program(launch);
            return true;
        } catch (SlotException _) {
            return false; // who starts it all the same is told why
        }
    }

    /// What is known of it is in `file` when this returns. A start that fails leaves nothing.
    Started start(Launch launch, SlotLog log, Path file, CancelToken cancel) throws IOException {
        String id = UUID.randomUUID().toString();
        Map<String, String> marks = Marks.of(launch, home, id);
        ProcessBuilder builder = new ProcessBuilder(command(launch));
        builder.directory(Objects.requireNonNull(log.file().getParent()).toFile());
        builder.environment().clear();
        builder.environment().putAll(ChildEnvironment.of(environment, launch, marks));
        builder.redirectInput(new File("/dev/null"));
        builder.redirectErrorStream(true);
        builder.redirectOutput(Redirect.appendTo(log.file().toFile()));
        Process process = builder.start();
        try (var _ = cancel.onCancel(process::destroyForcibly)) {
            Entry entry = awaitProgram(launch, process, log, cancel);
            ProcessRecord record = ProcessRecord.of(table, entry, marks);
            record.write(file);
            return new Started(record, process);
        } catch (SlotException | IOException e) {
            end(process, marks);
            throw e;
        }
    }

    private static SlotException cancelled(Launch launch, String why) {
        return SlotException.of(
                SlotProblem.CANCELLED,
                "slot %s: its start was cancelled: %s".formatted(launch.slot(), why));
    }

    /// With whatever it has started by then.
    private void end(Process process, Map<String, String> marks) {
        process.destroyForcibly();
        Entry gone = new Entry(process.pid(), 0, 0, 0, 'X');
        new ProcessTree(table, ProcessRecord.of(table, gone, marks)).end(Duration.ZERO);
    }

    private List<String> command(Launch launch) {
        List<String> command = new ArrayList<>();
        command.add(setsid().toString());
        if (launch.memoryMb() > 0) {
            Optional<Path> prlimit = tool("prlimit");
            if (prlimit.isPresent()) {
                command.add(prlimit.get().toString());
                command.add("--data=" + (launch.memoryMb() << 20));
            } else {
                warn(launch.slot(), "memory_mb is not enforced: prlimit is not on PATH");
            }
        }
        if (launch.cpus() > 0) {
            warn(launch.slot(), "cpus is not enforced for a process");
        }
        command.add(program(launch).toString());
        command.addAll(launch.argv().subList(1, launch.argv().size()));
        return command;
    }

    private static void warn(String slot, String what) {
        LOG.log(Level.WARNING, "slot {0}: {1}", slot, what);
    }

    /// Until it leads its session and is no longer one of the programs before it.
    private Entry awaitProgram(Launch launch, Process process, SlotLog log, CancelToken cancel)
            throws IOException {
        List<Path> before = new ArrayList<>();
        before.add(setsid().toRealPath());
        for (Path tool : tool("prlimit").stream().toList()) {
            before.add(tool.toRealPath());
        }
        long until = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() - until < 0) {
            if (cancel.isCancelled()) {
                throw cancelled(launch, String.valueOf(cancel.reason()));
            }
            Optional<Entry> entry = alive(process);
            // Of a program that may not be looked into it is enough that it lives.
            Path program = table.program(process.pid());
            if (entry.isEmpty() || (program == null && alive(process).isEmpty())) {
                throw endedAtOnce(launch, process, log);
            }
            if (entry.get().session() == process.pid() && !before.contains(program)) {
                return entry.get();
            }
            if (!pause(process, LOOK)) {
                throw cancelled(launch, "interrupted");
            }
        }
        throw SlotException.of(
                SlotProblem.LOAD_FAILED,
                "slot %s: %s did not start within %d s"
                        .formatted(launch.slot(), launch.argv().getFirst(), PATIENCE.toSeconds()));
    }

    private Optional<Entry> alive(Process process) {
        return table.find(process.pid()).filter(Entry::isAlive);
    }

    /// False when interrupted.
    private static boolean pause(Process process, Duration longest) {
        try {
            process.waitFor(longest);
            return true;
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private SlotException endedAtOnce(Launch launch, Process process, SlotLog log)
            throws IOException {
        Integer code = pause(process, PATIENCE) && !process.isAlive() ? process.exitValue() : null;
        boolean startable = !Objects.equals(code, NOT_STARTED) && !Objects.equals(code, NOT_FOUND);
        return SlotException.of(
                startable ? SlotProblem.LOAD_FAILED : SlotProblem.CONFIG_ERROR,
                "slot %s: %s did not start: %s"
                        .formatted(
                                launch.slot(),
                                launch.argv().getFirst(),
                                Ending.of(code, false, log.lastWords())));
    }
}
