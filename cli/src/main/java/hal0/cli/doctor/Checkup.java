package hal0.cli.doctor;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Runs checks beside each other and gives their rows in the order of the checks.
///
/// **Threads** the caller's, which waits for `patience` at most.
final class Checkup {
    private final Duration patience;

    Checkup(Duration patience) {
        this.patience = patience;
    }

    List<Row> run(List<Check> checks) {
        List<FutureTask<List<Row>>> tasks = new ArrayList<>();
        for (Check check : checks) {
            FutureTask<List<Row>> task = new FutureTask<>(check::rows);
            tasks.add(task);
            Thread.ofVirtual().name("doctor-" + check.id()).start(task);
        }
        long end = System.nanoTime() + patience.toNanos();
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < tasks.size(); i++) {
            rows.addAll(awaited(checks.get(i).id(), tasks.get(i), end - System.nanoTime()));
        }
        return List.copyOf(rows);
    }

    private static List<Row> awaited(String id, FutureTask<List<Row>> task, long nanos) {
        try {
            return task.get(Math.max(1, nanos), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            return List.of(Row.warn(id, "this check did not end in time", "try again"));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return List.of(Row.skip(id, "interrupted"));
        } catch (ExecutionException e) {
            Throwable cause = e.getCause();
            System.getLogger("hal0.cli.doctor")
                    .log(System.Logger.Level.DEBUG, "the check " + id + " failed", cause);
            return List.of(
                    Row.fail(
                            id,
                            "this check broke (%s)"
                                    .formatted(
                                            cause == null ? "" : cause.getClass().getSimpleName()),
                            "please report it; HAL0_LOG=debug tells more"));
        }
    }
}
