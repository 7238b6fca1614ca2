package hal0.agent.file;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import hal0.agent.permission.Deed;
import hal0.agent.tool.PlannedCall;
import hal0.agent.tool.ToolException;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WriteTest {
    @TempDir Path folder;
    Desk desk;

    @BeforeEach
    void open() throws IOException {
        desk = new Desk(folder);
    }

    @Test
    void newFileIsMadeWithItsFolders() throws IOException {
        PlannedCall planned = desk.plan("write", "path", "a/b/c.txt", "content", "one\ntwo\n");
        assertThat(planned.title()).isEqualTo("write a/b/c.txt");
        assertThat(planned.deeds()).containsExactly(new Deed.Edit(desk.root.resolve("a/b/c.txt")));
        assertThat(planned.preview())
                .isEqualTo("--- /dev/null\n+++ b/a/b/c.txt\n@@ -0,0 +1,2 @@\n+one\n+two\n");
        assertThat(folder).isEmptyDirectory();
        assertThat(desk.run(planned).text()).isEqualTo("made a/b/c.txt: 2 lines, 8 B");
        assertThat(folder.resolve("a/b/c.txt")).hasContent("one\ntwo\n");
    }

    @Test
    void newFileHasTheModeOfOtherNewFiles() throws IOException {
        Path usual = desk.file("usual", "");
        desk.call("write", "path", "ours", "content", "x");
        assertThat(mode(folder.resolve("ours"))).isEqualTo(mode(usual));
    }

    @Test
    void fileThatWasNotReadIsNotReplaced() throws IOException {
        Path file = desk.file("a", "precious");
        refused(
                "a is there and was not read in this conversation: read it first",
                "path",
                "a",
                "content",
                "x");
        assertThat(file).hasContent("precious");
    }

    @Test
    void fileThatChangedSinceItWasReadIsNotReplaced() throws IOException {
        Path file = desk.readFile("a", "old");
        Files.writeString(file, "the user's");
        refused("a has changed since it was read: read it again", "path", "a", "content", "x");
        assertThat(file).hasContent("the user's");
    }

    @Test
    void fileThatChangesBetweenAllowingAndDoingIsNotReplaced() throws IOException {
        Path file = desk.readFile("a", "old");
        PlannedCall replacing = desk.plan("write", "path", "a", "content", "x");
        PlannedCall making = desk.plan("write", "path", "b", "content", "x");
        Files.writeString(file, "the user's");
        desk.file("b", "the user's");
        assertThatThrownBy(() -> desk.run(replacing))
                .hasMessage("a has changed meanwhile: read it again");
        assertThatThrownBy(() -> desk.run(making)).hasMessage("b is there now: read it first");
        assertThat(folder.resolve("a")).hasContent("the user's");
        assertThat(folder.resolve("b")).hasContent("the user's");
    }

    @Test
    void ownWritingCountsAsRead() throws IOException {
        desk.call("write", "path", "a", "content", "one");
        desk.call("write", "path", "a", "content", "two");
        assertThat(folder.resolve("a")).hasContent("two");
    }

    @Test
    void modeIsKept() throws IOException {
        Path file = desk.readFile("run.sh", "old");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-x--x"));
        desk.call("write", "path", "run.sh", "content", "new");
        assertThat(mode(file)).isEqualTo("rwxr-x--x");
    }

    @Test
    void ownerIsKeptWhereThatMayBe() throws IOException {
        assumeThat(System.getProperty("user.name")).as("only root gives away").isEqualTo("root");
        Path file = desk.readFile("a", "old");
        Files.setAttribute(file, "unix:uid", 1);
        Files.setAttribute(file, "unix:gid", 2);
        desk.call("write", "path", "a", "content", "new");
        assertThat(Files.readAttributes(file, "unix:uid,gid").values()).containsOnly(1, 2);
    }

    @Test
    void linkStaysAndItsTargetIsWritten() throws IOException {
        desk.file("real/target", "old");
        Path link = folder.resolve("link");
        Files.createSymbolicLink(link, Path.of("real/target"));
        desk.call("read", "path", "link");
        desk.call("write", "path", "link", "content", "new");
        assertThat(link).isSymbolicLink().hasContent("new");
        assertThat(folder.resolve("real/target")).hasContent("new");
    }

    @Test
    void danglingLinkAsksForItsTarget(@TempDir Path other) throws IOException {
        Path target = other.toRealPath().resolve("made");
        Files.createSymbolicLink(folder.resolve("link"), target);
        PlannedCall planned = desk.plan("write", "path", "link", "content", "x");
        assertThat(planned.deeds()).containsExactly(new Deed.Edit(target));
        desk.run(planned);
        assertThat(target).hasContent("x");
    }

    @Test
    void folderThatBecomesALinkIsNotFollowed(@TempDir Path other) throws IOException {
        Path inside = Files.createDirectory(folder.resolve("in"));
        PlannedCall planned = desk.plan("write", "path", "in/a", "content", "x");
        Files.delete(inside);
        Files.createSymbolicLink(inside, other);
        assertThatThrownBy(() -> desk.run(planned))
                .isInstanceOf(ToolException.class)
                .hasMessageContaining("is not what was allowed");
        assertThat(other).isEmptyDirectory();
    }

    @Test
    void folderThatBecomesALinkAtTheLastMomentIsNotFollowed(@TempDir Path other)
            throws IOException {
        Files.createSymbolicLink(folder.resolve("in"), other);
        Path file = desk.root.resolve("in/a");
        assertThatThrownBy(() -> Replacement.create(file, new byte[1], null))
                .isInstanceOf(FileSystemException.class)
                .hasMessageContaining("a link took the place of its folder");
        assertThat(other).isEmptyDirectory();
    }

    @Test
    void lineEndingsAndEncodingOfTheOldFileAreKept() throws IOException {
        desk.readFile("crlf", "\ufeffone\r\ntwo\r\n");
        Path wide = folder.resolve("wide");
        Files.write(wide, "\ufeffé\r\n".getBytes(UTF_16LE));
        desk.call("read", "path", "wide");
        desk.call("write", "path", "crlf", "content", "1\n2\n");
        desk.call("write", "path", "wide", "content", "😀\n");
        assertThat(Files.readString(folder.resolve("crlf"))).isEqualTo("\ufeff1\r\n2\r\n");
        assertThat(Files.readAllBytes(wide)).isEqualTo("\ufeff😀\r\n".getBytes(UTF_16LE));
    }

    @Test
    void whatTheOldEncodingCannotHoldIsWrittenAsUtf8AndSaid() throws IOException {
        Path file = folder.resolve("latin");
        Files.write(file, "é\n".getBytes(ISO_8859_1));
        desk.call("read", "path", "latin");
        assertThat(desk.text("write", "path", "latin", "content", "€\n"))
                .endsWith("; it is UTF-8 now, as ISO-8859-1 cannot hold it");
        assertThat(file).hasContent("€\n");
    }

    @Test
    void halfACharacterIsRefused() {
        refused(
                "a is UTF-8, which cannot hold half of a character, U+D83D",
                "path",
                "a",
                "content",
                "x\ud83d");
    }

    @Test
    void readOnlyFileIsRefused() throws IOException {
        Path file = desk.readFile("a", "old");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("r--r--r--"));
        refused("cannot write a: it is read-only", "path", "a", "content", "x");
        assertThat(file).hasContent("old");
        assertThat(names()).containsExactly("a");
    }

    @Test
    void folderAndFileInPlaceOfAFolderAreRefused() throws IOException {
        desk.file("dir/a", "");
        refused("dir is a folder: use list", "path", "dir", "content", "x");
        refused(
                "cannot write dir/a/b: something else with that name is in the way",
                "path",
                "dir/a/b",
                "content",
                "x");
    }

    @Test
    void fullDiskLeavesTheOldFile() throws IOException, InterruptedException {
        Path disk = Files.createDirectory(folder.resolve("disk"));
        int mounted =
                new ProcessBuilder("mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", "" + disk)
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start()
                        .waitFor();
        assumeThat(mounted).as("a small disk can be mounted here").isZero();
        try {
            desk.readFile("disk/a", "old");
            assertThatThrownBy(() ->
                            desk.call("write", "path", "disk/a", "content", "x".repeat(200_000)))
                    .isInstanceOf(ToolException.class)
                    .hasMessage("cannot write disk/a: no space left on device");
            assertThat(disk.resolve("a")).hasContent("old");
            assertThat(disk.toFile().list()).containsExactly("a");
        } finally {
            new ProcessBuilder("umount", "" + disk).start().waitFor();
        }
    }

    @Test
    void changeOfALargeFileIsShownQuicklyAndBounded() throws IOException {
        Random random = new Random(7);
        StringBuilder old = new StringBuilder();
        StringBuilder now = new StringBuilder();
        for (int i = 0; i < 60_000; i++) {
            old.append(random.nextLong()).append('\n');
            now.append(random.nextLong()).append('\n');
        }
        desk.readFile("a", old.toString());
        long started = System.nanoTime();
        String preview = desk.plan("write", "path", "a", "content", now.toString()).preview();
        assertThat((System.nanoTime() - started) / 1_000_000).isLessThan(3_000);
        assertThat(preview.lines().count()).isEqualTo(1001);
        assertThat(preview).endsWith("… 119003 lines more\n");
    }

    private static String mode(Path file) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
    }

    private Stream<String> names() {
        return Stream.of(folder.toFile().list());
    }

    private void refused(String message, Object... arguments) {
        assertThatThrownBy(() -> desk.call("write", arguments))
                .isInstanceOf(ToolException.class)
                .hasMessage(message);
    }
}
