package hal0.tui.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class InquiryTest {
    private final FakeTty tty = new FakeTty(new Size(10, 2));
    private final TerminalModes modes = new TerminalModes(tty);
    private boolean unsynchronized;
    private final Inquiry inquiry = new Inquiry(modes, () -> unsynchronized = true);

    private void hear(String answers) {
        InputDecoder decoder = new InputDecoder();
        byte[] bytes = answers.getBytes();
        for (Input input : decoder.feed(bytes, 0, bytes.length)) {
            inquiry.heard((Input.Reported) input);
        }
    }

    @Test
    void keyboardProtocolIsUsedWhereItIsOffered() {
        modes.enter();
        hear("\u001b[?0u\u001b[?2026;2$y\u001b[?62;22c");
        assertThat(tty.screen().modes()).contains("kitty").doesNotContain(">4");
        assertThat(unsynchronized).isFalse();
        modes.leave();
        assertThat(tty.screen().modes()).doesNotContain("kitty");
    }

    @Test
    void otherTerminalsAreAskedForTheOlderWay() {
        modes.enter();
        hear("\u001b[?2026;0$y\u001b[?1;2c");
        assertThat(tty.screen().modes()).contains(">4").doesNotContain("kitty");
        assertThat(unsynchronized).isTrue();
    }

    @Test
    void terminalThatAnswersNothingKeepsItsKeys() {
        modes.enter();
        assertThat(tty.screen().modes()).doesNotContain(">4", "kitty");
    }

    @Test
    void nothingIsAskedThatWouldBeSeen() {
        assertThat(Inquiry.questions(Map.of("TERM", "linux"))).isEmpty();
        assertThat(Inquiry.questions(Map.of("TERM_PROGRAM", "Apple_Terminal")))
                .isNotEmpty()
                .doesNotContain("$");
        assertThat(Inquiry.questions(Map.of("TERM", "xterm-256color"))).contains("?2026$p");
    }
}
