package hal0.tui.terminal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class EarlyKeysTest {
    private static EarlyKeys of(String typed) {
        return new EarlyKeys(typed.getBytes(UTF_8));
    }

    @Test
    void lineFeedOfTheLineDisciplineIsTheEnterThatWasPressed() {
        assertThat(of("hello\n").typed()).asString(UTF_8).isEqualTo("hello\r");
    }

    @Test
    void echoIsErasedFromItsFirstLineOn() {
        assertThat(of("hello").erasure(80)).isEqualTo("\r\u001b[J");
        assertThat(of("a\nb").erasure(80)).isEqualTo("\r\u001b[1A\u001b[J");
        assertThat(of("x".repeat(81)).erasure(80)).isEqualTo("\r\u001b[1A\u001b[J");
        assertThat(of("世".repeat(41) + "\n").erasure(80)).isEqualTo("\r\u001b[2A\u001b[J");
        assertThat(of("\u001b[A".repeat(20)).erasure(80)).isEqualTo("\r\u001b[J");
    }
}
