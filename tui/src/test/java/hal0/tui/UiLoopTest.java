package hal0.tui;

import static org.assertj.core.api.Assertions.assertThat;

import hal0.agent.AgentEvent;
import hal0.tui.state.UiEvent;
import hal0.tui.state.UiState;
import hal0.tui.terminal.ColorDepth;
import hal0.tui.terminal.FakeTty;
import hal0.tui.terminal.Size;
import hal0.tui.terminal.TerminalModes;
import hal0.tui.view.FullScreen;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// The loop's clock is a number here, so that frames can be counted.
class UiLoopTest {
    private long now = 1;
    private final FakeTty tty = new FakeTty(new Size(80, 24));
    private final TerminalModes modes = new TerminalModes(tty);
    private final UiLoop loop =
            new UiLoop(
                    tty,
                    modes,
                    new UiQueue(),
                    _ -> {},
                    new UiLoop.Drawing(
                            ColorDepth.NONE,
                            false,
                            new FullScreen(false),
                            "\u0007",
                            new Editor(Map.of()),
                            () -> now),
                    UiState.starting(new UiState.About("1", "c"), new Size(80, 24), false, null));

    UiLoopTest() {
        modes.enter();
        loop.draw();
    }

    @Test
    void nothingIsWrittenWhenNothingChanged() {
        int before = tty.screen().writes();
        now += 1_000_000_000L;
        loop.step(List.of());
        loop.step(List.of(new Arrival.Bytes("\u001b[99~".getBytes())));
        assertThat(tty.screen().writes()).isEqualTo(before);
    }

    @Test
    void fastStreamIsDrawnThirtyTimesASecond() {
        int before = tty.screen().writes();
        for (int i = 0; i < 10_000; i++) {
            now += 100_000;
            loop.step(List.of(text("word ")));
        }
        assertThat(tty.screen().writes() - before).isBetween(28, 31);
    }

    @Test
    void keyIsDrawnAtOnceWhileTextStreams() {
        for (int i = 0; i < 1000; i++) {
            now += 1_000_000;
            loop.step(List.of(text("word ")));
        }
        now += 100_000;
        loop.step(List.of(text("x"), new Arrival.Bytes("K".getBytes())));
        assertThat(tty.screen().text()).contains("› K");
    }

    @Test
    void loneEscapeIsTakenAfterItsTimeout() {
        loop.step(List.of(new Arrival.Bytes("/mo\u001b".getBytes())));
        assertThat(loop.state().prompt().text()).isEqualTo("/mo");
        now += UiLoop.ESCAPE_NANOS;
        loop.step(List.of());
        assertThat(loop.state().prompt().text()).isEmpty();
    }

    @Test
    void keysAreDrawnAtMostSixtyTimesASecond() {
        int before = tty.screen().writes();
        for (int i = 0; i < 1000; i++) {
            now += 1_000_000;
            loop.step(List.of(new Arrival.Bytes("k".getBytes())));
        }
        assertThat(tty.screen().writes() - before).isBetween(55, 61);
    }

    @Test
    void windowThatIsDraggedIsDrawnWhenItRests() {
        now += 1_000_000_000L;
        int before = tty.screen().writes();
        for (int columns = 79; columns > 60; columns--) {
            now += Pace.SETTLED_NANOS / 2;
            tty.resize(new Size(columns, 24));
            loop.step(List.of(new Arrival.Resize(), text("word ")));
        }
        assertThat(tty.screen().writes()).isEqualTo(before);
        now += Pace.SETTLED_NANOS;
        loop.step(List.of());
        assertThat(tty.screen().writes()).isEqualTo(before + 1);
        assertThat(tty.screen().text()).contains("─".repeat(61)).contains("word word");
    }

    @Test
    void windowThatNeverRestsIsDrawnEverySecond() {
        int before = tty.screen().writes();
        for (int i = 0; i < 300; i++) {
            now += 10_000_000L;
            tty.resize(new Size(80 - i % 20, 24));
            loop.step(List.of(new Arrival.Resize()));
        }
        assertThat(tty.screen().writes() - before).isBetween(2, 3);
    }

    private static Arrival text(String text) {
        return new Arrival.Event(new UiEvent.Turned(new AgentEvent.TextDelta(text)));
    }
}
