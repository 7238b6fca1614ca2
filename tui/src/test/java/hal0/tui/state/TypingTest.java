package hal0.tui.state;

import static org.assertj.core.api.Assertions.assertThat;

import hal0.tui.terminal.Input;
import hal0.tui.terminal.Key;
import hal0.tui.terminal.Size;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TypingTest {
    private UiState state =
            UiState.starting(new UiState.About("1", "c"), new Size(80, 24), false, null);
    private final List<Effect> effects = new ArrayList<>();

    @Test
    void undoTakesBackWordsAndRedoBringsThemBack() {
        type("one two");
        press(Key.ctrl('w'));
        press(Key.ctrl('_'));
        assertThat(state.prompt().text()).isEqualTo("one two");
        press(Key.ctrl('_'));
        assertThat(state.prompt().text()).isEqualTo("one ");
        press(Key.alt('/'));
        assertThat(state.prompt().text()).isEqualTo("one two");
        type("!");
        press(Key.alt('/'));
        assertThat(state.prompt().text()).as("nothing to redo").isEqualTo("one two!");
    }

    @Test
    void undoBringsBackWhatControlCCleared() {
        type("typed");
        press(Key.ctrl('c'));
        press(Key.ctrl('_'));
        assertThat(state.prompt().text()).isEqualTo("typed");
    }

    @Test
    void cutsThatFollowEachOtherAreOneAndOlderOnesComeBackInTurn() {
        type("one two three");
        press(Key.ctrl('w'));
        press(Key.ctrl('w'));
        assertThat(state.prompt().text()).isEqualTo("one ");
        press(Key.of(Key.Code.HOME));
        press(Key.ctrl('k'));
        press(Key.ctrl('y'));
        assertThat(state.prompt().text()).isEqualTo("one ");
        press(Key.alt('y'));
        assertThat(state.prompt().text()).isEqualTo("two three");
        press(Key.alt('y'));
        assertThat(state.prompt().text()).isEqualTo("one ");
        press(Key.of(Key.Code.LEFT));
        press(Key.alt('y'));
        assertThat(state.prompt().text()).as("only right after").isEqualTo("one ");
    }

    @Test
    void cutPasteOutlivesItsPrompt() {
        String pasted = "line\n".repeat(20);
        apply(new UiEvent.Did(new Input.Pasted(pasted)));
        press(Key.ctrl('u'));
        press(Key.ctrl('c'));
        apply(new UiEvent.Did(new Input.Pasted("other\n".repeat(20))));
        press(Key.ctrl('y'));
        assertThat(state.prompt().expanded()).isEqualTo("other\n".repeat(20) + pasted);
    }

    @Test
    @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void megabyteIsPastedAndDrawnAtOnceAndOpensOnlyInTheEditor() {
        String pasted = "0123456789abcdef\n".repeat(62_000);
        apply(new UiEvent.Did(new Input.Pasted(pasted)));
        PromptLayout.of(state.prompt(), 78);
        press(Key.of(Key.Code.TAB));
        assertThat(state.prompt().text()).hasSize(2);
        assertThat(state.hint().text()).contains("Ctrl+G");
        press(Key.ctrl('g'));
        assertThat(effects).containsExactly(new Effect.Edit(pasted));
        press(Key.of(Key.Code.BACKSPACE));
        assertThat(state.prompt().isEmpty()).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            delimiter = '§',
            value = {
                "/home/me/a.png§/home/me/a.png",
                "'/home/me/a b.png' §/home/me/a b.png",
                "\"/home/me/a b.png\"§/home/me/a b.png",
                "/home/me/a\\ b.txt /c.txt§/home/me/a b.txt|/c.txt",
                "file:///home/me/a%20b.png§/home/me/a b.png",
                "~/x.txt§~/x.txt",
                "/usr is a folder§",
                "hello§",
                "file://%zz§"
            })
    void pasteThatIsPathsIsRead(String pasted, String paths) {
        assertThat(String.join("|", DroppedFiles.in(pasted))).isEqualTo(paths == null ? "" : paths);
    }

    @Test
    void droppedFilesBecomeAttachments() {
        type("see ");
        String pasted = "'/home/me/a b.png' /x.txt";
        apply(new UiEvent.Did(new Input.Pasted(pasted)));
        assertThat(effects)
                .contains(new Effect.FindDropped(pasted, List.of("/home/me/a b.png", "/x.txt")));
        apply(new UiEvent.Dropped(pasted, List.of("/home/me/a b.png", "/x.txt")));
        assertThat(state.prompt().expanded()).isEqualTo("see @\"/home/me/a b.png\" @/x.txt ");
        assertThat(PromptLayout.of(state.prompt(), 70).lines().getFirst().shown())
                .isEqualTo("see [image a b.png] @/x.txt ");
    }

    @Test
    void escapeAndBackspaceLeaveTheShell() {
        type("!ls");
        press(Key.of(Key.Code.ESCAPE));
        assertThat(state.prompt().text()).isEqualTo("ls");
        assertThat(state.prompt().caret()).isEqualTo(2);
    }

    @Test
    void escapeTwiceOffersTheLastMessageAgain() {
        state = state.with(state.transcript().said("hello"));
        press(Key.of(Key.Code.ESCAPE));
        assertThat(effects).isEmpty();
        press(Key.of(Key.Code.ESCAPE));
        assertThat(effects).hasSize(1).first().isInstanceOf(Effect.Preview.class);
    }

    @Test
    void argumentsOfCommandsAreCompleted() {
        type("/model ");
        apply(
                new UiEvent.Suggested(
                        Command.MODEL,
                        List.of(
                                new Suggestion("openai/gpt-5", ""),
                                new Suggestion("mistral/large", ""))));
        type("larg");
        assertThat(state.completions())
                .extracting(Completion::label)
                .containsExactly("mistral/large");
        press(Key.of(Key.Code.TAB));
        assertThat(state.prompt().text()).isEqualTo("/model mistral/large");
    }

    @Test
    void fileWithBlanksIsNamedInQuotes() {
        type("see @\"my fi");
        assertThat(effects).endsWith(new Effect.FindFiles("my fi"));
        apply(new UiEvent.FilesFound("my fi", List.of("my file.txt")));
        press(Key.of(Key.Code.TAB));
        assertThat(state.prompt().text()).isEqualTo("see @\"my file.txt\" ");
        type("@sr");
        apply(new UiEvent.FilesFound("sr", List.of("src/", "src/a.txt")));
        press(Key.of(Key.Code.TAB));
        assertThat(state.prompt().text()).as("a folder goes on").endsWith(" @src/");
    }

    @Test
    void fileThatIsExportedToIsCompletedByTabAndNeverByEnter() {
        state = state.with(state.transcript().said("hello"));
        type("/export do");
        assertThat(effects).endsWith(new Effect.FindFiles("do"));
        apply(new UiEvent.FilesFound("do", List.of("docs/", "docs/old.md")));
        press(Key.of(Key.Code.TAB));
        assertThat(state.prompt().text()).isEqualTo("/export docs/");
        type("o");
        press(Key.of(Key.Code.ENTER));
        assertThat(effects).endsWith(new Effect.Export("docs/o"));
    }

    @Test
    void editorsTextIsThePrompt() {
        type("old");
        apply(new UiEvent.Edited("new\ntext"));
        assertThat(state.prompt().text()).isEqualTo("new\ntext");
        press(Key.ctrl('_'));
        assertThat(state.prompt().text()).isEqualTo("old");
    }

    private void type(String text) {
        text.codePoints().forEach(point -> press(Key.of(point)));
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
