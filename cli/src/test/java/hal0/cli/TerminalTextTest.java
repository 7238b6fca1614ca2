package hal0.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import hal0.cli.console.TerminalText;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import org.junit.jupiter.api.Test;

class TerminalTextTest {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final PrintStream out = new PrintStream(bytes, true, UTF_8);

    @Test
    void aTerminalIsShownEscapeSequencesAndObeysNone() {
        TerminalText text = new TerminalText(out, true);
        text.print("a\u001b]0;pwned\u0007b\u009b2J\n");
        assertThat(written()).doesNotContain("\u001b", "\u0007", "\u009b").contains("]0;pwned");
    }

    @Test
    void aPipeGetsTheBytesAsTheyAre() {
        TerminalText text = new TerminalText(out, false);
        text.print("\u001b[1m");
        assertThat(written()).isEqualTo("\u001b[1m");
    }

    @Test
    void aCharacterThatComesInTwoHalvesStaysWhole() {
        TerminalText text = new TerminalText(out, true);
        text.print("x\ud83d");
        text.print("\ude00y");
        assertThat(written()).isEqualTo("x\ud83d\ude00y");
    }

    private String written() {
        return bytes.toString(UTF_8);
    }
}
