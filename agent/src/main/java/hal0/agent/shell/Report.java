package hal0.agent.shell;

import hal0.agent.tool.ToolOutcome;
import java.time.Duration;

/// What the model is told of a command.
final class Report {
    private Report() {}

    static ToolOutcome of(Job job, Job.Outcome outcome, Duration patience, boolean gone) {
        String output = job.takeUnread();
        String text =
                body(output)
                        + "["
                        + switch (outcome) {
                            case ENDED -> job.ended();
                            case LEFT_RUNNING ->
                                    job.ended()
                                            + "; what it started in the background goes on as job "
                                            + job.number();
                            case TIMED_OUT ->
                                    "timed out after %d s and was ended%s; give more timeout_seconds, or run it in the background"
                                            .formatted(patience.toSeconds(), survivors(gone));
                            case CANCELLED ->
                                    "the user interrupted it, so it was ended" + survivors(gone);
                        }
                        + "]";
        boolean failed =
                switch (outcome) {
                    case ENDED, LEFT_RUNNING -> !job.succeeded();
                    case TIMED_OUT, CANCELLED -> true;
                };
        return failed ? ToolOutcome.failed(text) : ToolOutcome.of(text);
    }

    private static String survivors(boolean gone) {
        return gone ? "" : " (some of its processes could not be)";
    }

    /// A job in the background, as it is now.
    static ToolOutcome now(Job job) {
        boolean running = job.isRunning();
        return ToolOutcome.of(
                body(job.takeUnread())
                        + "[job %d: %s]".formatted(job.number(), state(job, running)));
    }

    private static String state(Job job, boolean running) {
        if (!running) {
            return job.ended();
        }
        return job.ended().isEmpty()
                ? "running"
                : job.ended() + ", processes that it started still run";
    }

    private static String body(String output) {
        return output.isEmpty() || output.endsWith("\n") ? output : output + "\n";
    }
}
