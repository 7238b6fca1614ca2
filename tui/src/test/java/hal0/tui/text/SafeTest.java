package hal0.tui.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SafeTest {
    @Test
    void sequencesAreShownAndNotObeyed() {
        assertThat(Safe.visible("\u001b]52;c;aGk=\u0007")).isEqualTo("␛]52;c;aGk=␇");
        assertThat(Safe.visible("\u009b2J")).isEqualTo("<U+009B>2J");
        assertThat(Safe.visible("a\u202eb")).isEqualTo("a<U+202E>b");
        assertThat(Safe.visible("a\u200bb\ufeff")).isEqualTo("a<U+200B>b<U+FEFF>");
        assertThat(Safe.visible("\ud800x")).isEqualTo("\ufffdx");
        assertThat(Safe.visible("a\rb\r\nc\u007f")).isEqualTo("a␍b\nc␡");
        assertThat(Safe.oneLine("a\nb")).isEqualTo("a b");
    }

    @Test
    void tabsReachTheNextStop() {
        assertThat(Safe.visible("a\tb\n\tc")).isEqualTo("a   b\n    c");
    }

    @Test
    void joinersAndMarksStay() {
        assertThat(Safe.visible("👩‍👩‍👧 e\u0301 日本")).isEqualTo("👩‍👩‍👧 e\u0301 日本");
    }

    @Test
    void whatHidesTextIsShown() {
        assertThat(Safe.visible("a\uDB40\uDC41\uDB40\uDC42")).isEqualTo("a<U+E0041><U+E0042>");
        assertThat(Safe.visible("🏴\uDB40\uDC67\uDB40\uDC7F"))
                .isEqualTo("🏴\uDB40\uDC67\uDB40\uDC7F");
        assertThat(Safe.visible("a\ufe0f\ufe01")).isEqualTo("a\ufe0f<U+FE01>");
        assertThat(Safe.visible("\u3164")).isEqualTo("<U+3164>");
        assertThat(Safe.visible("a" + "\u0301".repeat(20)))
                .isEqualTo("a" + "\u0301".repeat(16) + "<U+0301>".repeat(4));
    }

    @Test
    void nothingThatATerminalObeysComesOutOfMarkdownHoweverItIsWrittenAndSplit() {
        Random random = new Random(7);
        String[] parts = {
            "\u001b]8;;http://x\u001b\\\\",
            "\u001b]52;c;aGk=\u0007",
            "\u001b[2J",
            "\u001bP1$q\u009c",
            "\u009b31m",
            "\u0090",
            "\u0085",
            "\r",
            "\b",
            "\u0000",
            "\u007f",
            "&#27;",
            "&#x1b;",
            "&#x9b;",
            "&#x202e;",
            "&#10;",
            "\u202e",
            "\u2066",
            "\u200f",
            "\u2028",
            "\ud800",
            "\udc00",
            "`",
            "**",
            "[a](\u001b]0;x\u0007)",
            "<http://\u001b[m>",
            "```\u001b[1m\n",
            "|",
            "|-|\n",
            "\n",
            "\t",
            "word "
        };
        for (int round = 0; round < 3000; round++) {
            StringBuilder text = new StringBuilder();
            for (int i = random.nextInt(30); i >= 0; i--) {
                text.append(
                        random.nextInt(3) > 0
                                ? parts[random.nextInt(parts.length)]
                                : (char) random.nextInt(round % 2 == 0 ? 0x100 : 0x10000));
            }
            Markdown state = Markdown.START;
            List<Row> rows = new ArrayList<>();
            for (int at = 0; at < text.length(); ) {
                int end = Math.min(text.length(), at + 1 + random.nextInt(9));
                Markdown.Step step = state.feed(text.substring(at, end));
                rows.addAll(step.committed());
                rows.addAll(step.next().open());
                state = step.next();
                at = end;
            }
            rows.addAll(state.end());
            rows.stream()
                    .flatMap(row -> Layout.lines(row, 30, true).stream())
                    .flatMap(List::stream)
                    .forEach(span -> {
                        assertHarmless(span.text());
                        assertHarmless(span.ink().target());
                    });
        }
    }

    private static void assertHarmless(String text) {
        assertThat(text.codePoints())
                .noneMatch(c -> c < 0x20 || (c >= 0x7f && c < 0xa0))
                .noneMatch(c -> c >= 0xd800 && c < 0xe000)
                .noneMatch(c -> (c >= 0x2028 && c <= 0x202e) || (c >= 0x2060 && c <= 0x206f))
                .noneMatch(c -> c == 0x200b || c == 0x200e || c == 0x200f || c == 0x061c);
    }
}
