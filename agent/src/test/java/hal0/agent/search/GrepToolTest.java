package hal0.agent.search;

import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import hal0.agent.tool.ToolException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GrepToolTest {
    @TempDir Path folder;

    @Nested
    class OfJava extends Both {
        OfJava() {
            super(null);
        }

        @Test
        void aPatternThatTriesEveryWayIsGivenUp() {
            tree.file("a.txt", "a".repeat(5000) + "b");

            Assertions.assertTimeoutPreemptively(
                    Duration.ofSeconds(20),
                    () ->
                            assertThatThrownBy(() -> found("{'pattern':'(a+)+$'}"))
                                    .isInstanceOf(ToolException.class)
                                    .hasMessageContaining("tries too many ways in a.txt"));
        }

        @Test
        void aPatternThatCallsItselfTooDeepIsGivenUp() {
            tree.file("a.txt", "ab".repeat(100_000));

            assertThatThrownBy(() -> found("{'pattern':'^(a|b)*$'}"))
                    .isInstanceOf(ToolException.class)
                    .hasMessageContaining("tries too many ways");
        }

        @Test
        void aWrongPatternIsExplained() {
            assertThatThrownBy(() -> found("{'pattern':'foo('}"))
                    .isInstanceOf(ToolException.class)
                    .hasMessageContaining("not a regular expression: unclosed group");
        }
    }

    @Nested
    class OfRipgrep extends Both {
        OfRipgrep() {
            super(System.getenv("PATH"));
        }

        @BeforeEach
        void installed() {
            assumeTrue(Ripgrep.onPath(System.getenv("PATH")).isPresent(), "rg is not installed");
        }

        @Test
        void whatOnlyJavaKnowsIsSearchedByJava() {
            tree.file("a.txt", "foobar", "foobaz");

            assertThat(found("{'pattern':'foo(?!bar)'}"))
                    .isEqualTo("a.txt\n2:foobaz\n[1 line in 1 file]");
            assertThatThrownBy(() -> found("{'pattern':'foo('}"))
                    .hasMessageContaining("not a regular expression");
        }
    }

    @Test
    void aProgramInARelativeFolderOfThePathIsNotRun() throws IOException {
        Path planted = Files.createFile(folder.resolve("rg"));
        assertThat(planted.toFile().setExecutable(true)).isTrue();

        assertThat(Ripgrep.onPath(".:" + folder)).contains(planted);
        assertThat(Ripgrep.onPath(".::relative")).isEmpty();
        assertThat(Ripgrep.onPath(null)).isEmpty();
    }

    /// Holds whichever program does the work.
    abstract class Both {
        private final @Nullable String searchPath;
        Tree tree;
        private GrepTool grep;

        Both(@Nullable String searchPath) {
            this.searchPath = searchPath;
        }

        @BeforeEach
        void make() throws IOException {
            tree = Tree.in(folder);
            grep = new GrepTool(tree.workspace(), searchPath);
        }

        String found(String arguments) {
            return Tree.call(grep, arguments).text();
        }

        @Test
        void linesAreShownUnderTheirFileWithTheirNumbers() {
            tree.file("b.txt", "one", "two three", "three")
                    .file("a/a.txt", "", "three", "x", "y", "three");

            assertThat(found("{'pattern':'thr[e]+'}"))
                    .isEqualTo(
                            """
                            a/a.txt
                            2:three
                            5:three
                            b.txt
                            2:two three
                            3:three
                            [4 lines in 2 files]\
                            """);
        }

        @Test
        void contextIsShownOnceAndGapsAreMarked() {
            tree.file("a.txt", "1", "2", "x3", "4", "x5", "6", "7", "8", "9", "x10", "11");

            assertThat(found("{'pattern':'x','context':1}"))
                    .isEqualTo(
                            """
                            a.txt
                            2-2
                            3:x3
                            4-4
                            5:x5
                            6-6
                            --
                            9-9
                            10:x10
                            11-11
                            [3 lines in 1 file]\
                            """);
        }

        @Test
        void filesAndCounts() {
            tree.file("a.txt", "x", "x", "y").file("b.txt", "x").file("c.txt", "z");

            assertThat(found("{'pattern':'x','mode':'files'}"))
                    .isEqualTo("a.txt\nb.txt\n[2 files]");
            assertThat(found("{'pattern':'x','mode':'count'}"))
                    .isEqualTo("a.txt: 2\nb.txt: 1\n[3 lines in 2 files]");
        }

        @Test
        void onlyFilesOfTheGlobAndOfThePath() {
            tree.file("a.java", "x").file("src/b.java", "x").file("src/c.txt", "x");

            assertThat(found("{'pattern':'x','glob':'*.java','mode':'files'}"))
                    .isEqualTo("a.java\nsrc/b.java\n[2 files]");
            assertThat(found("{'pattern':'x','glob':'src/**','mode':'files'}"))
                    .isEqualTo("src/b.java\nsrc/c.txt\n[2 files]");
            assertThat(found("{'pattern':'x','path':'src','glob':'*.{txt,md}','mode':'files'}"))
                    .isEqualTo("src/c.txt\n[1 file]");
            assertThat(found("{'pattern':'x','path':'src/c.txt'}"))
                    .isEqualTo("src/c.txt\n1:x\n[1 line in 1 file]");
        }

        @Test
        void ignoredHiddenAndBinaryFilesAndSecretsStayOut() {
            tree.file(".gitignore", "*.log", "/out/")
                    .file("a.log", "key")
                    .file("out/b.txt", "key")
                    .file(".hidden", "key")
                    .file(".git/c", "key")
                    .file(".env", "key")
                    .file("tls.pem", "key")
                    .file("prod.env", "key")
                    .file("conf/secrets.yml", "key")
                    .file("conf/terraform.tfstate", "key")
                    .file(".github/d.yml", "key")
                    .bytes("e.bin", "key\n\0".getBytes(UTF_8))
                    .file("f.txt", "key");

            assertThat(found("{'pattern':'key'}"))
                    .isEqualTo(".github/d.yml\n1:key\nf.txt\n1:key\n[2 lines in 2 files]");
            assertThat(found("{'pattern':'key','glob':'.*','mode':'files'}"))
                    .isEqualTo(".hidden\n[1 file]");
            assertThat(found("{'pattern':'key','glob':'*.log'}"))
                    .isEqualTo("nothing matches in files *.log");
            assertThat(found("{'pattern':'key','path':'.env'}"))
                    .isEqualTo(".env\n1:key\n[1 line in 1 file]");
        }

        @Test
        void caseAndOtherScripts() {
            tree.file("a.txt", "Straße KELVIN", "straße kelvin", "Ünï", "日本語")
                    .bytes("c.txt", "\ufeffwide Löwe\n".getBytes(UTF_16LE))
                    .bytes("d.txt", "\ufefffirst\n".getBytes(UTF_8));

            assertThat(found("{'pattern':'STRASSE|kelvin','ignore_case':true,'mode':'count'}"))
                    .startsWith("a.txt: 2\n");
            assertThat(found("{'pattern':'^\\\\w+$','path':'a.txt'}"))
                    .isEqualTo("a.txt\n3:Ünï\n4:日本語\n[2 lines in 1 file]");
            assertThat(found("{'pattern':'本'}")).startsWith("a.txt\n4:日本語");
            assertThat(found("{'pattern':'ünÏ','ignore_case':true}")).startsWith("a.txt\n3:Ünï");
            assertThat(found("{'pattern':'Löwe'}")).startsWith("c.txt\n1:wide Löwe");
            assertThat(found("{'pattern':'^first$'}")).startsWith("d.txt\n1:first");
        }

        @Test
        void endsOfLinesOfWindowsAreNoPartOfTheLine() {
            tree.bytes("a.txt", "one\r\ntwo\r\nlast".getBytes(UTF_8));

            assertThat(found("{'pattern':'o$'}")).isEqualTo("a.txt\n2:two\n[1 line in 1 file]");
            assertThat(found("{'pattern':'^last$'}")).startsWith("a.txt\n3:last");
        }

        @Test
        void ofALongLineThePartAroundTheMatchIsShown() {
            tree.file("a.txt", "x".repeat(100_000) + "needle" + "y".repeat(100_000));

            assertThat(found("{'pattern':'needle'}"))
                    .startsWith("a.txt\n1:…x")
                    .contains("xneedley")
                    .hasSizeLessThan(400);
        }

        @Test
        void aFileWithManyMatchesLeavesRoomForOthers() {
            tree.file("a.txt", "x\n".repeat(1000)).file("b.txt", "x");

            String found = found("{'pattern':'x'}");

            assertThat(found).contains("\n100:x\n[more in this file]\nb.txt\n1:x\n");
            assertThat(found).endsWith("[at least 101 lines in 2 files]");
        }

        @Test
        void tooMuchIsCutAndSaid() {
            for (int i = 0; i < 100; i++) {
                tree.file("f" + i + ".txt", "x\n".repeat(90));
            }

            String found = found("{'pattern':'x'}");

            assertThat(found.lines().count()).isLessThan(450);
            assertThat(found).endsWith("; narrow the pattern, the path or the glob]");
        }

        @Test
        void aLineBreakInAPatternIsRefused() {
            assertThatThrownBy(() -> found("{'pattern':'a\\\\nb'}"))
                    .hasMessageContaining("line by line");
            tree.file("a.txt", "C:\\new");
            assertThat(found("{'pattern':'C:\\\\\\\\new'}")).contains("1:C:\\new");
        }

        @Test
        void aLargeFileIsSearchedWholeWithRightNumbers() {
            StringBuilder text = new StringBuilder();
            for (int i = 1; i <= 200_000; i++) {
                text.append(i % 50_000 == 0 ? "needle " : "hay ").append(i).append('\n');
            }
            tree.bytes("a.txt", text.toString().getBytes(UTF_8));

            assertThat(found("{'pattern':'needle','context':1}"))
                    .isEqualTo(
                            """
                            a.txt
                            49999-hay 49999
                            50000:needle 50000
                            50001-hay 50001
                            --
                            99999-hay 99999
                            100000:needle 100000
                            100001-hay 100001
                            --
                            149999-hay 149999
                            150000:needle 150000
                            150001-hay 150001
                            --
                            199999-hay 199999
                            200000:needle 200000
                            [4 lines in 1 file]\
                            """);
        }
    }
}
