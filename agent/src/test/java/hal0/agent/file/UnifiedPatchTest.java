package hal0.agent.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UnifiedPatchTest {
    @TempDir Path folder;
    Desk desk;

    @BeforeEach
    void open() throws IOException {
        desk = new Desk(folder);
    }

    @Test
    void patchOfGitIsApplied() throws IOException {
        Path file = desk.readFile("src/a", "1\n2\n3\n4\n5\n6\n7\n8\n9\n");
        desk.readFile("old", "x\n");
        desk.readFile("gone", "x\n");
        desk.call(
                "apply_patch",
                "patch",
                """
                diff --git a/src/a b/src/a
                index 000..111 100644
                --- a/src/a
                +++ b/src/a
                @@ -1,3 +1,3 @@
                 1
                -2
                +two
                 3
                @@ -8,2 +8,3 @@ some function
                 8
                 9
                +10
                diff --git a/old b/dir/name
                similarity index 100%
                rename from old
                rename to dir/name
                diff --git a/gone b/gone
                deleted file mode 100644
                --- a/gone
                +++ /dev/null
                @@ -1 +0,0 @@
                -x
                diff --git a/fresh b/fresh
                new file mode 100644
                --- /dev/null
                +++ b/fresh
                @@ -0,0 +1,2 @@
                +a
                +b
                \\ No newline at end of file
                """);
        assertThat(file).hasContent("1\ntwo\n3\n4\n5\n6\n7\n8\n9\n10\n");
        assertThat(folder.resolve("dir/name")).hasContent("x\n");
        assertThat(folder.resolve("old")).doesNotExist();
        assertThat(folder.resolve("gone")).doesNotExist();
        assertThat(Files.readString(folder.resolve("fresh"))).isEqualTo("a\nb");
    }

    @Test
    void lineNumberTellsEqualPlacesApart() throws IOException {
        Path file = desk.readFile("a", "x\ny\nx\ny\nx\ny\n");
        desk.call("apply_patch", "patch", "--- a\n+++ a\n@@ -4,2 +4,2 @@\n-x\n+z\n y\n");
        assertThat(file).hasContent("x\ny\nz\ny\nx\ny\n");
    }

    @Test
    void lineThatBelongsToNoHunkIsRefused() throws IOException {
        desk.readFile("a", "x\ny\n");
        assertThatThrownBy(() ->
                        desk.call(
                                "apply_patch",
                                "patch",
                                "--- a/a\n+++ b/a\n@@ -1,2 +1,2 @@\n-x\n+z\ny\n"))
                .hasMessage(
                        "line 6 of the patch: a line of a hunk begins with a space, + or -: \"y\"");
    }

    @Test
    void everyDiffThatIsShownCanBeApplied() {
        Random random = new Random(42);
        for (int round = 0; round < 2000; round++) {
            String old = text(random, random.nextInt(30));
            String now =
                    random.nextBoolean() ? text(random, random.nextInt(30)) : touched(random, old);
            String diff = Diffs.of("f", old, "f", now);
            if (old.equals(now)) {
                assertThat(diff).isEmpty();
                continue;
            }
            FilePatch.Update patch = (FilePatch.Update) PatchText.read(diff).getFirst();
            assertThat(PatchedText.of(old, patch.hunks(), "f"))
                    .as("from <%s>\nby %s", old, diff)
                    .isEqualTo(now);
        }
    }

    private static String text(Random random, int lines) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < lines; i++) {
            text.append((char) ('a' + random.nextInt(26))).append(random.nextInt(9)).append('\n');
        }
        boolean cut = lines > 0 && random.nextInt(3) == 0;
        return cut ? text.substring(0, text.length() - 1) : text.toString();
    }

    private static String touched(Random random, String text) {
        StringBuilder touched = new StringBuilder();
        for (String line : text.split("(?<=\n)")) {
            switch (random.nextInt(8)) {
                case 0 -> touched.append("new").append(random.nextInt(100)).append('\n');
                case 1 -> touched.append(line).append("more\n");
                default -> touched.append(line);
            }
        }
        return touched.toString();
    }
}
