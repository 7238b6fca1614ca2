package hal0.tui.state;

import static org.assertj.core.api.Assertions.assertThat;

import hal0.tui.terminal.ColorDepth;
import hal0.tui.terminal.FrameWriter;
import hal0.tui.terminal.Input;
import hal0.tui.terminal.Key;
import hal0.tui.terminal.Key.Code;
import hal0.tui.terminal.Size;
import hal0.tui.terminal.VirtualScreen;
import hal0.tui.theme.Palettes;
import hal0.tui.view.ScreenView;
import hal0.tui.view.Theme;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What every editor does with Shift and the keys that move.
class PromptSelectionTest {
    private static final Size SIZE = new Size(80, 24);

    private UiState state = UiState.starting(new UiState.About("1", "c"), SIZE, false, null);
    private final List<Effect> effects = new ArrayList<>();

    private void press(Key... keys) {
        for (Key key : keys) {
            Effect.Next next = Reducer.reduce(state, new UiEvent.Did(new Input.Pressed(key)));
            state = next.state();
            effects.addAll(next.effects());
        }
    }

    private void type(String text) {
        text.codePoints().forEach(point -> press(Key.of(point)));
    }

    private static Key shift(Code code) {
        return Key.of(code).withShift();
    }

    private String selected() {
        Prompt prompt = state.prompt();
        return prompt.text().substring(prompt.selectedFrom(), prompt.selectedTo());
    }

    @Test
    void lettersAndWordsAndLinesAreSelected() {
        type("one two 👩‍👩‍👧");
        press(shift(Code.LEFT));
        assertThat(selected()).isEqualTo("👩‍👩‍👧");
        press(Key.ctrl(Code.LEFT).withShift());
        assertThat(selected()).isEqualTo("two 👩‍👩‍👧");
        press(shift(Code.HOME));
        assertThat(selected()).isEqualTo("one two 👩‍👩‍👧");
        press(shift(Code.RIGHT));
        assertThat(selected()).isEqualTo("ne two 👩‍👩‍👧");
    }

    @Test
    void whatIsTypedOrPastedTakesThePlaceOfWhatIsSelectedAndUndoBringsItBack() {
        type("one two");
        press(Key.ctrl(Code.LEFT).withShift());
        type("x");
        assertThat(state.prompt().text()).isEqualTo("one x");
        press(Key.ctrl('_'));
        assertThat(state.prompt().text()).isEqualTo("one two");
        press(Key.of(Code.END), Key.ctrl(Code.LEFT).withShift());
        state = Reducer.reduce(state, new UiEvent.Did(new Input.Pasted("three"))).state();
        assertThat(state.prompt().text()).isEqualTo("one three");
        press(shift(Code.HOME), Key.of(Code.BACKSPACE));
        assertThat(state.prompt().text()).isEmpty();
    }

    @Test
    void ctrlCCopiesOnceAndThenMeansWhatItMeantAndCtrlXCuts() {
        type("one two");
        press(Key.ctrl(Code.LEFT).withShift(), Key.ctrl('c'));
        assertThat(effects).containsExactly(new Effect.Copy("two", "3 characters"));
        assertThat(state.prompt().text()).isEqualTo("one two");
        press(shift(Code.END), Key.ctrl('x'));
        assertThat(state.prompt().text()).isEqualTo("one ");
        assertThat(effects).endsWith(new Effect.Copy("two", "3 characters"));
        press(Key.ctrl('y'));
        assertThat(state.prompt().text()).isEqualTo("one two");
        press(Key.ctrl('c'));
        assertThat(state.prompt().text()).isEmpty();
    }

    @Test
    void escAndArrowsLetGo() {
        type("one two");
        press(shift(Code.HOME), Key.of(Code.ESCAPE));
        assertThat(state.prompt().isSelected()).isFalse();
        press(shift(Code.END), Key.of(Code.LEFT));
        assertThat(state.prompt().isSelected()).isFalse();
        assertThat(state.prompt().caret()).isZero();
        press(shift(Code.END), Key.of(Code.RIGHT));
        assertThat(state.prompt().caret()).isEqualTo(7);
    }

    @Test
    void arrowsUpSelectInAPromptOfLinesAndScrollElse() {
        type("one");
        press(shift(Code.UP));
        assertThat(state.prompt().isSelected()).isFalse();
        press(Key.ctrl('j'));
        type("two");
        press(shift(Code.UP));
        assertThat(selected()).isEqualTo("\ntwo");
        press(shift(Code.UP));
        assertThat(selected()).isEqualTo("one\ntwo");
        press(shift(Code.DOWN), shift(Code.DOWN));
        assertThat(selected()).isEmpty();
    }

    @Test
    void whatIsSelectedIsSeenInVimsVisualModeToo() {
        type("one two");
        press(Key.ctrl(Code.LEFT).withShift());
        assertThat(looks("one")).isNotEqualTo(looks("two")).isEqualTo(looks("one "));
        press(Key.of(Code.ESCAPE));
        assertThat(looks("two")).isEqualTo(looks("one"));
        state = state.withVim(true);
        press(Key.of(Code.ESCAPE), Key.of('b'), Key.of('v'), Key.of('e'));
        assertThat(looks("two")).isNotEqualTo(looks("one"));
        press(Key.of('V'));
        assertThat(looks("one")).contains(looks("two"));
    }

    private String looks(String text) {
        VirtualScreen screen = new VirtualScreen(SIZE);
        Theme theme = Theme.of(Palettes.plain(false), ColorDepth.INDEXED_256);
        screen.write(new FrameWriter(false).write(ScreenView.draw(state, theme)));
        return screen.lookOf(text);
    }
}
