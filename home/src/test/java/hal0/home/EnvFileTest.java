package hal0.home;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EnvFileTest {
    @TempDir Path folder;
    private Path path;
    private EnvFile file;

    @BeforeEach
    void file() {
        path = folder.resolve("api.env");
        file = new EnvFile(path);
    }

    private EnvFile.Contents reading(String text) throws IOException {
        Files.writeString(path, text);
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-------"));
        return file.read();
    }

    private List<String> problems(String text) throws IOException {
        return reading(text).problems().stream().map(EnvFile.Problem::toString).toList();
    }

    @Test
    void aMissingFileIsEmpty() {
        assertThat(file.read().values()).isEmpty();
        assertThat(file.read().problems()).isEmpty();
    }

    @Test
    void linesAsPeopleWriteThemAreRead() throws IOException {
        EnvFile.Contents contents =
                reading(
                        """
                        # my keys

                        A=one
                          B = two words\s\s
                        export C=three
                        D="four # not a comment"
                        E='five'
                        F==a=b=
                        G=
                        H="
                        I=k\u00e4y
                        """);

        assertThat(contents.problems()).isEmpty();
        assertThat(contents.values())
                .isEqualTo(
                        Map.of(
                                "A",
                                "one",
                                "B",
                                "two words",
                                "C",
                                "three",
                                "D",
                                "four # not a comment",
                                "E",
                                "five",
                                "F",
                                "=a=b=",
                                "G",
                                "",
                                "H",
                                "\"",
                                "I",
                                "k\u00e4y"));
    }

    @Test
    void windowsLineEndsAreNotPartOfAValue() throws IOException {
        assertThat(reading("A=one\r\nB=two\r\n").values())
                .isEqualTo(Map.of("A", "one", "B", "two"));
    }

    @Test
    void brokenLinesAreReportedWithTheirNumberAndWithoutTheirText() throws IOException {
        assertThat(
                        problems(
                                "A=fine\nsk-secret\nlower=secret\nB=se\u0007cret\nC=fine\n"
                                        + "1X=secret\n"))
                .containsExactly(
                        "api.env:2: there is no = in this line (write NAME=value)",
                        "api.env:3: what is before the = is not a name (capital letters, digits"
                                + " and _ only, a letter first, at most 64)",
                        "api.env:4: the value of B is not printable (paste it again)",
                        "api.env:6: what is before the = is not a name (capital letters, digits"
                                + " and _ only, a letter first, at most 64)");
        assertThat(file.read().values()).containsOnlyKeys("A", "C");
        assertThat(file.read().toString()).doesNotContain("secret", "fine");
    }

    @Test
    void theLastOfTwoLinesCountsAndIsReported() throws IOException {
        EnvFile.Contents contents = reading("A=one\nA=two\n");

        assertThat(contents.values()).isEqualTo(Map.of("A", "two"));
        assertThat(contents.problems())
                .singleElement()
                .hasToString(
                        "api.env:2: A is in line 1 too; this one counts (remove one of the two)");
    }

    @Test
    void aFileThatOthersCanReadIsReported() throws IOException {
        Files.writeString(path, "A=1\n");
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-r--r--"));

        assertThat(file.read().problems())
                .singleElement()
                .hasToString(
                        "api.env: other users of this machine can read it (chmod 600 %s)"
                                .formatted(path));
    }

    @Test
    void aFileThatIsNotTextIsOneProblem() throws IOException {
        Files.write(path, "A=caf\u00e9\n".getBytes(ISO_8859_1));

        assertThat(file.read().values()).isEmpty();
        assertThat(file.read().problems())
                .singleElement()
                .hasToString("api.env: cannot be read: it is not UTF-8 text");
        assertThatThrownBy(() -> file.set("B", "x")).isInstanceOf(IOException.class);
    }

    @Test
    void settingMakesAPrivateFile() throws IOException {
        file.set("DEEPSEEK_API_KEY", "sk-1");

        assertThat(path).hasContent("DEEPSEEK_API_KEY=sk-1\n");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
                .isEqualTo("rw-------");
    }

    @Test
    void settingKeepsCommentsOrderAndEveryOtherByte() throws IOException {
        reading("# top\r\n\r\n export  A = 'old'  \r\nbroken line\r\n#A=x\r\nB=2");

        file.set("A", "new");
        assertThat(Files.readString(path))
                .isEqualTo("# top\r\n\r\n export  A =new\r\nbroken line\r\n#A=x\r\nB=2");
        file.set("C", "3");
        assertThat(Files.readString(path))
                .isEqualTo("# top\r\n\r\n export  A =new\r\nbroken line\r\n#A=x\r\nB=2\r\nC=3\r\n");
        assertThat(file.read().values()).isEqualTo(Map.of("A", "new", "B", "2", "C", "3"));
    }

    @Test
    void settingReplacesTheLineThatCounts() throws IOException {
        reading("A=1\nA=2\n");

        file.set("A", "3");

        assertThat(path).hasContent("A=1\nA=3\n");
        assertThat(file.read().values()).isEqualTo(Map.of("A", "3"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"x", " x ", "\"x\"", "'x'", "\"", "a=b#c", "$HOME", "\\n", "ключ", "''"})
    void whatIsSetReadsBackTheSame(String value) throws IOException {
        file.set("A", value);

        assertThat(file.read().values()).isEqualTo(Map.of("A", value));
    }

    @Test
    void removingTakesEveryLineOfTheName() throws IOException {
        reading("# c\nA=1\nB=2\nA=3\n");

        file.remove("A");

        assertThat(path).hasContent("# c\nB=2\n");
        file.remove("NONE");
        assertThat(path).hasContent("# c\nB=2\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a", "1A", "_A", "A-B", "A B", "A=", "\u00c4"})
    void namesThatAreNoneAreRefused(String name) {
        assertThatThrownBy(() -> file.set(name, "hush"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageNotContaining("hush");
        assertThat(path).doesNotExist();
    }

    @Test
    void aNameHasAtMost64Characters() throws IOException {
        file.set("A".repeat(64), "x");

        assertThatThrownBy(() -> file.set("A".repeat(65), "x"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "sec\nret", "sec\rret", "sec\tret", "sec\u0000ret", "sec\u2028ret"})
    void valuesThatAreNotOnePrintableLineAreRefusedUnseen(String value) {
        assertThatThrownBy(() -> file.set("A", value))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("the value of A ")
                .hasMessageNotContaining("sec");
        assertThat(path).doesNotExist();
    }
}
