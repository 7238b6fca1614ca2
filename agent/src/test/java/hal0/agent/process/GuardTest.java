package hal0.agent.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class GuardTest {
    @TempDir Path folder;

    /// Starts what `args` say in the folder that they name, and waits to be killed.
    public static final class Program {
        public static void main(String[] args) throws IOException, InterruptedException {
            try (Starter starter = new Starter(ChildEnvironment.of(System.getenv(), Set.of()))) {
                starter.start(Launch.of(List.of("sh", "-c", args[1]), Path.of(args[0])));
                new CountDownLatch(1).await();
            }
        }
    }

    @Test
    void nothingIsLeftWhenThisProcessIsKilled() throws IOException, InterruptedException {
        Process program =
                new ProcessBuilder(
                                ProcessHandle.current().info().command().orElseThrow(),
                                "-XX:+UseSerialGC",
                                "-XX:TieredStopAtLevel=1",
                                "-cp",
                                System.getProperty("java.class.path"),
                                Program.class.getName(),
                                folder.toString(),
                                "setsid sleep 300 & echo $! > a; sleep 300 & echo $! > b; wait")
                        .inheritIO()
                        .start();
        try {
            await(() -> Files.exists(folder.resolve("b")) && lives("a") && lives("b"));
        } finally {
            program.destroyForcibly().waitFor();
        }
        await(() -> !lives("a") && !lives("b"));
        assertThat(lives("a") || lives("b")).isFalse();
    }

    private interface Condition {
        boolean holds() throws IOException;
    }

    private static void await(Condition condition) throws IOException {
        while (!condition.holds()) {
            LockSupport.parkNanos(1_000_000); // the test's own time limit ends it
        }
    }

    private boolean lives(String name) throws IOException {
        String pid = Files.readString(folder.resolve(name)).strip();
        return !pid.isEmpty() && ProcessTable.find(Long.parseLong(pid)).isPresent();
    }
}
