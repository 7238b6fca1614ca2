package hal0.tui.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TerminalModesTest {
    private final FakeTty tty = new FakeTty(new Size(10, 2));
    private final TerminalModes modes = new TerminalModes(tty);

    @Test
    void leavingUndoesEveryModeThatEnteringSet() {
        tty.screen().write("\u001b[?25h");
        modes.also("\u001b[>1u", "\u001b[<u");
        modes.enter();
        modes.also("\u001b[>4;1m", "\u001b[>4;0m");
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

    @Test
    void whatWasFoundOutIsSwitchedOnAgainAfterTheTerminalWasGivenAway() {
        modes.enter();
        modes.also("\u001b[>1u", "\u001b[<u");
        modes.leave();
        assertThat(tty.screen().modes()).doesNotContain("kitty");
        modes.enter();
        assertThat(tty.screen().modes()).contains("kitty");
    }

    @Test
    void inlineLeavesMouseAndScreenToTheTerminal() {
        TerminalModes inline = new TerminalModes(tty, Modes.INLINE);
        inline.enter();
        assertThat(tty.screen().modes()).containsExactlyInAnyOrder("?2004", "?1004");
    }

    @Test
    void whoWatchesIsToldWhatIsToBeUndone() {
        List<String> told = new ArrayList<>();
        modes.watch(told::add);
        modes.enter();
        modes.also("\u001b[>1u", "\u001b[<u");
        modes.leave();
        assertThat(told).hasSize(4);
        assertThat(told.getFirst()).isEmpty();
        assertThat(told.get(1)).contains("\u001b[?1049l").doesNotContain("\u001b[<u");
        assertThat(told.get(2)).startsWith("\u001b[<u");
        assertThat(told.getLast()).isEmpty();
    }
}
