package hal0.tui;

import static org.assertj.core.api.Assertions.assertThat;

import hal0.tui.state.History;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HistoryFileTest {
    @TempDir Path folder;

    @Test
    void whatWasAppendedIsLoaded() throws IOException {
        HistoryFile file = new HistoryFile(folder.resolve("new").resolve("history"), "/here");
        assertThat(file.load()).isEmpty();
        file.append("one\ntwo \\n three\\");
        file.append("日本");
        assertThat(file.load()).containsExactly("one\ntwo \\n three\\", "日本");
        assertThat(Files.getPosixFilePermissions(folder.resolve("new").resolve("history")))
                .isEqualTo(PosixFilePermissions.fromString("rw-------"));
    }

    @Test
    void fileThatHasGrownIsShortened() throws IOException {
        Path path = folder.resolve("history");
        String many =
                IntStream.range(1, 3 * History.KEPT)
                        .mapToObj(Integer::toString)
                        .collect(Collectors.joining("\n"));
        Files.writeString(path, many + "\nlast\n");
        HistoryFile file = new HistoryFile(path, "/here");
        assertThat(file.load()).hasSize(History.KEPT).endsWith("last");
        assertThat(Files.readAllLines(path)).hasSize(History.KEPT);
        assertThat(file.load()).hasSize(History.KEPT).endsWith("last");
    }

    @Test
    void brokenFileIsReadAsFarAsItGoes() throws IOException {
        Path path = folder.resolve("history");
        Files.write(
                path, new byte[] {'o', 'k', '\n', (byte) 0xff, '\\', '\n', '\n', 'c', 'u', 't'});
        assertThat(new HistoryFile(path, "/here").load()).containsExactly("ok", "\ufffd", "cut");
    }

    @Test
    void whatWasTypedHereComesAfterWhatWasTypedElsewhereAndOnce() throws IOException {
        Path path = folder.resolve("history");
        HistoryFile here = new HistoryFile(path, "/a\tb");
        HistoryFile there = new HistoryFile(path, "/there");
        here.append("first\there");
        there.append("elsewhere");
        here.append("again");
        there.append("again");
        here.append("first\there");
        assertThat(here.load()).containsExactly("elsewhere", "again", "first\there");
        assertThat(there.load()).containsExactly("first\there", "elsewhere", "again");
    }

    @Test
    void nothingIsLostWhenOneClientShortensWhatAnotherAppendsTo() throws Exception {
        Path path = folder.resolve("history");
        Files.writeString(path, "x\n".repeat(2 * History.KEPT));
        List<Thread> clients = new ArrayList<>();
        for (String name : List.of("a", "b")) {
            HistoryFile client = new HistoryFile(path, "/" + name);
            clients.add(
                    Thread.ofPlatform()
                            .start(() -> {
                                for (int i = 0; i < 50; i++) {
                                    String entry = name + i;
                                    tried(() -> client.append(entry));
                                    tried(client::load);
                                }
                            }));
        }
        for (Thread client : clients) {
            client.join();
        }
        List<String> all = new HistoryFile(path, "/").load();
        for (int i = 0; i < 50; i++) {
            assertThat(all).contains("a" + i, "b" + i);
        }
    }

    private interface Step {
        void run() throws IOException;
    }

    /// Another thread of this program may hold the lock, which the system tells by an exception and
    /// other programs by waiting. Each step is tried by itself: what was added is not added again.
    private static void tried(Step step) {
        while (true) {
            try {
                step.run();
                return;
            } catch (OverlappingFileLockException _) {
                LockSupport.parkNanos(1_000_000);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
