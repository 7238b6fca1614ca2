package hal0.home.config;

import static org.assertj.core.api.Assertions.assertThat;

import hal0.home.AtomicFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileWatchTest {
    @TempDir Path folder;
    private final List<List<Path>> changes = new ArrayList<>();
    private Path file;
    private FileStamps read;
    private FileWatch watch;

    @BeforeEach
    void watch() throws IOException {
        file = Files.writeString(folder.resolve("config.toml"), "one");
        read = look();
        watch = new FileWatch(this::look, () -> read, this::reread);
    }

    private FileStamps look() {
        return FileStamps.of(
                new FileStamps.Watched(
                        List.of(folder.resolve("config.toml"), folder.resolve("later/api.env")),
                        Map.of(folder.resolve("providers"), ".lua")));
    }

    private void reread(List<Path> changed) {
        changes.add(changed);
        read = look();
    }

    private void looks(int times) {
        for (int i = 0; i < times; i++) {
            watch.look();
        }
    }

    @Test
    void anEditCountsOnceItHasSettled() throws IOException {
        looks(3);
        assertThat(changes).isEmpty();
        Files.writeString(file, "two!");
        looks(1);
        assertThat(changes).as("it may still be being written").isEmpty();
        looks(3);
        assertThat(changes).containsExactly(List.of(file));
    }

    @Test
    void aFileThatKeepsGrowingIsLeftAloneUntilItIsWhole() throws IOException {
        for (int i = 1; i < 5; i++) {
            Files.writeString(file, "x".repeat(i));
            looks(1);
        }
        assertThat(changes).isEmpty();
        looks(1);
        assertThat(changes).hasSize(1);
    }

    @Test
    void anEditorThatReplacesTheFileIsSeen() throws IOException {
        AtomicFile.write(file, "two".getBytes(StandardCharsets.UTF_8)); // as long as before
        looks(2);
        assertThat(changes).containsExactly(List.of(file));
    }

    @Test
    void whatALinkLeadsToIsSeen() throws IOException {
        Path dotfile = Files.writeString(folder.resolve("dotfiles.toml"), "one");
        Files.delete(file);
        Files.createSymbolicLink(file, dotfile);
        looks(2);
        changes.clear();
        Files.writeString(dotfile, "other");
        looks(2);
        assertThat(changes).containsExactly(List.of(file));
    }

    @Test
    void aFolderThatComesLaterAndAFileThatGoesAreSeen() throws IOException {
        Path late = Files.createDirectory(folder.resolve("later")).resolve("api.env");
        Files.writeString(late, "A=1");
        Path script = Files.createDirectory(folder.resolve("providers")).resolve("mine.lua");
        Files.writeString(script, "return {}");
        Files.writeString(folder.resolve("providers/notes.txt"), "not watched");
        Files.delete(file);
        looks(2);
        assertThat(changes).containsExactly(List.of(file, late, script));
    }

    @Test
    void whatSomebodyElseHasReadAlreadyIsNoNews() throws IOException {
        Files.writeString(file, "two!");
        read = look();
        looks(3);
        assertThat(changes).isEmpty();
    }

    @Test
    void itLooksByItselfAndAFaultOfTheReaderDoesNotEndIt() throws Exception {
        LinkedBlockingQueue<List<Path>> told = new LinkedBlockingQueue<>();
        FileStamps start = look();
        try (FileWatch _ =
                new FileWatch(
                                this::look,
                                () -> start,
                                changed -> {
                                    told.add(changed);
                                    throw new IllegalStateException("the reader is broken");
                                })
                        .start(Duration.ofMillis(5))) {
            Files.writeString(file, "two!");
            assertThat(told.poll(10, TimeUnit.SECONDS)).containsExactly(file);
            assertThat(told.poll(10, TimeUnit.SECONDS)).containsExactly(file);
        }
    }
}
