package hal0.agent.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hal0.agent.permission.Deed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ListTest {
    @TempDir Path folder;
    Desk desk;

    @BeforeEach
    void open() throws IOException {
        desk = new Desk(folder);
        Files.createDirectory(folder.resolve(".git"));
    }

    @Test
    void foldersFilesAndLinksAreToldApart() throws IOException {
        desk.file("src/main/A.java", "x".repeat(2048));
        desk.file(".github/ci.yml", "");
        desk.file("two\nlines", "x");
        Files.createSymbolicLink(folder.resolve("loop"), Path.of("."));
        assertThat(desk.text("list"))
                .isEqualTo(".github/\nloop -> .\nsrc/\ntwo\\u000alines  1 B\n");
        assertThat(desk.text("list", "path", "src", "depth", 5))
                .isEqualTo("main/\n  A.java  2.0 KB\n");
        assertThat(desk.plan("list", "path", "src").deeds())
                .containsExactly(new Deed.Read(desk.root.resolve("src")));
    }

    @Test
    void whatGitIgnoresIsLeftOutUnlessAsked() throws IOException {
        desk.file(".gitignore", "/target\n*.log\n");
        desk.file("target/x", "");
        desk.file("logs/a.log", "");
        assertThat(desk.text("list", "depth", 2)).isEqualTo(".gitignore  14 B\nlogs/\n");
        assertThat(desk.text("list", "path", "logs"))
                .isEqualTo("[only what git ignores; shown with all: true]");
        assertThat(desk.text("list", "depth", 2, "all", true))
                .isEqualTo(".git/\n.gitignore  14 B\nlogs/\n  a.log  0 B\ntarget/\n  x  0 B\n");
    }

    @Test
    void longListIsCutAndTheRestCounted() throws IOException {
        for (int i = 0; i < 503; i++) {
            Files.createFile(folder.resolve("f" + i));
        }
        String list = desk.text("list");
        assertThat(list.lines()).hasSize(501);
        assertThat(list).endsWith("[3 more; list a folder of it, or less depth]\n");
    }

    @Test
    void whatIsNoFolderIsRefused() throws IOException {
        desk.file("a", "");
        Files.createDirectory(folder.resolve("none"));
        assertThatThrownBy(() -> desk.call("list", "path", "a"))
                .hasMessage("a is a file: use read");
        assertThatThrownBy(() -> desk.call("list", "path", "nones"))
                .hasMessage("there is no nones; did you mean none?");
        assertThat(desk.text("list", "path", "none")).isEqualTo("[empty]");
    }
}
