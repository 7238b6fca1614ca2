package hal0.tui.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class MarkdownTest {
    private static final String SOURCE =
            """
            # Title `x` **y**

            Text with *one*, **two**, ***three***, ~~four~~, `co*de*`, _five_ and snake_case_word.
            Unclosed **bold and `code. A [link](https://a.b/c?d=e), https://x.y/z.
            - item
              - nested item
            1. first
            10) tenth
            - [ ] open
            - [x] done
            > quote
            >> deeper
            ---
            | name | 値段 |
            |:-----|-----:|
            | `a|b` | \\| |
            | long cell that is wide | 2 |
            after the table
            | not a table |
            plain
            ```java
            int x = 1; // **not bold**
            # not a heading
            ```
            ~~~
            ``` inside
            ~~~
            \\*escaped\\* and 2 * 3 * 4
            last line without an end\
            """;

    @Test
    void rowsAreTheSameHoweverTheTextIsSplit() {
        List<Row> whole = rows(List.of(SOURCE));
        Random random = new Random(3);
        for (int round = 0; round < 300; round++) {
            assertThat(rows(split(SOURCE, random))).isEqualTo(whole);
        }
    }

    @Test
    void committedLinesNeverChangeAndNothingJumpsWhenTheEndComes() {
        Markdown state = Markdown.START;
        List<Row> committed = new ArrayList<>();
        List<String> before = List.of();
        for (int i = 0; i < SOURCE.length(); i++) {
            Markdown.Step step = state.feed(SOURCE.substring(i, i + 1));
            committed.addAll(step.committed());
            state = step.next();
            List<String> now = lines(committed);
            assertThat(now.subList(0, before.size())).isEqualTo(before);
            before = now;
        }
        List<Row> shown = new ArrayList<>(committed);
        shown.addAll(state.open());
        committed.addAll(state.end());
        assertThat(lines(committed)).isEqualTo(lines(shown));
    }

    @Test
    void looksAsItIsMeant() {
        assertThat(lines(rows(List.of(SOURCE))))
                .contains(
                        "Title x y",
                        "Text with one, two, three, four, co*de*, five and",
                        "snake_case_word.",
                        "Unclosed **bold and `code. A link",
                        "• item",
                        "  • nested item",
                        "10) tenth",
                        "☐ open",
                        "☑ done",
                        "│ quote",
                        "│ │ deeper",
                        "name                    値段",
                        "a|b                     |",
                        "| not a table |",
                        "  java",
                        "  int x = 1; // **not bold**",
                        "  # not a heading",
                        "  ``` inside",
                        "*escaped* and 2 * 3 * 4",
                        "last line without an end");
    }

    @Test
    void openPartStaysSmallInALineWithoutEnd() {
        Markdown state = Markdown.START;
        int committed = 0;
        for (int i = 0; i < 1000; i++) {
            Markdown.Step step = state.feed("word ".repeat(100));
            committed += step.committed().size();
            state = step.next();
            assertThat(Span.width(((Row.Flow) state.open().getFirst()).body()))
                    .isLessThanOrEqualTo(Markdown.LONGEST_LINE);
        }
        assertThat(committed).isGreaterThan(50);
    }

    @Test
    void columnsOfALongTableFreezeAndItsRowsAreCommitted() {
        Markdown state = Markdown.START;
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            Markdown.Step step = state.feed(i == 1 ? "|-|-|\n" : "| " + i + " | x |\n");
            rows.addAll(step.committed());
            state = step.next();
            assertThat(state.open()).hasSizeLessThanOrEqualTo(Markdown.TABLE_ROWS);
        }
        rows.addAll(state.end());
        assertThat(rows).hasSize(200).noneMatch(row -> row instanceof Row.Flow);
    }

    @Test
    void noLineIsWiderThanTheScreen() {
        for (int width = 1; width < 60; width++) {
            for (Row row : rows(List.of(SOURCE + "\n" + "日本語".repeat(40)))) {
                boolean table = row instanceof Row.TableRow || row instanceof Row.TableRule;
                for (List<Span> line : Layout.lines(row, width, true)) {
                    int limit = table ? Math.max(width, 8) : Math.max(width, 2);
                    assertThat(Span.width(line)).isLessThanOrEqualTo(limit);
                }
            }
        }
    }

    private static List<String> split(String text, Random random) {
        List<String> pieces = new ArrayList<>();
        for (int at = 0; at < text.length(); ) {
            int end = Math.min(text.length(), at + 1 + random.nextInt(30));
            pieces.add(text.substring(at, end));
            at = end;
        }
        return pieces;
    }

    private static List<Row> rows(List<String> pieces) {
        List<Row> rows = new ArrayList<>();
        Markdown state = Markdown.START;
        for (String piece : pieces) {
            Markdown.Step step = state.feed(piece);
            rows.addAll(step.committed());
            state = step.next();
        }
        rows.addAll(state.end());
        return rows;
    }

    private static List<String> lines(List<Row> rows) {
        List<String> lines = new ArrayList<>();
        for (Row row : rows) {
            for (List<Span> line : Layout.lines(row, 50, true)) {
                StringBuilder text = new StringBuilder();
                line.forEach(span -> text.append(span.text()));
                lines.add(text.toString().stripTrailing());
            }
        }
        return lines;
    }
}
