package hal0.agent.shell;

import com.fasterxml.jackson.databind.node.ObjectNode;
import hal0.agent.permission.Deed;
import hal0.agent.tool.AgentTool;
import hal0.agent.tool.Arguments;
import hal0.agent.tool.PlannedCall;
import hal0.agent.tool.ToolException;
import hal0.agent.tool.ToolOutcome;
import hal0.agent.tool.ToolRun;
import hal0.agent.tool.ToolText;
import hal0.providers.message.Tool;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// `shell`: runs a command line, waits for it, or lets it run in the background.
final class ShellTool implements AgentTool {
    private static final int USUAL_S = 120;
    private static final int MOST_S = 600;
    private static final int TITLE = 300;

    /// A word of an argument list is at most 128 KiB long. **Source** execve(2), MAX_ARG_STRLEN.
    private static final int LONGEST = 100_000;

    /// So long a background command is watched, to tell of one that fails at once.
    private static final Duration FIRST_LOOK = Duration.ofMillis(500);

    private final Tool definition;
    private final Jobs jobs;

    /// `more` is a sentence that belongs to what the model is told, or empty.
    ShellTool(Jobs jobs, String more) {
        this.jobs = jobs;
        Tool told = ToolText.of(ShellTool.class, "shell");
        this.definition =
                new Tool(told.name(), (told.description() + " " + more).strip(), told.schema());
    }

    @Override
    public Tool definition() {
        return definition;
    }

    @Override
    public boolean writes() {
        return true;
    }

    @Override
    public PlannedCall plan(ObjectNode arguments) {
        Arguments given = Arguments.of(arguments, "command", "timeout_seconds", "background");
        String command = given.text("command");
        if (command.isBlank()) {
            throw new ToolException("\"command\" is empty; say what to run");
        }
        if (command.indexOf('\0') >= 0) {
            throw new ToolException("\"command\" holds a NUL character; leave it out");
        }
        if (command.length() > LONGEST) {
            throw new ToolException(
                    "\"command\" is longer than %d characters; write a script and run that"
                            .formatted(LONGEST));
        }
        Duration patience = Duration.ofSeconds(given.number("timeout_seconds", USUAL_S, 1, MOST_S));
        return new Planned(command, patience, given.flag("background"));
    }

    private final class Planned implements PlannedCall {
        private final String command;
        private final Duration patience;
        private final boolean background;

        Planned(String command, Duration patience, boolean background) {
            this.command = command;
            this.patience = patience;
            this.background = background;
        }

        @Override
        public String title() {
            return (background ? "shell (background) " : "shell ")
                    + CommandLine.shown(command, TITLE);
        }

        @Override
        public @Nullable String preview() {
            boolean whole = command.length() < TITLE && command.strip().indexOf('\n') < 0;
            return whole ? null : command;
        }

        @Override
        public List<Deed> deeds() {
            return List.of(new Deed.Shell(command, jobs.runsBash()));
        }

        @Override
        public ToolOutcome run(ToolRun run) {
            Job job = jobs.start(command);
            try {
                return background ? inBackground(job, run) : toItsEnd(job, run);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new ToolException("interrupted", e);
            }
        }

        private ToolOutcome inBackground(Job job, ToolRun run) throws InterruptedException {
            var _ = job.await(FIRST_LOOK, run.cancel(), run.output());
            return Report.now(job);
        }

        private ToolOutcome toItsEnd(Job job, ToolRun run) throws InterruptedException {
            Job.Outcome outcome = job.await(patience, run.cancel(), run.output());
            boolean gone =
                    switch (outcome) {
                        case ENDED, LEFT_RUNNING -> true;
                        case TIMED_OUT, CANCELLED -> job.end();
                    };
            ToolOutcome told = Report.of(job, outcome, patience, gone);
            if (outcome != Job.Outcome.LEFT_RUNNING) {
                jobs.forget(job);
            }
            return told;
        }
    }
}
