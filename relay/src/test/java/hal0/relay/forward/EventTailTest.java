package hal0.relay.forward;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventTailTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "\n",
                "\r\n",
                "a\n\n",
                "a\r\r",
                "a\r\n\r\n",
                "a\n\r\n",
                "a\r\n\n",
                "a\n\n\n"
            })
    void aBlankLineAtTheEndIsABoundary(String text) {
        assertInAnyPieces(text, true);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"a", "a\n", "a\r", "a\r\n", "data: x\n\nb", "a\n\nb\n", "a\r\n\r\nb\r\n"})
    void anythingElseIsNot(String text) {
        assertInAnyPieces(text, false);
    }

    private static void assertInAnyPieces(String text, boolean boundary) {
        byte[] bytes =
                ("data: long enough to fall out\n\n".repeat(text.length() % 2) + text)
                        .getBytes(UTF_8);
        Random random = new Random(1);
        for (int round = 0; round < 200; round++) {
            EventTail tail = new EventTail();
            for (int at = 0; at < bytes.length; ) {
                int length = Math.min(bytes.length - at, 1 + random.nextInt(5));
                tail.take(bytes, at, length);
                at += length;
            }
            assertThat(tail.atBoundary()).isEqualTo(boundary);
        }
    }
}
