package hal0.tui;

import static org.assertj.core.api.Assertions.assertThat;

import hal0.tui.state.History;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HistoryFileTest {
    @TempDir Path folder;

    @Test
    void whatWasAppendedIsLoaded() throws IOException {
        HistoryFile file = new HistoryFile(folder.resolve("new").resolve("history"));
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
        Files.writeString(path, "x\n".repeat(3 * History.KEPT - 1) + "last\n");
        HistoryFile file = new HistoryFile(path);
        assertThat(file.load()).hasSize(History.KEPT).endsWith("last");
        assertThat(Files.readAllLines(path)).hasSize(History.KEPT).endsWith("last");
    }

    @Test
    void brokenFileIsReadAsFarAsItGoes() throws IOException {
        Path path = folder.resolve("history");
        Files.write(
                path, new byte[] {'o', 'k', '\n', (byte) 0xff, '\\', '\n', '\n', 'c', 'u', 't'});
        assertThat(new HistoryFile(path).load()).containsExactly("ok", "\ufffd", "cut");
    }
}
