package hal0.home;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AtomicFileTest {
    @TempDir Path folder;

    private static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }

    private static String mode(Path file) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
    }

    private void assertOnly(String... names) throws IOException {
        try (var files = Files.list(folder)) {
            assertThat(files.map(f -> f.getFileName().toString())).containsExactlyInAnyOrder(names);
        }
    }

    @Test
    void aNewFileIsPrivateAndNothingElseIsLeft() throws IOException {
        Path file = folder.resolve("a");

        AtomicFile.write(file, bytes("one"));

        assertThat(file).hasContent("one");
        assertThat(mode(file)).isEqualTo("rw-------");
        assertOnly("a");
    }

    @Test
    void aMissingFolderIsMade() throws IOException {
        AtomicFile.write(folder.resolve("x/y/a"), bytes("one"));

        assertThat(folder.resolve("x/y/a")).hasContent("one");
        assertThat(mode(folder.resolve("x"))).isEqualTo("rwx------");
    }

    @Test
    void anExistingFileKeepsItsMode() throws IOException {
        Path file = Files.writeString(folder.resolve("a"), "old");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));

        AtomicFile.write(file, bytes("new"));

        assertThat(file).hasContent("new");
        assertThat(mode(file)).isEqualTo("rw-r-----");
    }

    @Test
    void aPrivateWriteClosesAFileThatWasOpenToOthers() throws IOException {
        Path file = Files.writeString(folder.resolve("a"), "same");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));

        AtomicFile.writePrivate(file, bytes("same"));

        assertThat(mode(file)).isEqualTo("rw-------");
    }

    @Test
    void aLinkStaysALinkAndItsTargetIsReplaced() throws IOException {
        Path real = Files.createDirectory(folder.resolve("dotfiles")).resolve("config");
        Files.writeString(real, "old");
        Path middle =
                Files.createSymbolicLink(folder.resolve("middle"), Path.of("dotfiles/config"));
        Path link = Files.createSymbolicLink(folder.resolve("link"), middle);

        AtomicFile.write(link, bytes("new"));

        assertThat(link).isSymbolicLink();
        assertThat(middle).isSymbolicLink();
        assertThat(real).hasContent("new");
    }

    @Test
    void aDanglingLinkGetsItsTarget() throws IOException {
        Path link = Files.createSymbolicLink(folder.resolve("link"), Path.of("later"));

        AtomicFile.write(link, bytes("new"));

        assertThat(link).isSymbolicLink();
        assertThat(folder.resolve("later")).hasContent("new");
    }

    @Test
    void linksInACircleAreRefused() throws IOException {
        Files.createSymbolicLink(folder.resolve("a"), Path.of("b"));
        Files.createSymbolicLink(folder.resolve("b"), Path.of("a"));

        assertThatThrownBy(() -> AtomicFile.write(folder.resolve("a"), bytes("x")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("circle");
    }

    @Test
    void aFolderInTheWayIsRefusedAndNothingIsLeft() throws IOException {
        Files.createDirectory(folder.resolve("a"));

        assertThatThrownBy(() -> AtomicFile.write(folder.resolve("a"), bytes("x")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(folder.resolve("a").toString())
                .hasMessageContaining("it is a folder");
        assertOnly("a");
    }

    @Test
    void aFailingEditLeavesTheOldContent() throws IOException {
        Path file = Files.writeString(folder.resolve("a"), "old");

        assertThatThrownBy(() ->
                        AtomicFile.edit(
                                file,
                                _ -> {
                                    throw new IOException("no");
                                }))
                .hasMessage("no");
        assertThat(file).hasContent("old");
        assertOnly("a");
    }

    @Test
    void aChangeBySomebodyElseIsEditedNotOverwritten() throws IOException {
        Path file = Files.writeString(folder.resolve("a"), "one");
        AtomicBoolean disturbed = new AtomicBoolean();

        AtomicFile.edit(
                file,
                current -> {
                    String before = new String(current, UTF_8);
                    if (disturbed.compareAndSet(false, true)) {
                        Files.writeString(file, "two");
                    }
                    return bytes(before + "+");
                });

        assertThat(file).hasContent("two+");
    }

    @Test
    void anEditThatChangesNothingTouchesNothing() throws IOException {
        Path file = Files.writeString(folder.resolve("a"), "one");
        Object inode = Files.getAttribute(file, "unix:ino");

        AtomicFile.edit(file, _ -> null);

        assertThat(Files.getAttribute(file, "unix:ino")).isEqualTo(inode);
    }

    @Test
    void aReaderNeverSeesHalfAFile() throws Exception {
        Path file = folder.resolve("a");
        byte[] a = bytes("a".repeat(200_000));
        byte[] b = bytes("b".repeat(200_000));
        AtomicFile.write(file, a);
        AtomicBoolean done = new AtomicBoolean();
        List<String> torn = new ArrayList<>();
        Thread reader =
                Thread.ofPlatform()
                        .start(() -> {
                            while (!done.get()) {
                                String seen = read(file);
                                if (seen.length() != 200_000
                                        || seen.chars().distinct().count() != 1) {
                                    torn.add(seen.substring(0, Math.min(10, seen.length())));
                                }
                            }
                        });
        for (int i = 0; i < 20; i++) {
            AtomicFile.write(file, i % 2 == 0 ? b : a);
        }
        done.set(true);
        reader.join();

        assertThat(torn).isEmpty();
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            return "unreadable: " + e;
        }
    }
}
