package hal0.agent.file;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hal0.agent.tool.PlannedCall;
import hal0.agent.tool.ToolException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EditTest {
    @TempDir Path folder;
    Desk desk;

    @BeforeEach
    void open() throws IOException {
        desk = new Desk(folder);
    }

    @Test
    void passageIsReplacedAndShown() throws IOException {
        Path file = desk.readFile("a", "one\ntwo\nthree\n");
        PlannedCall planned = desk.plan("edit", "path", "a", "old", "two\n", "new", "2\n");
        assertThat(planned.preview())
                .isEqualTo("--- a/a\n+++ b/a\n@@ -1,3 +1,3 @@\n one\n-two\n+2\n three\n");
        assertThat(file).hasContent("one\ntwo\nthree\n");
        assertThat(desk.run(planned).text()).isEqualTo("edited a: 1 place");
        assertThat(file).hasContent("one\n2\nthree\n");
    }

    @Test
    void passageThatStandsTwiceNamesItsLines() throws IOException {
        Path file = desk.readFile("a", "x\ny\nx\n");
        refused(
                "\"old\" is 2 times in a (lines 1, 3): give more of what is around it, or all",
                "x",
                "z");
        desk.call("edit", "path", "a", "old", "x", "new", "z", "all", true);
        assertThat(file).hasContent("z\ny\nz\n");
    }

    @Test
    void severalEditsAreDoneInOrderOrNotAtAll() throws IOException {
        Path file = desk.readFile("a", "one two\n");
        Map<String, String> first = Map.of("old", "one", "new", "1");
        Map<String, String> second = Map.of("old", "1 two", "new", "1 2");
        Map<String, String> wrong = Map.of("old", "four", "new", "4");
        assertThatThrownBy(() -> desk.call("edit", "path", "a", "edits", List.of(first, wrong)))
                .hasMessageContaining("not in a after edit 1");
        assertThat(file).hasContent("one two\n");
        desk.call("edit", "path", "a", "edits", List.of(first, second));
        assertThat(file).hasContent("1 2\n");
    }

    @Test
    void windowsLinesAreMatchedAndKept() throws IOException {
        Path file = desk.readFile("a", "one\r\ntwo\r\nthree\r\n");
        desk.call("edit", "path", "a", "old", "one\ntwo", "new", "1\n1.5\n2");
        assertThat(Files.readString(file)).isEqualTo("1\r\n1.5\r\n2\r\nthree\r\n");
    }

    @Test
    void eachLineOfMixedEndingsKeepsItsOwn() throws IOException {
        Path file = desk.readFile("a", "one\r\ntwo\nthree\r\nfour\n");
        desk.call("edit", "path", "a", "old", "one\ntwo\nthree\n", "new", "one\n2\nthree\n");
        assertThat(Files.readString(file)).isEqualTo("one\r\n2\nthree\r\nfour\n");
    }

    @Test
    void markModeAndMissingLastNewlineAreKept() throws IOException {
        Path file = desk.readFile("a", "\ufeffone\ntwo");
        desk.call("edit", "path", "a", "old", "two", "new", "😀");
        assertThat(Files.readString(file)).isEqualTo("\ufeffone\n😀");
    }

    @Test
    void latinFileKeepsItsBytesAndRefusesWhatItCannotHold() throws IOException {
        Path file = folder.resolve("a");
        Files.write(file, "naïve café\n".getBytes(ISO_8859_1));
        desk.call("read", "path", "a");
        refused("a is ISO-8859-1, which cannot hold \"€\"", "café", "€");
        desk.call("edit", "path", "a", "old", "café", "new", "thé");
        assertThat(Files.readAllBytes(file)).isEqualTo("naïve thé\n".getBytes(ISO_8859_1));
    }

    @Test
    void fileMustBeReadAndUnchanged() throws IOException {
        Path file = desk.file("a", "one");
        refused("a is there and was not read in this conversation: read it first", "one", "1");
        desk.call("read", "path", "a");
        Files.writeString(file, "one more");
        refused("a has changed since it was read: read it again", "one", "1");
        assertThatThrownBy(() -> desk.call("edit", "path", "b", "old", "x", "new", "y"))
                .hasMessage("there is no b");
    }

    @Test
    void wrongIndentationIsNamedWithTheLines() throws IOException {
        desk.readFile("a", "class A {\n\tvoid one() {\n\t\treturn;\n\t}\n}\n");
        refused(
                "this is not in a: the nearest is at line 2; the indentation differs: the file has"
                        + " tabs (lines 2, 3).\n2\t\tvoid one() {\n3\t\t\treturn;\n",
                "    void one() {\n        return;\n",
                "x");
    }

    @Test
    void whatElseDiffersIsNamed() throws IOException {
        desk.readFile("a", "first line  \nsay “hello”\nint total = 3;\n");
        refused(
                "this is not in a: the nearest is at line 1; spaces at the end of a line differ"
                        + " (line 1).\n1\tfirst line  \n2\tsay “hello”\n",
                "first line\nsay “hello”",
                "x");
        refused(
                "this is not in a: the nearest is at line 2; quotes, dashes, spaces or accents only"
                        + " look the same (line 2).\n2\tsay “hello”\n",
                "say \"hello\"",
                "x");
        refused(
                "this is not in a: the nearest is at line 3; the text differs (line 3).\n"
                        + "3\tint total = 3;\n",
                "int total = 4;",
                "x");
        refused("this is not in a: nothing there is like zzz; read it again", "zzz", "x");
    }

    @Test
    void lineNumbersOfReadAreRecognised() throws IOException {
        desk.readFile("a", "one\ntwo\n");
        refused(
                "it carries the line numbers that read shows; leave out the number and the tab"
                        + " of each line",
                "1\tone\n2\ttwo",
                "x");
    }

    @Test
    void editThatWasMadeAlreadyIsRecognised() throws IOException {
        desk.readFile("a", "one\ntwo\n");
        refused(
                "\"old\" is not in a, but \"new\" is, at line 2: it may be done already",
                "2\n",
                "two\n");
    }

    @Test
    void emptyAndEqualTextsAreRefused() throws IOException {
        desk.readFile("a", "one\n");
        refused("\"old\" is empty; use write to make a file", "", "x");
        refused("\"old\" and \"new\" are the same", "one\r\n", "one\n");
    }

    @Test
    void missInALargeFileIsExplainedQuickly() throws IOException {
        Random random = new Random(1);
        StringBuilder text = new StringBuilder();
        while (text.length() < 2 << 20) {
            text.append("    value ").append(random.nextLong()).append(" }\n");
        }
        text.append("    the passage that is meant\n    }\n");
        desk.readFile("a", text.toString());
        long started = System.nanoTime();
        assertThatThrownBy(() ->
                        desk.call(
                                "edit",
                                "path",
                                "a",
                                "old",
                                "the passage that was meant\n  {",
                                "new",
                                "x"))
                .hasMessageContaining("the passage that is meant");
        assertThat((System.nanoTime() - started) / 1_000_000).isLessThan(3_000);
    }

    @Test
    void lineOfTenMegabytesCanBeEdited() throws IOException {
        String half = "a".repeat(5 << 20);
        Path file = desk.readFile("a", half + "needle" + half);
        desk.call("edit", "path", "a", "old", "needle", "new", "pin");
        assertThat(Files.readString(file)).isEqualTo(half + "pin" + half);
    }

    @Test
    void randomEditsAreThoseOfAString() throws IOException {
        Random random = new Random(20_261_121);
        for (int round = 0; round < 5000; round++) {
            Sample sample = Sample.of(random);
            String raw = sample.ended(sample.text);
            String result = new Edit(sample.old, sample.now, true).in(raw, "f").text();
            assertThat(result)
                    .as("%s: %s -> %s", sample.text, sample.old, sample.now)
                    .isEqualTo(sample.ended(sample.text.replace(sample.old, sample.now)));
        }
    }

    @Test
    void randomEditsOfFilesAreThoseOfAString() throws IOException {
        Random random = new Random(7);
        for (int round = 0; round < 40; round++) {
            Sample sample = Sample.of(random);
            Path file = desk.readFile("f", sample.ended(sample.text));
            desk.call("edit", "path", "f", "old", sample.old, "new", sample.now, "all", true);
            assertThat(Files.readString(file))
                    .isEqualTo(sample.ended(sample.text.replace(sample.old, sample.now)));
        }
    }

    /// A text, a piece of it and something else; `windows` when its lines end with CRLF.
    private record Sample(String text, String old, String now, boolean windows) {
        private static final String[] PIECES = {
            "a", "b", "é", "😀", "\n", "\n", " ", "\t", "ab", "\u0301"
        };

        static Sample of(Random random) {
            String text = text(random, 1 + random.nextInt(60));
            String now = text(random, random.nextInt(8));
            int from = whole(text, random.nextInt(text.length()), -1);
            int to = whole(text, from + 1 + random.nextInt(text.length() - from), 1);
            String old = text.substring(from, to);
            // A text of one line has no endings to go by.
            boolean windows = random.nextBoolean() && text.indexOf('\n') >= 0;
            return new Sample(text, old, old.equals(now) ? now + "x" : now, windows);
        }

        String ended(String plain) {
            return windows ? plain.replace("\n", "\r\n") : plain;
        }

        private static String text(Random random, int count) {
            StringBuilder text = new StringBuilder();
            for (int i = 0; i < count; i++) {
                text.append(PIECES[random.nextInt(PIECES.length)]);
            }
            return text.toString();
        }

        /// Not between the halves of an emoji, but before or behind it.
        private static int whole(String text, int at, int step) {
            boolean inside = at < text.length() && Character.isLowSurrogate(text.charAt(at));
            return inside ? at + step : at;
        }
    }

    private void refused(String message, String old, String now) {
        assertThatThrownBy(() -> desk.call("edit", "path", "a", "old", old, "new", now))
                .isInstanceOf(ToolException.class)
                .hasMessage(message);
    }
}
