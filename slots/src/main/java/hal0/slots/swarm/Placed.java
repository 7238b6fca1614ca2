package hal0.slots.swarm;

import com.github.dockerjava.api.model.Task;
import com.github.dockerjava.api.model.TaskState;
import com.github.dockerjava.api.model.TaskStatus;
import com.github.dockerjava.api.model.TaskStatusContainerStatus;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Where a service's task is, as the Swarm tells it.
///
/// **Shape** `node` and `container` are empty, and `pid` is 0, as long as there is none. **Source**
/// the states of tasks:
/// https://docs.docker.com/engine/swarm/how-swarm-mode-works/swarm-task-states/, read 2026-11-21.
record Placed(String task, Phase phase, String node, String container, long pid, String message) {

    /// How far a task is.
    enum Phase {
        /// No node has it yet.
        WAITING,
        /// A node fetches its image or starts it.
        COMING,
        RUNNING,
        /// It is over, or shall be.
        ENDED
    }

    /// The task that counts: of those that shall run, else of all, the one that was made last.
    static Optional<Placed> of(Collection<Task> tasks) {
        Comparator<Task> wanted = Comparator.comparing(Placed::isWanted);
        return tasks.stream().max(wanted.thenComparing(Placed::made)).map(Placed::of);
    }

    private static boolean isWanted(Task task) {
        TaskState desired = task.getDesiredState();
        return desired == TaskState.RUNNING || desired == TaskState.READY;
    }

    private static Instant made(Task task) {
        String text = task.getCreatedAt();
        return text == null ? Instant.EPOCH : Instant.parse(text);
    }

    private static Placed of(Task task) {
        TaskStatus status = task.getStatus();
        return new Placed(
                task.getId(),
                isWanted(task) ? phase(status.getState()) : Phase.ENDED,
                Objects.requireNonNullElse(task.getNodeId(), ""),
                container(status),
                pid(status),
                message(status));
    }

    private static Phase phase(TaskState state) {
        return switch (state) {
            case NEW, ALLOCATED, PENDING -> Phase.WAITING;
            case ASSIGNED, ACCEPTED, PREPARING, READY, STARTING -> Phase.COMING;
            case RUNNING -> Phase.RUNNING;
            case COMPLETE, SHUTDOWN, FAILED, REJECTED, REMOVE, ORPHANED -> Phase.ENDED;
        };
    }

    private static String container(TaskStatus status) {
        TaskStatusContainerStatus container = status.getContainerStatus();
        String id = container == null ? null : container.getContainerID();
        return id == null ? "" : id;
    }

    private static long pid(TaskStatus status) {
        TaskStatusContainerStatus container = status.getContainerStatus();
        Long pid = container == null ? null : container.getPidLong();
        return pid == null ? 0 : pid;
    }

    private static String message(TaskStatus status) {
        String error = filled(status.getErr());
        return error != null ? error : Objects.requireNonNullElse(status.getMessage(), "");
    }

    private static @Nullable String filled(@Nullable String text) {
        return text == null || text.isBlank() ? null : text;
    }

    /// Why it ended, in words.
    String why() {
        String words = message.replaceFirst("^task: ", "");
        return words.contains("(137)")
                ? words + ": it was killed, by hand or for want of memory"
                : words;
    }
}
