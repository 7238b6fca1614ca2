package hal0.slots.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProcessTableTest {
    @TempDir Path proc;

    private void process(long pid, String name, char state, long session, long started)
            throws Exception {
        Path folder = Files.createDirectories(proc.resolve(String.valueOf(pid)));
        Files.writeString(
                folder.resolve("stat"),
                "%d (%s) %c 1 %d %d 0 -1 4194304 100 0 0 0 0 0 0 0 20 0 1 0 %d 3133440 380\n"
                        .formatted(pid, name, state, session, session, started));
    }

    @Test
    void nameWithParenthesesAndSpacesHidesNothing() throws Exception {
        process(7, "a) R (b 1 2", 'S', 5, 777);
        ProcessTable table = new ProcessTable(proc);
        assertThat(table.find(7)).contains(new ProcessTable.Entry(7, 1, 5, 777, 'S'));
        assertThat(table.isAlive(7, 777)).isTrue();
        assertThat(table.isAlive(7, 778)).isFalse();
    }

    @Test
    void deadOneThatStillHasItsNumberDoesNotLive() throws Exception {
        process(7, "a", 'Z', 7, 1);
        ProcessTable table = new ProcessTable(proc);
        assertThat(table.isAlive(7, 1)).isFalse();
        assertThat(table.all()).isEmpty();
        assertThat(table.find(8)).isEmpty();
    }

    @Test
    void numbersAreFoundByTheirNames() throws Exception {
        Path folder = Files.createDirectories(proc.resolve("7"));
        Files.writeString(folder.resolve("status"), "Name:\tx\nVmRSS:\t   2048 kB\n");
        Files.writeString(folder.resolve("environ"), "A=1\0B=x=y\0odd\0");
        Files.writeString(proc.resolve("vmstat"), "oom_kill_x 9\noom_kill 3\n");
        Files.writeString(proc.resolve("stat"), "cpu 1 2\nbtime 1000\n");
        ProcessTable table = new ProcessTable(proc);
        assertThat(table.residentKb(7)).isEqualTo(2048);
        assertThat(table.environment(7))
                .containsEntry("A", "1")
                .containsEntry("B", "x=y")
                .hasSize(2);
        assertThat(table.memoryKills()).isEqualTo(3);
        assertThat(table.startOf(new ProcessTable.Entry(7, 1, 7, 250, 'S')))
                .isEqualTo(Instant.ofEpochMilli(1_002_500));
    }
}
