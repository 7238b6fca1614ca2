package hal0.agent.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hal0.agent.permission.Deed;
import hal0.agent.tool.PlannedCall;
import hal0.agent.tool.ToolException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PatchTest {
    @TempDir Path folder;
    Desk desk;

    @BeforeEach
    void open() throws IOException {
        desk = new Desk(folder);
    }

    @Test
    void severalFilesChangeAtOnce() throws IOException {
        desk.readFile("a", "one\ntwo\nthree\n");
        desk.readFile("b", "gone\n");
        Path run = desk.readFile("c", "run\n");
        Files.setPosixFilePermissions(run, PosixFilePermissions.fromString("rwxr-xr-x"));
        PlannedCall planned =
                desk.plan(
                        "apply_patch",
                        "patch",
                        """
                        *** Begin Patch
                        *** Update File: a
                        @@
                         one
                        -two
                        +2
                         three
                        *** Delete File: b
                        *** Update File: c
                        *** Move to: bin/c
                        @@
                        -run
                        +go
                        *** Add File: new/d
                        +hello
                        +
                        +world
                        *** End Patch
                        """);
        assertThat(planned.title()).isEqualTo("apply_patch a, b, c and 1 more");
        assertThat(planned.deeds())
                .containsExactly(edit("a"), edit("b"), edit("bin/c"), edit("c"), edit("new/d"));
        assertThat(planned.preview())
                .contains("-two\n+2\n", "+++ /dev/null\n", "rename to bin/c\n", "+hello\n+\n");
        assertThat(desk.run(planned).text())
                .isEqualTo("changed a\ndeleted b\nmoved c to bin/c\nmade new/d");
        assertThat(folder.resolve("a")).hasContent("one\n2\nthree\n");
        assertThat(folder.resolve("b")).doesNotExist();
        assertThat(folder.resolve("c")).doesNotExist();
        assertThat(folder.resolve("bin/c")).hasContent("go\n");
        assertThat(Files.getPosixFilePermissions(folder.resolve("bin/c")))
                .isEqualTo(PosixFilePermissions.fromString("rwxr-xr-x"));
        assertThat(folder.resolve("new/d")).hasContent("hello\n\nworld\n");
    }

    @Test
    void linesBehindTheMarkSayWhichPlaceIsMeant() throws IOException {
        Path file =
                desk.readFile(
                        "a", "class A:\n  def x():\n    pass\nclass B:\n  def x():\n    pass\n");
        patch("*** Update File: a\n@@ class B:\n@@   def x():\n-    pass\n+    return 1\n");
        assertThat(file)
                .hasContent("class A:\n  def x():\n    pass\nclass B:\n  def x():\n    return 1\n");
    }

    @Test
    void lineBehindTheMarkMayBeRepeated() throws IOException {
        Path file = desk.readFile("a", "x\ndef f():\n  1\nx\n");
        patch("*** Update File: a\n@@ def f():\n def f():\n-  1\n+  2\n");
        assertThat(file).hasContent("x\ndef f():\n  2\nx\n");
    }

    @Test
    void linesOnlyAddedComeBehindTheMarkOrAtTheEnd() throws IOException {
        Path file = desk.readFile("a", "one\ntwo\n");
        patch("*** Update File: a\n@@ one\n+1.5\n");
        patch("*** Update File: a\n@@\n+three\n");
        assertThat(file).hasContent("one\n1.5\ntwo\nthree\n");
    }

    @Test
    void endOfFileIsTheLastPlace() throws IOException {
        Path file = desk.readFile("a", "x\ny\nx\n");
        patch("*** Update File: a\n@@\n-x\n+z\n*** End of File\n");
        assertThat(file).hasContent("x\ny\nz\n");
    }

    @Test
    void placeThatIsOneOfSeveralIsRefused() throws IOException {
        desk.readFile("a", "x\ny\nx\ny\n");
        refused(
                "hunk 1 of a: its lines are in 2 places (lines 1, 3): give more lines around the"
                        + " change, or the line of its class or function behind @@",
                "*** Update File: a\n@@\n-x\n+z\n y\n");
    }

    @Test
    void linesThatStayKeepTheirSpacesHoweverThePatchWritesThem() throws IOException {
        Path file = desk.readFile("a", "\tif (a) {  \n\t\tb(“x”);\n\t}\n");
        patch("*** Update File: a\n@@\n     if (a) {\n-        b(\"x\");\n+\t\tc();\n     }\n");
        assertThat(file).hasContent("\tif (a) {  \n\t\tc();\n\t}\n");
    }

    @Test
    void endingsAndAMissingLastNewlineAreKept() throws IOException {
        Path file = desk.readFile("a", "one\r\ntwo\r\nthree");
        patch("*** Update File: a\n@@\n one\n+1.5\n two\n-three\n+3\n+4\n");
        assertThat(Files.readString(file)).isEqualTo("one\r\n1.5\r\ntwo\r\n3\r\n4");
        patch("*** Update File: a\n@@\n+5\n");
        assertThat(Files.readString(file)).isEqualTo("one\r\n1.5\r\ntwo\r\n3\r\n4\r\n5");
    }

    @Test
    void hunkThatDoesNotFitIsNamedAndNothingIsChanged() throws IOException {
        Path first = desk.readFile("a", "one\n");
        desk.readFile("b", "alpha\nbeta gamma\n");
        refused(
                "hunk 2 of b: this is not in b: the nearest is at line 2; the text differs (line"
                        + " 2).\n2\tbeta gamma\n",
                "*** Update File: a\n@@\n-one\n+1\n*** Update File: b\n@@\n-alpha\n+ALPHA\n"
                        + "@@\n-beta gamna\n+x\n");
        refused(
                "hunk 1 of b: there is no line \"delta\"; what follows @@ must be a whole line of"
                        + " the file",
                "*** Update File: b\n@@ delta\n-alpha\n+x\n");
        refused(
                "hunk 2 of b: its lines are only before the hunk that comes before it; put hunks"
                        + " in the order of the file",
                "*** Update File: b\n@@\n-beta gamma\n+x\n@@\n-alpha\n+y\n");
        assertThat(first).hasContent("one\n");
    }

    @Test
    void fileInTheWayIsNotReplaced() throws IOException {
        desk.readFile("a", "one\n");
        desk.readFile("b", "precious\n");
        refused(
                "b is there already; update or delete it instead",
                "*** Update File: a\n*** Move to: b\n@@\n-one\n+1\n");
        refused("b is there already; update or delete it instead", "*** Add File: b\n+x\n");
        assertThat(folder.resolve("b")).hasContent("precious\n");
    }

    @Test
    void filesMustHaveBeenReadAndAreNamedOnce() throws IOException {
        desk.file("a", "one\n");
        refused(
                "a is there and was not read in this conversation: read it first",
                "*** Delete File: a\n");
        desk.call("read", "path", "a");
        refused(
                "the patch names a twice; put all of its hunks behind one head",
                "*** Update File: a\n@@\n-one\n+1\n*** Delete File: a\n");
        refused("there is no x", "*** Delete File: x\n");
    }

    @Test
    void failureInTheMiddleBringsAllBack() throws IOException {
        Path first = desk.readFile("a", "one\n");
        Path second = desk.readFile("b", "two\n");
        Path third = desk.readFile("c", "three\n");
        Files.setPosixFilePermissions(third, PosixFilePermissions.fromString("r--r--r--"));
        refused(
                "cannot write c: it is read-only; no file was changed",
                "*** Update File: a\n@@\n-one\n+1\n*** Delete File: b\n*** Add File: d/e/f\n+x\n"
                        + "*** Update File: c\n@@\n-three\n+3\n");
        assertThat(first).hasContent("one\n");
        assertThat(second).hasContent("two\n");
        assertThat(third).hasContent("three\n");
        assertThat(folder.toFile().list()).containsExactlyInAnyOrder("a", "b", "c");
    }

    @Test
    void patchInAHereDocumentIsFound() throws IOException {
        desk.call(
                "apply_patch",
                "patch",
                "apply_patch <<'EOF'\n*** Begin Patch\n*** Add File: a\n+x\n*** End Patch\nEOF\n");
        assertThat(folder.resolve("a")).hasContent("x\n");
    }

    @Test
    void whatIsNoPatchSaysWhere() {
        wrong("the patch changes no file", "hello");
        wrong(
                "line 3 of the patch: \"*** End Patch\" is missing",
                "*** Begin Patch\n*** Add File: a");
        wrong(
                "line 2 of the patch: expected *** Add File: PATH",
                "*** Begin Patch\n*** Rename File: a\n*** End Patch");
        wrong(
                "line 4 of the patch: a line of a hunk begins with a space, + or -: \"x\"",
                "*** Begin Patch\n*** Update File: a\n@@\nx\n*** End Patch");
        wrong(
                "line 4 of the patch: the update of a has a hunk without lines",
                "*** Begin Patch\n*** Update File: a\n@@ x\n*** End Patch");
        wrong("line 1 of the patch: a hunk without --- and +++", "@@ -1 +1 @@\n-a\n+b\n");
    }

    private Deed edit(String name) {
        return new Deed.Edit(desk.root.resolve(name));
    }

    private void patch(String body) {
        desk.call("apply_patch", "patch", "*** Begin Patch\n" + body + "*** End Patch\n");
    }

    private void refused(String message, String body) {
        assertThatThrownBy(() -> patch(body)).isInstanceOf(ToolException.class).hasMessage(message);
    }

    private void wrong(String message, String patch) {
        assertThatThrownBy(() -> desk.call("apply_patch", "patch", patch))
                .isInstanceOf(ToolException.class)
                .hasMessageStartingWith(message);
    }
}
