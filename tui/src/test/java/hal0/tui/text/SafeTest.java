package hal0.tui.text;

import static org.assertj.core.api.Assertions.assertThat;

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
    void nothingDangerousIsLeftOfAnyText() {
        Random random = new Random(7);
        for (int round = 0; round < 2000; round++) {
            StringBuilder text = new StringBuilder();
            for (int i = 0; i < 20; i++) {
                text.append((char) random.nextInt(round % 2 == 0 ? 0x100 : 0x10000));
            }
            String shown = Safe.visible(text.toString());
            assertThat(shown.chars().filter(c -> c < 0x20 && c != '\n')).isEmpty();
            assertThat(shown.chars().filter(c -> c >= 0x7f && c < 0xa0)).isEmpty();
        }
    }
}
