package hal0.agent.file;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import hal0.agent.permission.Deed;
import hal0.agent.tool.PlannedCall;
import hal0.agent.tool.ToolException;
import hal0.agent.tool.ToolOutcome;
import hal0.providers.message.MediaSource;
import hal0.providers.message.Part;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 30, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ReadTest {
    @TempDir Path folder;
    Desk desk;

    @BeforeEach
    void open() throws IOException {
        desk = new Desk(folder);
    }

    @Test
    void linesComeWithTheirNumbers() throws IOException {
        desk.file("a.txt", "one\ntwo\n");
        assertThat(desk.text("read", "path", "a.txt")).isEqualTo("1\tone\n2\ttwo\n");
    }

    @Test
    void rangeSaysHowToGoOn() throws IOException {
        desk.file("a.txt", "1\n2\n3\n4\n5\n");
        assertThat(desk.text("read", "path", "a.txt", "offset", 2, "limit", "2"))
                .isEqualTo("2\t2\n3\t3\n[lines 2 to 3 of 5; more with offset 4]\n");
        assertThat(desk.text("read", "path", "a.txt", "offset", 4)).isEqualTo("4\t4\n5\t5\n");
    }

    @Test
    void rangeBehindTheEndSaysHowManyLinesThereAre() throws IOException {
        desk.file("a.txt", "1\n2\n");
        refused("a.txt has 2 lines; there is no line 3", "path", "a.txt", "offset", 3);
    }

    @Test
    void emptyFileAndMissingNewlineAreSaid() throws IOException {
        desk.file("empty", "");
        desk.file("cut", "a");
        assertThat(desk.text("read", "path", "empty")).isEqualTo("[the file is empty]\n");
        assertThat(desk.text("read", "path", "cut")).isEqualTo("1\ta\n[no newline at the end]\n");
    }

    @Test
    void windowsLinesShowNoCarriageReturn() throws IOException {
        desk.file("a.txt", "one\r\ntwo\r\n");
        assertThat(desk.text("read", "path", "a.txt")).isEqualTo("1\tone\n2\ttwo\n");
    }

    @Test
    void noMoreThanTwoThousandLinesOrFiftyKilobytesCome() throws IOException {
        desk.file("many", "x\n".repeat(5321));
        assertThat(desk.text("read", "path", "many"))
                .endsWith("2000\tx\n[lines 1 to 2000 of 5321; more with offset 2001]\n");
        desk.file("wide", ("é".repeat(500) + "\n").repeat(100));
        String wide = desk.text("read", "path", "wide");
        assertThat(wide.getBytes(StandardCharsets.UTF_8).length).isBetween(45_000, 52_000);
        assertThat(wide).endsWith("[lines 1 to 51 of 100; more with offset 52]\n");
    }

    @Test
    void lineOfTenMegabytesIsCut() throws IOException {
        desk.file("long", "a".repeat(10 << 20) + "\nb\n");
        String text = desk.text("read", "path", "long");
        assertThat(text).hasSizeLessThan(2200);
        assertThat(text).contains("aaa… [10483760 characters more]\n2\tb\n");
    }

    @Test
    void emojiIsNotCutInHalf() throws IOException {
        desk.file("long", "a".repeat(1999) + "😀😀\n");
        assertThat(desk.text("read", "path", "long"))
                .startsWith("1\t" + "a".repeat(1999) + "… [4 characters more]\n");
    }

    @Test
    void rangeOfTenGigabytesIsReadWithoutLoadingIt() throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(folder.resolve("big").toFile(), "rw")) {
            file.write("one\ntwo\nthree\n".repeat(1000).getBytes(StandardCharsets.UTF_8));
            file.setLength(10L << 30);
        }
        assertThat(desk.text("read", "path", "big", "offset", 2, "limit", 2))
                .isEqualTo("2\ttwo\n3\tthree\n[lines 2 to 3; more with offset 4]\n");
    }

    @Test
    void lineFarInALargeFileIsFound() throws IOException {
        desk.file("big", "0123456789\n".repeat(2_000_000) + "é\nend");
        assertThat(desk.text("read", "path", "big", "offset", 2_000_001))
                .isEqualTo("2000001\té\n2000002\tend\n[no newline at the end]\n");
        refused(
                "big has 2000002 lines; there is no line 2000003",
                "path",
                "big",
                "offset",
                2_000_003);
    }

    @Test
    void endlessFileEndsWhenItIsInterrupted() throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(folder.resolve("big").toFile(), "rw")) {
            file.write("x".repeat(FileKind.HEAD).getBytes(StandardCharsets.UTF_8));
            file.setLength(1L << 42);
        }
        PlannedCall planned = desk.plan("read", "path", "big", "offset", 2);
        Thread.ofVirtual().start(() -> desk.cancel.cancel("escape"));
        assertThatThrownBy(() -> desk.run(planned)).isInstanceOf(ToolException.class);
    }

    @Test
    void encodingsAreReadAndSaid() throws IOException {
        desk.file("bom", "\ufeffé\n");
        Files.write(folder.resolve("le"), "\ufeffé😀\n".getBytes(UTF_16LE));
        Files.write(folder.resolve("be"), "\ufeffé😀\n".getBytes(UTF_16BE));
        Files.write(folder.resolve("latin"), "é\n".getBytes(ISO_8859_1));
        assertThat(desk.text("read", "path", "bom"))
                .isEqualTo("1\té\n[UTF-8 with byte order mark, kept when it is changed]\n");
        assertThat(desk.text("read", "path", "le")).startsWith("1\té😀\n[UTF-16 LE");
        assertThat(desk.text("read", "path", "be")).startsWith("1\té😀\n[UTF-16 BE");
        assertThat(desk.text("read", "path", "latin")).startsWith("1\té\n[ISO-8859-1");
    }

    @Test
    void pictureIsKnownByItsBytesWhateverItsName() throws IOException {
        byte[] png = "\u0089PNG\r\n\u001a\n\0\0".getBytes(ISO_8859_1);
        Files.write(folder.resolve("picture.txt"), png);
        ToolOutcome outcome = desk.call("read", "path", "picture.txt");
        String data = Base64.getEncoder().encodeToString(png);
        assertThat(outcome.content())
                .containsExactly(
                        new Part.Text("picture.txt: image/png, 10 B"),
                        new Part.Image(new MediaSource.Base64("image/png", data)));
    }

    @Test
    void pdfIsADocument() throws IOException {
        desk.file("a.pdf", "%PDF-1.7\n");
        assertThat(desk.call("read", "path", "a.pdf").content())
                .last()
                .isInstanceOf(Part.Document.class);
    }

    @Test
    void pictureThatIsTooLargeIsRefused() throws IOException {
        byte[] png = new byte[(5 << 20) + 1];
        byte[] head = "\u0089PNG\r\n\u001a\n".getBytes(ISO_8859_1);
        System.arraycopy(head, 0, png, 0, head.length);
        Files.write(folder.resolve("p.png"), png);
        refused("p.png has 5.0 MB; at most 5.0 MB can be shown", "path", "p.png");
    }

    @Test
    void binaryFileIsNamedAndNotShown() throws IOException {
        Files.write(folder.resolve("prog"), "\u007fELF\2\1\1\0\0".getBytes(ISO_8859_1));
        ToolOutcome outcome = desk.call("read", "path", "prog");
        assertThat(outcome.failed()).isTrue();
        assertThat(outcome.text())
                .isEqualTo("prog is a program (ELF) (9 B), not text; look into it by a command");
    }

    @Test
    void missingFileNamesTheNearest() throws IOException {
        desk.file("src/Main.java", "");
        refused("there is no src/main.jav; did you mean src/Main.java?", "path", "src/main.jav");
        refused("there is no scr/x/y, nor its folder; . is there", "path", "scr/x/y");
        refused("src is a folder: use list", "path", "src");
    }

    @Test
    void whatIsBesideAFileOutsideTheWorkspaceIsNotTold(@TempDir Path other) throws IOException {
        Files.writeString(other.resolve("secret"), "");
        String name = other.toRealPath().resolve("secreta").toString();
        refused("there is no " + name, "path", name);
    }

    @Test
    void devicesAndPipesAreRefusedWithoutWaiting() throws IOException, InterruptedException {
        assumeThat(Path.of("/dev/zero")).exists();
        refused("/dev/zero is a pipe, a socket or a device, not a file", "path", "/dev/zero");
        Process mkfifo = new ProcessBuilder("mkfifo", folder.resolve("pipe").toString()).start();
        assertThat(mkfifo.waitFor()).isZero();
        refused("pipe is a pipe, a socket or a device, not a file", "path", "pipe");
    }

    @Test
    void linksThatLeadNowhereAreRefused() throws IOException {
        Files.createSymbolicLink(folder.resolve("a"), Path.of("b"));
        Files.createSymbolicLink(folder.resolve("b"), Path.of("a"));
        Files.createSymbolicLink(folder.resolve("dangling"), Path.of("gone"));
        assertThatThrownBy(() -> desk.call("read", "path", "a"))
                .isInstanceOf(ToolException.class)
                .hasMessageEndingWith("is a link that leads in a circle");
        refused("there is no gone", "path", "dangling");
    }

    @Test
    void permissionIsAskedForWhereALinkLeads(@TempDir Path other) throws IOException {
        Path secret = Files.writeString(other.toRealPath().resolve("secret"), "x");
        Files.createSymbolicLink(folder.resolve("link"), secret);
        assertThat(desk.plan("read", "path", "link").deeds())
                .containsExactly(new Deed.Read(secret));
    }

    @Test
    void linkThatLeadsElsewhereAfterItWasAllowedIsNotFollowed(@TempDir Path other)
            throws IOException {
        Path secret = Files.writeString(other.toRealPath().resolve("secret"), "x");
        Path innocent = desk.file("a", "y");
        PlannedCall planned = desk.plan("read", "path", "a");
        Files.delete(innocent);
        Files.createSymbolicLink(innocent, secret);
        assertThatThrownBy(() -> desk.run(planned))
                .isInstanceOf(ToolException.class)
                .hasMessageContaining("is not what was allowed");
    }

    @Test
    void nameWithAccentsIsFoundHoweverItIsWritten() throws IOException {
        desk.file("cafe\u0301/re\u0301sume\u0301.txt", "found\n");
        assertThat(desk.text("read", "path", "caf\u00e9/r\u00e9sum\u00e9.txt"))
                .isEqualTo("1\tfound\n");
    }

    @Test
    void argumentsAreChecked() {
        refused("\"path\" is missing: give it");
        refused(
                "there is no argument \"paths\" (did you mean \"path\"?); the arguments are path,"
                        + " offset, limit",
                "paths",
                "a");
        refused("\"offset\" is 0; it goes from 1 to 2147483647", "path", "a", "offset", 0);
        refused("\"limit\" must be a whole number", "path", "a", "limit", "ten");
        refused("no file can have that name: Nul character not allowed", "path", "a\0b");
    }

    private void refused(String message, Object... arguments) {
        assertThatThrownBy(() -> desk.call("read", arguments))
                .isInstanceOf(ToolException.class)
                .hasMessage(message);
    }
}
