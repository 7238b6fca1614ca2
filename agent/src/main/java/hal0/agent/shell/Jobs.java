package hal0.agent.shell;

import hal0.agent.process.Launch;
import hal0.agent.process.Starter;
import hal0.agent.tool.ToolException;
import hal0.home.IoReason;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;

/// The commands that run, and the last of those that ran in the background.
///
/// **Threads** any.
final class Jobs {
    static final int MOST_RUNNING = 8;
    private static final int MOST_KNOWN = 24;
    private static final int SHOWN = 60;

    private final Starter starter;
    private final Sandbox sandbox;
    private final Path folder;
    private final KeptOutputs kept;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<Integer, Job> known = new TreeMap<>();
    private int last;

    Jobs(Starter starter, Sandbox sandbox, Path folder, KeptOutputs kept) {
        this.starter = starter;
        this.sandbox = sandbox;
        this.folder = folder;
        this.kept = kept;
    }

    /// **Errors** [ToolException] when it cannot be started, or too many run already.
    Job start(String line) {
        lock.lock();
        try {
            List<Job> running = known.values().stream().filter(Job::isRunning).toList();
            if (running.size() >= MOST_RUNNING) {
                throw new ToolException(
                        "%d commands are running already, which is the limit; end one with"
                                        .formatted(MOST_RUNNING)
                                + " shell_kill: "
                                + listed(running));
            }
            List<String> command = Interpreter.command(line, starter.environment());
            Job job =
                    Job.of(
                            ++last,
                            line,
                            starter.start(Launch.of(sandbox.around(command), folder)),
                            kept);
            known.put(job.number(), job);
            forgetOldest();
            return job;
        } catch (IOException e) {
            throw new ToolException("the command could not be started: " + IoReason.of(e), e);
        } finally {
            lock.unlock();
        }
    }

    /// Whether it is bash that reads command lines here.
    boolean runsBash() {
        return Interpreter.isBash(starter.environment());
    }

    private void forgetOldest() {
        List<Job> over =
                new ArrayList<>(known.values().stream().filter(job -> !job.isRunning()).toList());
        while (known.size() > MOST_KNOWN && !over.isEmpty()) {
            known.remove(over.removeFirst().number());
        }
    }

    /// What nobody can ask about any more.
    void forget(Job job) {
        lock.lock();
        try {
            known.remove(job.number());
        } finally {
            lock.unlock();
        }
    }

    /// **Errors** [ToolException] naming the jobs that there are.
    Job get(int number) {
        lock.lock();
        try {
            Job job = known.get(number);
            if (job == null) {
                throw new ToolException(
                        "there is no job %d; %s"
                                .formatted(
                                        number,
                                        known.isEmpty()
                                                ? "there are no jobs"
                                                : "the jobs are: " + listed(known.values())));
            }
            return job;
        } finally {
            lock.unlock();
        }
    }

    private static String listed(Collection<Job> jobs) {
        return jobs.stream()
                .map(job ->
                        "%d `%s` (%s)"
                                .formatted(
                                        job.number(),
                                        CommandLine.shown(job.command(), SHOWN),
                                        job.isRunning() ? "running" : job.ended()))
                .collect(Collectors.joining(", "));
    }

    /// Those that run now.
    List<Job> running() {
        lock.lock();
        try {
            return known.values().stream().filter(Job::isRunning).toList();
        } finally {
            lock.unlock();
        }
    }
}
