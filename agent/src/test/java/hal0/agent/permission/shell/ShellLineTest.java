package hal0.agent.permission.shell;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class ShellLineTest {

    @Test
    void wordsAreReadAsBashReadsThem() {
        assertThat(words("a 'b c' \"d $ e\" f\\ g $'h\\ti' \"j\\\"k\" '' l#m"))
                .containsExactly("a", "b c", "d $ e", "f g", "h\ti", "j\"k", "", "l#m");
        assertThat(words("git log --format='%h' HEAD@{1} stash@{0} {}"))
                .containsExactly("git", "log", "--format=%h", "HEAD@{1}", "stash@{0}", "{}");
    }

    @Test
    void everyCommandOfALineIsFound() {
        assertThat(names("a; b & c\nd && e || f | g |& h"))
                .containsExactly("a", "b", "c", "d", "e", "f", "g", "h");
        assertThat(names("if a; then b; elif c; then d; else e; fi; while f; do g; done"))
                .containsExactly("a", "b", "c", "d", "e", "f", "g");
        assertThat(names("(a; (b)) && { c; } && ! d && time -p e"))
                .containsExactly("a", "b", "c", "d", "e");
        assertThat(names("x \"$(a `b`)\" <(c) ${y:-$(d)} >$(e)\ncat <<E\n$(f)\nE\ng"))
                .containsExactly("b", "a", "c", "d", "e", "x", "cat", "f", "g");
        assertThat(names("case a in b|c) d;; (e) f;& *) g; esac; h"))
                .containsExactly("d", "f", "g", "h");
        assertThat(names("for i in $(a) b; do c; done")).contains("a", "c").doesNotContain("b");
    }

    @Test
    void redirectionsAndAssignmentsAreNoWords() {
        ShellLine line = ShellLine.of("X=1 Y=$z cmd <in >out 2>>err &>both arg >&2 2>&1 <<<text");
        ShellCommand command = line.commands().getFirst();
        assertThat(command.words()).extracting(Word::text).containsExactly("cmd", "arg");
        assertThat(command.assignments()).extracting(Assignment::name).containsExactly("X", "Y");
        assertThat(command.redirects())
                .extracting(r -> (r.writes() ? ">" : "<") + r.target().text())
                .containsExactly("<in", ">out", ">err", ">both");
    }

    @Test
    void aLineThatIsNotUnderstoodSaysWhy() {
        assertThat(ShellLine.of("f() { a; }").unclear()).contains("function");
        assertThat(ShellLine.of("a 'b").unclear()).contains("quote");
        assertThat(ShellLine.of("a\u200bb").unclear()).contains("U+200B");
        assertThat(ShellLine.of("$x y").unclear()).contains("not a plain word");
        assertThat(ShellLine.of("cat <<E\nx").unclear()).contains("here-document");
    }

    @Test
    @Timeout(60)
    void noTextMakesItFailOrHang() {
        Random random = new Random(20_261_121);
        String signs =
                "ab 'x\" \\$`(){}[]<>&|;#!*?~=\n\tcase in esac do for if [[ ]] $(( )) <<E ${";
        for (int i = 0; i < 60_000; i++) {
            StringBuilder text = new StringBuilder();
            for (int length = random.nextInt(60); length > 0; length--) {
                text.append(signs.charAt(random.nextInt(signs.length())));
            }
            byte[] bytes = new byte[random.nextInt(40)];
            random.nextBytes(bytes);
            assertThatCode(() -> ShellLine.of(text.toString()))
                    .as(text.toString())
                    .doesNotThrowAnyException();
            ShellLine.of(text + new String(bytes, ISO_8859_1));
        }
    }

    @Test
    void aLongLineTakesTimeInProportion() {
        for (String piece :
                List.of(
                        "a;",
                        "$(",
                        "(",
                        "`a`",
                        "<<E ",
                        "[\"",
                        "{a,",
                        "'",
                        "case a in a) ",
                        "\\\n ",
                        "a ",
                        "if ",
                        "${x:-",
                        "<(",
                        "[[ ",
                        "a=1 ",
                        "$((1",
                        "bash -c '",
                        "x[$(a)] ")) {
            String line = piece.repeat(95_000 / piece.length());
            assertThat(Duration.ofNanos(nanos(() -> ShellLine.of(line))))
                    .as(piece)
                    .isLessThan(Duration.ofSeconds(2));
        }
        String huge = "a 'b' ".repeat(200_000);
        assertThat(ShellLine.of(huge).unclear()).contains("longer");
    }

    private static long nanos(Runnable run) {
        long start = System.nanoTime();
        run.run();
        return System.nanoTime() - start;
    }

    private static List<String> words(String line) {
        ShellLine read = ShellLine.of(line);
        assertThat(read.unclear()).isNull();
        assertThat(read.commands()).hasSize(1);
        return read.commands().getFirst().words().stream().map(Word::text).toList();
    }

    private static List<String> names(String line) {
        ShellLine read = ShellLine.of(line);
        assertThat(read.unclear()).isNull();
        return read.commands().stream()
                .map(ShellCommand::name)
                .filter(name -> !name.isEmpty())
                .toList();
    }
}
