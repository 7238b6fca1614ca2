package hal0.agent.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hal0.agent.permission.Deed;
import hal0.agent.tool.ToolException;
import hal0.providers.http.CancelToken;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GlobToolTest {
    @TempDir Path folder;
    private Tree tree;
    private GlobTool glob;

    @BeforeEach
    void make() throws IOException {
        tree = Tree.in(folder);
        glob = new GlobTool(tree.workspace());
    }

    private String found(String arguments) {
        return Tree.call(glob, arguments).text();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    *.java            | src/a/A.java    | true
                    *.java            | A.java          | true
                    *.java            | A.jav           | false
                    src/*.java        | src/A.java      | true
                    src/*.java        | src/a/A.java    | false
                    src/**/*.java     | src/A.java      | true
                    src/**/*.java     | src/a/b/A.java  | true
                    src/**/*.java     | lib/A.java      | false
                    **/a/**           | x/a/b/c         | true
                    **/a/**           | x/a             | false
                    *.{ts,tsx}        | x/y.tsx         | true
                    {a,b/{c,d}}/*.md  | b/d/x.md        | true
                    {a,b/{c,d}}/*.md  | b/x.md          | false
                    [A-C]?.md         | B1.md           | true
                    [!A-C]?.md        | B1.md           | false
                    src/              | src/a/b         | true
                    ./src/*           | src/a           | true
                    a*b*c*d*e*f*g     | aXbXcXdXeXfX    | false
                    """)
    void patterns(String pattern, String name, boolean matches) {
        assertThat(FileGlob.of(pattern).matches(name)).isEqualTo(matches);
    }

    @Test
    void aPatternMadeToTakeForEverDoesNot() {
        String pattern = "*a".repeat(200) + "b";

        assertThat(FileGlob.of(pattern).matches("a".repeat(5000))).isFalse();
        assertThatThrownBy(() -> FileGlob.of("{a,b}".repeat(20)))
                .isInstanceOf(ToolException.class)
                .hasMessageContaining("too many");
    }

    @Test
    void theNewestComesFirst() throws IOException {
        tree.file("old.txt").file("new.txt").file("sub/mid.txt");
        age("old.txt", 3);
        age("sub/mid.txt", 2);
        age("new.txt", 1);

        assertThat(found("{'pattern':'*.txt'}")).isEqualTo("new.txt\nsub/mid.txt\nold.txt");
    }

    private void age(String name, long days) throws IOException {
        FileTime time = FileTime.fromMillis(1_700_000_000_000L - days * 86_400_000);
        Files.setLastModifiedTime(tree.root().resolve(name), time);
    }

    @Test
    void saysHowManyMoreThereAre() {
        for (int i = 0; i < GlobTool.SHOWN + 5; i++) {
            tree.file("f" + i + ".txt");
        }

        assertThat(found("{'pattern':'*.txt'}").lines()).hasSize(GlobTool.SHOWN + 1);
        assertThat(found("{'pattern':'*.txt'}"))
                .endsWith("narrow the pattern or the path to see others]");
        assertThat(found("{'pattern':'*.txt'}")).contains("[the newest 200 of 205 files");
    }

    @Test
    void namesAreFromTheWorkspaceSoThatTheyCanBeRead() {
        tree.file("a/b/c.txt");

        assertThat(found("{'pattern':'*.txt','path':'a/b'}")).isEqualTo("a/b/c.txt");
        assertThat(found("{'pattern':'b/*.txt','path':'a'}")).isEqualTo("a/b/c.txt");
    }

    @Test
    void aHiddenNameIsFoundWhenThePatternOrThePathAsksForIt() {
        tree.file(".idea/x.xml").file(".env");

        assertThat(found("{'pattern':'*.xml'}")).isEqualTo("no file matches *.xml");
        assertThat(found("{'pattern':'.idea/*.xml'}")).isEqualTo(".idea/x.xml");
        assertThat(found("{'pattern':'*.xml','path':'.idea'}")).isEqualTo(".idea/x.xml");
        assertThat(found("{'pattern':'.env*'}")).isEqualTo(".env");
    }

    @Test
    void saysWhatIsWrongWithItsArguments() {
        tree.file("a.txt");

        assertThatThrownBy(() -> found("{'pattern':'/etc/*'}")).hasMessageContaining("relative");
        assertThatThrownBy(() -> found("{'pattern':'../*'}")).hasMessageContaining("..");
        assertThatThrownBy(() -> found("{'pattern':'*','path':'no'}"))
                .hasMessageContaining("there is no no");
        assertThatThrownBy(() -> found("{'pattern':'*','path':'a.txt'}"))
                .hasMessageContaining("a.txt is a file");
    }

    @Test
    void permissionIsAskedForTheFolderThatALinkLeadsTo(@TempDir Path outside) throws IOException {
        Files.createSymbolicLink(tree.root().resolve("out"), outside);

        assertThat(glob.plan(Tree.json("{'pattern':'*','path':'out'}")).deeds())
                .containsExactly(new Deed.Read(outside.toRealPath()));
    }

    @Test
    void cancelledItSaysSo() {
        tree.file("a.txt");
        CancelToken cancel = new CancelToken();
        cancel.cancel("the user");

        assertThatThrownBy(() -> glob.plan(Tree.json("{'pattern':'*'}")).run(Tree.run(cancel)))
                .isInstanceOf(ToolException.class)
                .hasMessage("cancelled");
    }
}
