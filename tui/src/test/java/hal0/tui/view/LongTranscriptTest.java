package hal0.tui.view;

import static org.assertj.core.api.Assertions.assertThat;

import hal0.agent.AgentEvent;
import hal0.tui.state.Reducer;
import hal0.tui.state.UiEvent;
import hal0.tui.state.UiState;
import hal0.tui.terminal.ColorDepth;
import hal0.tui.terminal.FrameWriter;
import hal0.tui.terminal.Input;
import hal0.tui.terminal.Key;
import hal0.tui.terminal.Size;
import hal0.tui.theme.Palettes;
import org.junit.jupiter.api.Test;

/// Work is counted, not timed: it must not grow with the transcript.
class LongTranscriptTest {
    private static final int ROWS = 24;
    private final Theme theme = Theme.of(Palettes.plain(false), ColorDepth.TRUE);

    @Test
    void tokenKeyAndResizeLayOutOnlyWhatIsShown() {
        UiState state =
                UiState.starting(new UiState.About("1", "c"), new Size(80, ROWS), false, null);
        for (int i = 0; i < 1000; i++) {
            state = said(state, "a line of the transcript, not a short one\n".repeat(100));
        }
        assertThat(state.transcript().size()).isEqualTo(100_000);
        FrameWriter writer = new FrameWriter(false);
        writer.write(ScreenView.draw(state, theme));

        state = said(state, "token");
        assertThat(ScreenView.draw(state, theme).laidOut()).isLessThanOrEqualTo(ROWS);
        assertThat(writer.write(ScreenView.draw(state, theme))).isNotEmpty();

        state = Reducer.reduce(state, new UiEvent.Did(new Input.Pressed(Key.of('x')))).state();
        String key = writer.write(ScreenView.draw(state, theme));
        assertThat(key.length()).isBetween(1, 200);

        state = Reducer.reduce(state, new UiEvent.Resized(new Size(33, ROWS))).state();
        assertThat(ScreenView.draw(state, theme).laidOut()).isLessThanOrEqualTo(ROWS);

        state = Reducer.reduce(state, new UiEvent.Did(new Input.Wheel(-30))).state();
        assertThat(ScreenView.draw(state, theme).laidOut()).isLessThanOrEqualTo(ROWS);
    }

    private static UiState said(UiState state, String text) {
        return Reducer.reduce(state, new UiEvent.Turned(new AgentEvent.TextDelta(text))).state();
    }
}
