package hal0.cli.models;

import hal0.cli.console.Progress;
import hal0.slots.model.pull.PullStatus;
import hal0.slots.model.pull.PullStatus.State;
import java.time.Duration;

/// Says how far a pull is: in one line that changes, or a line for each tenth.
final class PullSteps {
    private static final int TENTHS = 10;

    private final Progress progress;
    private State state = State.RESOLVING;
    private long tenth;

    PullSteps(Progress progress) {
        this.progress = progress;
    }

    void show(PullStatus status) {
        String line = line(status);
        progress.at(line);
        long now = status.total() == 0 ? 0 : status.done() * TENTHS / status.total();
        // Why it ended without a file is what the command ends with.
        boolean said = status.state() == State.FAILED || status.state() == State.CANCELLED;
        if (said) {
            return;
        }
        if (status.state() != state || (status.state() == State.DOWNLOADING && now > tenth)) {
            progress.done(line);
            state = status.state();
        }
        tenth = now;
    }

    private static String line(PullStatus status) {
        return switch (status.state()) {
            case RESOLVING -> "looking for " + status.reference();
            case CHECKING ->
                    "checking what is there of %s: %s"
                            .formatted(status.file(), share(status.done(), status.total()));
            case DOWNLOADING ->
                    "%s: %s%s"
                            .formatted(
                                    status.file(),
                                    share(status.done(), status.total()),
                                    speed(status));
            case DONE -> "%s is there: %s".formatted(status.model(), Amounts.bytes(status.done()));
            case FAILED, CANCELLED -> "%s: %s".formatted(status.reference(), status.message());
        };
    }

    private static String share(long done, long total) {
        return total == 0
                ? Amounts.bytes(done)
                : "%s of %s, %d %%"
                        .formatted(Amounts.bytes(done), Amounts.bytes(total), done * 100 / total);
    }

    private static String speed(PullStatus status) {
        long speed = status.bytesPerSecond();
        if (speed == 0) {
            return "";
        }
        String told = ", %s/s".formatted(Amounts.bytes(speed));
        long left = status.total() - status.done();
        return left <= 0
                ? told
                : "%s, %s left".formatted(told, Amounts.time(Duration.ofSeconds(left / speed)));
    }
}
