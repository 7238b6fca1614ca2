package hal0.tui.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// Markdown while it streams, frame by frame.
class StreamTest {
    private static final int WIDTH = 50;

    @Test
    void whatIsAboveTheOpenRowNeverChangesAndTheEndIsThatOfTheWholeText() {
        Random random = new Random(11);
        for (String document : Documents.ALL) {
            for (int round = 0; round < 6; round++) {
                streamed(document, random, document.length() > 5000 ? 900 : 1 + round * 7);
            }
        }
    }

    @Test
    void alsoOfTextThatNobodyWouldWrite() {
        Random random = new Random(12);
        for (int round = 0; round < 3000; round++) {
            streamed(Documents.random(random), random, 1 + round % 9);
        }
    }

    /// At most one source line is open: what a reader has above it stays.
    private static void streamed(String document, Random random, int longest) {
        Markdown state = Markdown.START;
        List<Row> committed = new ArrayList<>();
        List<Row> shownBefore = List.of();
        int openBefore = 0;
        for (int at = 0; at < document.length(); ) {
            int end = Math.min(document.length(), at + 1 + random.nextInt(longest));
            Markdown.Step step = state.feed(document.substring(at, end));
            at = end;
            committed.addAll(step.committed());
            state = step.next();
            List<Row> open = state.open();
            List<Row> shown = new ArrayList<>(committed);
            shown.addAll(open);
            int stays = shownBefore.size() - openBefore;
            assertThat(shown.subList(0, stays)).isEqualTo(shownBefore.subList(0, stays));
            shownBefore = shown;
            openBefore = open.size();
        }
        committed.addAll(state.end());
        assertThat(committed).as(document).isEqualTo(atOnce(document));
        for (Row row : committed) {
            for (List<Span> line : Layout.lines(row, WIDTH, true)) {
                assertThat(Span.width(line)).as(document).isLessThanOrEqualTo(WIDTH);
            }
        }
    }

    static List<Row> atOnce(String document) {
        Markdown.Step step = Markdown.START.feed(document);
        List<Row> rows = new ArrayList<>(step.committed());
        rows.addAll(step.next().end());
        return rows;
    }

    @Test
    void aLongTableStreamsRowByRowInColumnsThatStay() {
        Markdown state = Markdown.START;
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            Markdown.Step step = state.feed(i == 1 ? "|-|-|\n" : "| " + i + " | x |\n");
            rows.addAll(step.committed());
            state = step.next();
            assertThat(state.open()).hasSizeLessThanOrEqualTo(1);
            assertThat(rows.size()).isEqualTo(i + 1 < Table.LOOKED_AT ? 0 : i + 1);
        }
        rows.addAll(state.end());
        assertThat(rows).hasSize(200).noneMatch(row -> row instanceof Row.Flow);
    }

    @Test
    void marksThatAreNotClosedYetAreNotShown() {
        assertThat(opened("a **bo")).isEqualTo("a bo");
        assertThat(opened("a **bold*")).isEqualTo("a bold");
        assertThat(opened("see `co")).isEqualTo("see co");
        assertThat(opened("a [link](http://x")).isEqualTo("a link");
        assertThat(opened("##")).isEmpty();
        assertThat(opened("text <b")).isEqualTo("text ");
        assertThat(opened("```ja")).isEqualTo("  ja");
        assertThat(opened("- **x** an")).isEqualTo("• x an");
    }

    @Test
    void aFenceThatIsBeingClosedDoesNotShowItsMarks() {
        assertThat(opened("```\ncode\n``")).isEmpty();
    }

    @Test
    void aTableThatMayComeIsShownAsOneRowUntilItIsOne() {
        assertThat(opened("| a | b |\n|--")).isEqualTo("| a | b |");
        assertThat(opened("| a | b |\n|--|--|\n| 1 | 2")).isEqualTo("a │ b");
        assertThat(opened("| a | b |\n|--|--|\n| 1 | 2 |\n| 3")).isEqualTo("a │ b · 1 row …");
    }

    @Test
    void theOpenPartStaysSmallInALineWithoutEnd() {
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

    private static String opened(String text) {
        StringBuilder out = new StringBuilder();
        for (Row row : Markdown.START.feed(text).next().open()) {
            for (List<Span> line : Layout.lines(row, WIDTH, true)) {
                line.forEach(span -> out.append(span.text()));
            }
        }
        return out.toString();
    }
}
