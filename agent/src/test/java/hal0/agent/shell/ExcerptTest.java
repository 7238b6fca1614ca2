package hal0.agent.shell;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class ExcerptTest {
    private static String of(Excerpt excerpt) {
        return excerpt.text("<%d>"::formatted);
    }

    @Test
    void beginningAndEndAreThoseOfTheWholeText() {
        Random random = new Random(20261121);
        String[] words = {"a", "é", "日", "😀", "\n", "word", "long line of words\n"};
        for (int round = 0; round < 500; round++) {
            Excerpt excerpt = new Excerpt(40, 60);
            StringBuilder whole = new StringBuilder();
            for (int i = random.nextInt(80); i > 0; i--) {
                String piece = words[random.nextInt(words.length)].repeat(1 + random.nextInt(30));
                whole.append(piece);
                excerpt.add(piece.getBytes(UTF_8));
            }
            String text = of(excerpt);
            byte[] all = whole.toString().getBytes(UTF_8);
            if (all.length <= 100) {
                assertThat(text).isEqualTo(whole.toString());
                continue;
            }
            String head = text.substring(0, text.indexOf('<'));
            String tail = text.substring(text.indexOf('>') + 1);
            long left = Long.parseLong(text.substring(text.indexOf('<') + 1, text.indexOf('>')));
            assertThat(whole.toString()).startsWith(head).endsWith(tail);
            assertThat(head.getBytes(UTF_8).length + left + tail.getBytes(UTF_8).length)
                    .isEqualTo(all.length);
            assertThat(head.length() + tail.length()).isLessThanOrEqualTo(100);
        }
    }

    @Test
    void whatIsLeftOutBeginsAndEndsWithALineWhereThereAreLines() {
        Excerpt excerpt = new Excerpt(20, 20);
        for (int i = 1; i <= 50; i++) {
            excerpt.add("line %d\n".formatted(i).getBytes(UTF_8));
        }
        assertThat(of(excerpt)).isEqualTo("line 1\nline 2\n<361>line 49\nline 50\n");
    }
}
