package hal0.tui.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TerminalModesTest {
    private final FakeTty tty = new FakeTty(new Size(10, 2));
    private final TerminalModes modes = new TerminalModes(tty);

    @Test
    void leavingUndoesEveryModeThatEnteringSet() {
        tty.screen().write("\u001b[?25h");
        modes.enter();
        assertThat(tty.isRaw()).isTrue();
        assertThat(tty.screen().modes())
                .containsExactlyInAnyOrder(
                        "?1049", "?2004", "?1002", "?1006", "?1004", "kitty", ">4", "?25");
        modes.leave();
        assertThat(tty.isRaw()).isFalse();
        assertThat(tty.screen().modes()).containsExactly("?25");
    }

    @Test
    void bothMayBeCalledTwice() {
        modes.leave();
        assertThat(tty.screen().writes()).isZero();
        modes.enter();
        modes.enter();
        assertThat(tty.screen().writes()).isEqualTo(1);
        modes.leave();
        modes.leave();
        assertThat(tty.screen().writes()).isEqualTo(2);
    }

    @Test
    void lateFrameDoesNotSpoilTheRestoredTerminal() {
        modes.enter();
        modes.leave();
        modes.write("late");
        assertThat(tty.screen().text()).doesNotContain("late");
    }
}
