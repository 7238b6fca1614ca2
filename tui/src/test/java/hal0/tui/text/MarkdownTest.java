package hal0.tui.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// What Markdown looks like.
class MarkdownTest {

    @Test
    void blocksLookAsTheyAreMeant() {
        assertThat(shown(Documents.ALL.getFirst()))
                .containsExactly(
                        "Title x y",
                        "",
                        "Text with one, two, three, four, co*de*, five and",
                        "snake_case.",
                        "Unclosed **bold and `code. A link",
                        "(https://a.b/c?d=e), https://x.y/z.",
                        "• item",
                        "  ◦ nested item",
                        "1. first",
                        "10) tenth",
                        "☐ open",
                        "☑ done",
                        "│ quote",
                        "│ │ deeper",
                        "─".repeat(50),
                        "last line without an end");
    }

    @Test
    void tablesKeepTheirColumnsAndLongerCellsWrap() {
        assertThat(shown(Documents.ALL.get(1)))
                .containsExactly(
                        "name                                    │    値段",
                        "────────────────────────────────────────┼────────",
                        "a|b                                     │       |",
                        "long cell that is wide                  │       2",
                        "x                                       │       3",
                        "a cell that is a good deal longer than  │       4",
                        "those before it were                    │",
                        "                                        │       5",
                        "two                                     │",
                        "lines                                   │",
                        "after the table",
                        "| not a table |",
                        "plain",
                        "a │ b",
                        "──┼──",
                        "1 │ 2",
                        "",
                        "no | table",
                        "but text");
    }

    @Test
    void codeKeepsItsColumnsWhereverItStands() {
        assertThat(shown(Documents.ALL.get(2)))
                .containsExactly(
                        "  java",
                        "  int x = 1; // **not bold**",
                        "  /* a comment",
                        "     of lines */ String s = \"text\";",
                        "  # not a heading",
                        "  ``` inside",
                        "1. Do this:",
                        "     sh",
                        "     echo \"x\" \\",
                        "       | grep y",
                        "   and then",
                        "2. •",
                        "       in an item",
                        "│   python",
                        "│   def f(): return \"q\"",
                        "│       pass",
                        "│ after",
                        "│   a quote that ends",
                        "without its fence",
                        "  md",
                        "  ```",
                        "  nested",
                        "  ```",
                        "  unclosed",
                        "  to the end");
    }

    @Test
    void whatIsRarerLooksRightToo() {
        assertThat(shown(Documents.ALL.get(3)))
                .containsExactly(
                        "Setext",
                        "======",
                        "Second",
                        "─".repeat(50),
                        "A reference[1], a note[n], https://auto.link/x,",
                        "a@b.de, <tag> '.",
                        "More",
                        "",
                        "Line",
                        "break, List<String>, bold, <!-- hidden --> and",
                        "Ctrl.",
                        "",
                        "    indented code",
                        "    second line",
                        "",
                        "",
                        "",
                        "[1] https://example.org \"Title\"",
                        "[n] The note.");
        assertThat(shown(Documents.ALL.get(4)))
                .containsExactly(
                        "  \\int_0^1 x^2 dx",
                        "From $5 to $10, a_1 * b_1, x_i and y.",
                        "  e = mc^2",
                        "hard",
                        "break",
                        "2 * 3 * 4, 2*3*4, __init__.py, 「重要」です,",
                        "*escaped*.",
                        "image (a.png) a (b(c)) bold link (x)",
                        "[unclosed](http",
                        "─".repeat(50),
                        "• • nested",
                        "•",
                        "•");
    }

    @Test
    void boxesOfTasksAreNoBulletsFromTheirFirstLetterOn() {
        assertThat(shown("- [x] done\n  - [ ] open\n> - [X] quoted\n1. [x] first\n"))
                .containsExactly("☑ done", "  ☐ open", "│ ☑ quoted", "☑ first");
        Markdown.Step step = Markdown.START.feed("- [x]");
        assertThat(step.next().open().toString()).contains("☑").doesNotContain("•");
    }

    @Test
    void listsInQuotesKeepTheirIndents() {
        assertThat(shown("> 1. one\n>    - nested\n> > - deeper\n"))
                .containsExactly("│ 1. one", "│    ◦ nested", "│ │ • deeper");
    }

    @Test
    void anAddressWithoutItsSchemeIsALink() {
        Span link = Inline.spans("see www.example.com/a.", Ink.PLAIN).get(1);
        assertThat(link.text()).isEqualTo("www.example.com/a");
        assertThat(link.ink().target()).isEqualTo("http://www.example.com/a");
        assertThat(Inline.spans("www.x and wwww.a.b", Ink.PLAIN)).hasSize(1);
    }

    @Test
    void emphasisIsNotLostInsideOfOther() {
        assertThat(inks("**bold *and italic***"))
                .containsExactly("bold : bold", "and italic: bold italic");
        assertThat(inks("***both***")).containsExactly("both: bold italic");
        assertThat(inks("**a `c` b**")).containsExactly("a : bold", "c: bold code", " b: bold");
        assertThat(inks("<b>x</b> y")).containsExactly("x: bold", " y:");
    }

    /// So long that work which grows with the square of the length would not end.
    @Test
    @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void aLineOfNothingButOpeningMarksIsReadToItsEnd() {
        for (String mark :
                List.of("*a ", "**a ", "`a ``b ", "[a ", "[a](", "_a ~~b ", "$a ", "<a ", "\\(")) {
            String line = mark.repeat(1_000_000);
            assertThat(Inline.lines(line, Ink.PLAIN, true)).as(mark).hasSize(1);
        }
    }

    private static List<String> inks(String text) {
        return Inline.spans(text, Ink.PLAIN).stream()
                .map(span ->
                        (span.text()
                                + ":"
                                + (span.ink().bold() ? " bold" : "")
                                + (span.ink().italic() ? " italic" : "")
                                + (span.ink().role() == Role.CODE ? " code" : "")))
                .toList();
    }

    static List<String> shown(String text) {
        List<String> lines = new ArrayList<>();
        for (Row row : StreamTest.atOnce(text)) {
            for (List<Span> line : Layout.lines(row, 50, true)) {
                StringBuilder out = new StringBuilder();
                line.forEach(span -> out.append(span.text()));
                lines.add(out.toString().stripTrailing());
            }
        }
        return lines;
    }
}
