package hal0.home;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hal0.home.OwnerLock.Owner;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OwnerLockTest {
    @TempDir Path folder;
    private Home home;
    private final List<Process> processes = new ArrayList<>();

    @BeforeEach
    void home() {
        home = new Home(folder, folder.resolve("data"), folder.resolve("state"));
    }

    @AfterEach
    void endProcesses() {
        processes.forEach(Process::destroyForcibly);
    }

    private Process start(String... more) throws IOException {
        List<String> command =
                new ArrayList<>(
                        List.of(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-XX:TieredStopAtLevel=1",
                                "-XX:+UseSerialGC",
                                "-cp",
                                System.getProperty("java.class.path"),
                                LockHolder.class.getName(),
                                folder.toString()));
        command.addAll(List.of(more));
        Process process =
                new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
        processes.add(process);
        return process;
    }

    private static String firstLine(Process process) throws IOException {
        BufferedReader reader = process.inputReader();
        return String.valueOf(reader.readLine());
    }

    private static void end(Process process) throws Exception {
        process.getOutputStream().close();
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void onlyOneOfTwoProcessesOwnsTheHomeUntilItEnds() throws Exception {
        Process first = start("http://127.0.0.1:8080");
        assertThat(firstLine(first)).isEqualTo("owner");

        assertThat(OwnerLock.tryAcquire(home)).isEmpty();
        assertThat(OwnerLock.read(home)).contains(new Owner(first.pid(), "http://127.0.0.1:8080"));
        Process second = start();
        assertThat(firstLine(second)).isEqualTo("refused");
        end(second);

        end(first);
        try (OwnerLock ours = OwnerLock.tryAcquire(home).orElseThrow()) {
            ours.announce("here");
            assertThat(OwnerLock.read(home))
                    .contains(new Owner(ProcessHandle.current().pid(), "here"));
        }
    }

    @Test
    void aKilledOwnerLosesTheHome() throws Exception {
        Process first = start();
        assertThat(firstLine(first)).isEqualTo("owner");

        first.destroyForcibly().waitFor();

        try (OwnerLock ours = OwnerLock.tryAcquire(home).orElseThrow()) {
            assertThat(ours).isNotNull();
        }
    }

    @Test
    void askingAgainInTheOwnerDoesNotDropItsLock() throws Exception {
        try (OwnerLock ours = OwnerLock.tryAcquire(home).orElseThrow()) {
            // Either of these would drop it if it opened and closed the file.
            assertThat(OwnerLock.tryAcquire(home)).isEmpty();
            assertThat(OwnerLock.read(home)).isPresent();

            assertThat(firstLine(start())).isEqualTo("refused");
            assertThat(ours).isNotNull();
        }
        assertThat(firstLine(start())).isEqualTo("owner");
    }

    @Test
    void theSameHomeUnderAnotherNameIsTheSameHome() throws IOException {
        Path link = Files.createSymbolicLink(folder.resolve("link"), folder);
        Home same = new Home(link, link.resolve("data"), link.resolve("state"));

        try (OwnerLock ours = OwnerLock.tryAcquire(home).orElseThrow()) {
            assertThat(ours).isNotNull();
            assertThat(OwnerLock.tryAcquire(same)).isEmpty();
        }
    }

    @Test
    void closingTwiceIsFineAndTheFileStays() throws IOException {
        OwnerLock first = OwnerLock.tryAcquire(home).orElseThrow();
        first.close();
        OwnerLock second = OwnerLock.tryAcquire(home).orElseThrow();

        first.close();

        assertThat(OwnerLock.tryAcquire(home)).isEmpty();
        second.close();
        assertThat(home.ownerLock()).exists();
    }

    @Test
    void aHomeThatNobodyEverOwnedHasNoOwner() throws IOException {
        assertThat(OwnerLock.read(home)).isEmpty();
        Files.createDirectories(home.state());
        Files.writeString(home.ownerLock(), "garbage\npid=abc\n");
        assertThat(OwnerLock.read(home)).isEqualTo(Optional.empty());
    }

    @Test
    void aHomeThatCannotBeLockedSaysWhy() throws IOException {
        Files.createDirectories(home.ownerLock());

        assertThatThrownBy(() -> OwnerLock.tryAcquire(home))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith("cannot lock " + home.ownerLock() + ": ");
        Files.delete(home.ownerLock());
        OwnerLock.tryAcquire(home).orElseThrow().close();
    }
}
