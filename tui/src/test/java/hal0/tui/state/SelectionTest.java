package hal0.tui.state;

import static org.assertj.core.api.Assertions.assertThat;

import hal0.agent.AgentEvent;
import hal0.tui.terminal.Input;
import hal0.tui.terminal.Input.Mouse.Action;
import hal0.tui.terminal.Key;
import hal0.tui.terminal.Size;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SelectionTest {
    private static final String LONG = "alpha beta gamma delta epsilon zeta eta theta";

    private UiState state =
            UiState.starting(new UiState.About("1", "c"), new Size(30, 20), false, null);
    private final List<Effect> effects = new ArrayList<>();

    @BeforeEach
    void answer() {
        say(LONG + "\n\n- first item\n- 日本 second\n\n```\nint x = 1;\n```\n\nthe end\n");
    }

    @Test
    void dragCopiesTextWithoutTheBreaksOfTheScreen() {
        int first = lineOf("alpha");
        assertThat(lineOf("epsilon")).isGreaterThan(first);
        drag(6, first, 6, lineOf("epsilon"));
        assertThat(copied()).isEqualTo(LONG.substring(6, LONG.indexOf("epsilon") + 7));
    }

    @Test
    void marksOfListsComeAlongAndGuttersDoNot() {
        drag(0, lineOf("first item"), 29, lineOf("int x"));
        assertThat(copied()).contains("first item\n").contains("日本 second").endsWith("int x = 1;");
        assertThat(copied().lines().filter(line -> line.contains("item")).findFirst().orElse(""))
                .matches("\\S+ first item");
    }

    @Test
    void dragBackwardsSelectsTheSame() {
        int line = lineOf("the end");
        drag(5, line, 1, line);
        assertThat(copied()).isEqualTo("he en");
    }

    @Test
    void doubleClickTakesAWordAndTripleClickTheWholeRow() {
        int line = lineOf("gamma");
        int column = screen().get(line).indexOf("gamma") + 2;
        click(column, line, 2);
        assertThat(copied()).isEqualTo("gamma");
        click(column, line, 3);
        assertThat(copied()).isEqualTo(LONG);
    }

    @Test
    void wideCharactersAreTakenWhole() {
        int line = lineOf("日本");
        int column = screen().get(line).indexOf("日本");
        drag(column + 1, line, column + 2, line);
        assertThat(copied()).isEqualTo("日本");
    }

    @Test
    void selectionStaysOnItsTextWhateverIsWrittenBelow() {
        int line = lineOf("gamma");
        click(screen().get(line).indexOf("gamma"), line, 2);
        say("more\n\n".repeat(2));
        apply(new UiEvent.Resized(new Size(44, 20)));
        assertThat(highlighted()).isEqualTo("gamma");
        press(Key.of('y'));
        assertThat(copied()).isEqualTo("gamma");
        press(Key.of(Key.Code.ESCAPE));
        assertThat(state.screen().selection()).isNull();
    }

    @Test
    void nothingStaysSelectedInAnotherConversation() {
        click(1, lineOf("the end"), 2);
        apply(new UiEvent.Rewritten(Earlier.NOTHING, "another", ""));
        assertThat(state.screen().selection()).isNull();
    }

    @Test
    void mereClickSelectsNothing() {
        click(3, lineOf("the end"), 1);
        assertThat(effects).isEmpty();
        assertThat(state.screen().selection()).isNull();
    }

    @Test
    void dragBeyondTheEdgeScrolls() {
        say("line\n\n".repeat(60));
        mouse(Action.PRESS, 1, 5, 5);
        for (int i = 0; i < 10; i++) {
            mouse(Action.DRAG, 1, 5, 0);
        }
        mouse(Action.RELEASE, 1, 5, 0);
        assertThat(copied().lines().count()).isGreaterThan(20);
    }

    @Test
    void clickInThePromptPutsTheCaretThere() {
        state = state.with(Prompt.of("some words"));
        click(2 + 5, Geometry.of(state).promptRow(), 1);
        assertThat(state.prompt().caret()).isEqualTo(5);
        state = state.with(Prompt.EMPTY.paste("line\n".repeat(20)));
        click(2 + 3, Geometry.of(state).promptRow(), 1);
        assertThat(state.prompt().text()).as("a click opens a chip").startsWith("line\nline");
    }

    private String copied() {
        assertThat(effects).isNotEmpty().last().isInstanceOf(Effect.Copy.class);
        return ((Effect.Copy) effects.getLast()).text();
    }

    private List<String> screen() {
        return state.viewport().window(state.screen().scroll()).lines().stream()
                .map(line -> line.stream().map(span -> span.text()).reduce("", String::concat))
                .toList();
    }

    private String highlighted() {
        StringBuilder out = new StringBuilder();
        for (Pointing.Stretch stretch : Pointing.selected(state)) {
            String line = screen().get(stretch.row());
            out.append(line, stretch.column(), stretch.column() + stretch.columns());
        }
        return out.toString();
    }

    private int lineOf(String text) {
        List<String> screen = screen();
        for (int y = 0; y < screen.size(); y++) {
            if (screen.get(y).contains(text)) {
                return y;
            }
        }
        throw new AssertionError(text + " is not shown in " + screen);
    }

    private void say(String markdown) {
        apply(new UiEvent.Turned(new AgentEvent.TextDelta(markdown)));
    }

    private void drag(int column, int row, int toColumn, int toRow) {
        mouse(Action.PRESS, 1, column, row);
        mouse(Action.DRAG, 1, toColumn, toRow);
        mouse(Action.RELEASE, 1, toColumn, toRow);
    }

    private void click(int column, int row, int clicks) {
        mouse(Action.PRESS, clicks, column, row);
        mouse(Action.RELEASE, clicks, column, row);
    }

    private void mouse(Action action, int clicks, int column, int row) {
        apply(new UiEvent.Did(new Input.Mouse(action, 0, clicks, column, row)));
    }

    private void press(Key key) {
        apply(new UiEvent.Did(new Input.Pressed(key)));
    }

    private void apply(UiEvent event) {
        Effect.Next next = Reducer.reduce(state, event);
        state = next.state();
        effects.addAll(next.effects());
    }
}
