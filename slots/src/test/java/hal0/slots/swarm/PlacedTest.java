package hal0.slots.swarm;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.dockerjava.api.model.Task;
import com.github.dockerjava.api.model.TaskState;
import com.github.dockerjava.api.model.TaskStatus;
import java.util.List;
import org.junit.jupiter.api.Test;

class PlacedTest {
    private static Task task(String id, String made, TaskState desired, TaskState state) {
        return new Task()
                .withId(id)
                .withCreatedAt(made)
                .withDesiredState(desired)
                .withStatus(new TaskStatus().withState(state).withMessage("started"));
    }

    private static Placed of(Task... tasks) {
        return Placed.of(List.of(tasks)).orElseThrow();
    }

    @Test
    void serviceWithoutTasksIsNowhere() {
        assertThat(Placed.of(List.of())).isEmpty();
    }

    @Test
    void taskThatShallRunCountsBeforeOnesThatAreOver() {
        Task failed = task("old", "2026-11-21T10:00:02Z", TaskState.SHUTDOWN, TaskState.FAILED);
        Task running = task("new", "2026-11-21T10:00:01Z", TaskState.RUNNING, TaskState.RUNNING);
        assertThat(of(failed, running).task()).isEqualTo("new");
        assertThat(of(failed).phase()).isEqualTo(Placed.Phase.ENDED);
    }

    @Test
    void laterOfTwoCountsWhateverTheDigitsOfTheirTimes() {
        Task first = task("a", "2026-11-21T10:00:00.36Z", TaskState.RUNNING, TaskState.RUNNING);
        Task later = task("b", "2026-11-21T10:00:00.361Z", TaskState.RUNNING, TaskState.NEW);
        assertThat(of(first, later).task()).isEqualTo("b");
        assertThat(of(later, first).phase()).isEqualTo(Placed.Phase.WAITING);
    }

    @Test
    void runningTaskThatShallNotRunIsOver() {
        assertThat(of(task("a", "2026-11-21T10:00:00Z", TaskState.SHUTDOWN, TaskState.RUNNING)))
                .extracting(Placed::phase)
                .isEqualTo(Placed.Phase.ENDED);
    }

    @Test
    void errorSaysMoreThanTheMessage() {
        Task task = task("a", "2026-11-21T10:00:00Z", TaskState.RUNNING, TaskState.FAILED);
        task.getStatus().withErr("task: non-zero exit (137)");
        assertThat(of(task).why()).startsWith("non-zero exit (137): it was killed");
        task.getStatus().withErr(" ");
        assertThat(of(task).why()).isEqualTo("started");
    }
}
