package hal0.tui.inline;

import static org.assertj.core.api.Assertions.assertThat;

import hal0.agent.AgentEvent;
import hal0.providers.event.StopReason;
import hal0.tui.state.Earlier;
import hal0.tui.state.Reducer;
import hal0.tui.state.UiEvent;
import hal0.tui.state.UiState;
import hal0.tui.terminal.ColorDepth;
import hal0.tui.terminal.Input;
import hal0.tui.terminal.Key;
import hal0.tui.terminal.Size;
import hal0.tui.theme.Palettes;
import hal0.tui.view.Theme;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InlineSurfaceTest {
    private static final Map<String, String> REWRAPS = Map.of("TERM", "xterm-256color");
    private static final Map<String, String> CUTS =
            Map.of("TERM", "xterm-256color", "XTERM_VERSION", "XTerm(390)");

    private final Theme theme = Theme.of(Palettes.plain(false), ColorDepth.TRUE);
    private InlineSurface surface = new InlineSurface(false, REWRAPS);
    private NativeScreen screen = new NativeScreen(new Size(60, 16), true);
    private UiState state =
            UiState.starting(new UiState.About("1", "c"), new Size(60, 16), false, null);

    private void draw() {
        screen.write(surface.draw(state, theme));
    }

    private void apply(UiEvent event) {
        state = Reducer.reduce(state, event).state();
    }

    private void says(String text) {
        apply(new UiEvent.Turned(new AgentEvent.TextDelta(text)));
    }

    private void type(String text) {
        apply(new UiEvent.Did(new Input.Pasted(text)));
    }

    private void resize(int columns, int rows) {
        screen.resize(new Size(columns, rows));
        apply(new UiEvent.Resized(new Size(columns, rows)));
        surface.resized(state);
    }

    private static int count(String text, String part) {
        return text.split(java.util.regex.Pattern.quote(part), -1).length - 1;
    }

    @Test
    void whatIsOverIsWrittenOnceAndThePromptStandsBelow() {
        draw();
        type("a question");
        draw();
        says("first line\n\nsecond ");
        draw();
        says("line\n\n");
        draw();
        apply(new UiEvent.Turned(new AgentEvent.TurnEnded(StopReason.END)));
        draw();
        String all = screen.all();
        assertThat(count(all, "first line")).isOne();
        assertThat(count(all, "second line")).isOne();
        assertThat(all.indexOf("second line")).isLessThan(all.indexOf("a question"));
        assertThat(screen.beforeCursor()).isEqualTo("› a question");
    }

    @Test
    void keyRedrawsItsRowOnly() {
        draw();
        type("x");
        assertThat(surface.draw(state, theme).length()).isLessThan(80);
        assertThat(surface.draw(state, theme)).isEmpty();
    }

    @Test
    void listOfCommandsOpensAndGoesAgain() {
        draw();
        type("/");
        draw();
        assertThat(screen.all()).contains("/model");
        apply(new UiEvent.Did(new Input.Pressed(Key.of(Key.Code.BACKSPACE))));
        draw();
        assertThat(screen.all()).doesNotContain("/model");
        assertThat(count(screen.all(), "Ask anything")).isOne();
    }

    @Test
    void overlayIsDrawnAtTheEndAndGoesAgain() {
        says("before\n\n");
        draw();
        apply(new UiEvent.Did(new Input.Pressed(Key.of('?'))));
        draw();
        assertThat(screen.all()).contains("╭");
        apply(new UiEvent.Did(new Input.Pressed(Key.of(Key.Code.ESCAPE))));
        draw();
        assertThat(screen.all()).doesNotContain("╭").contains("before");
    }

    @Test
    void endLeavesTheConversationAndNothingElse() {
        draw();
        type("typed");
        says("an answer that was cut");
        draw();
        screen.write(surface.end(state.closed(), theme));
        assertThat(screen.all())
                .contains("an answer that was cut")
                .doesNotContain("typed", "─", "no model");
    }

    @Test
    void anotherConversationIsBegunUnderALine() {
        says("one\n\n");
        draw();
        apply(new UiEvent.Rewritten(Earlier.NOTHING, "going on with another", ""));
        draw();
        String all = screen.all();
        assertThat(count(all, "one")).isOne();
        assertThat(all.indexOf("one")).isLessThan(all.indexOf("from here on"));
        assertThat(all).contains("going on with another");
    }

    @Test
    void whatOthersWroteStays() {
        draw();
        screen.write(surface.withdraw());
        screen.write("\r\n$ vi\r\n");
        surface.forget();
        draw();
        assertThat(screen.all()).contains("$ vi");
        assertThat(count(screen.all(), "Ask anything")).isOne();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void resizingWhileAnAnswerComesLosesAndDoublesNothing(boolean rewraps) {
        for (int seed = 0; seed < 60; seed++) {
            Random random = new Random(seed);
            surface = new InlineSurface(false, rewraps ? REWRAPS : CUTS);
            screen = new NativeScreen(new Size(60, 16), rewraps);
            state = UiState.starting(new UiState.About("1", "c"), new Size(60, 16), false, null);
            draw();
            for (int line = 0; line < 40; line++) {
                says("line %03d.\n\n".formatted(line));
                if (random.nextInt(3) == 0) {
                    draw();
                }
                if (random.nextInt(4) == 0) {
                    resize(30 + random.nextInt(70), 12 + random.nextInt(20));
                }
                if (random.nextInt(5) == 0) {
                    type("word ");
                }
                draw();
            }
            screen.write(surface.end(state.closed(), theme));
            String all = screen.all();
            int last = -1;
            for (int line = 0; line < 40; line++) {
                String text = "line %03d.".formatted(line);
                assertThat(count(all, text)).as("%s with seed %d:%n%s", text, seed, all).isOne();
                assertThat(all.indexOf(text)).isGreaterThan(last);
                last = all.indexOf(text);
            }
            assertThat(all).as("seed %d", seed).doesNotContain("──", "› word", "no model");
        }
    }
}
