package hal0.tui.state;

import static org.assertj.core.api.Assertions.assertThat;

import hal0.tui.terminal.Input;
import hal0.tui.terminal.Key;
import hal0.tui.terminal.Size;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// `|` is the caret: in normal mode it stands on the letter behind it. `⎋` is Esc, `®` Ctrl+R, `¶`
/// a line break.
class VimTest {
    private UiState state =
            UiState.starting(new UiState.About("1", "c"), new Size(80, 24), false, null)
                    .withVim(true);
    private final List<Effect> effects = new ArrayList<>();

    @ParameterizedTest
    @CsvSource(
            delimiter = '§',
            quoteCharacter = '`',
            ignoreLeadingAndTrailingWhitespace = false,
            value = {
                // motions
                "on|e two§h§o|ne two",
                "on|e two§l§one| two",
                "|one two§w§one |two",
                "|one.two x§w§one|.two x",
                "|one.two x§W§one.two |x",
                "one tw|o§b§one |two",
                "one.tw|o§B§|one.two",
                "|one two§e§on|e two",
                "|one.x two§E§one.|x two",
                "on|e§0§|one",
                "  on|e§^§  |one",
                "|one§$§on|e",
                "a¶b¶|c§gg§|a¶b¶c",
                "|a¶b¶c§G§a¶b¶|c",
                "|a¶b¶c§2G§a¶|b¶c",
                "|one two§ft§one |two",
                "|one two§tt§one| two",
                "one tw|o§Fn§o|ne two",
                "one tw|o§Tn§on|e two",
                "|a.b.c§f.;§a.b|.c",
                "a|.b.c§;§a|.b.c",
                "|a.b.c§f.;,§a|.b.c",
                "a¶b¶|c¶¶d§}§a¶b¶c¶|¶d",
                "|one two three§2w§one two |three",
                // operators with motions and counts
                "|one two§dw§|two",
                "|one two three§d2w§|three",
                "|one two three§2dw§|three",
                "one| two§d$§on|e",
                "one |two§d0§|two",
                "one tw|o§db§one |o",
                "|one two§de§| two",
                "|one two§dft§|wo",
                "|one two§dtt§|two",
                "a¶|b¶c§dd§a¶|c",
                "a¶b¶|c§dd§a¶|b",
                "|a¶b¶c§2dd§|c",
                "|a¶b¶c§dj§|c",
                "a¶b¶|c§dk§|a",
                "a¶|b¶c§dG§|a",
                "|one two§cwx⎋§|x two",
                "|o two§cwx⎋§|x two",
                "a|.b§cwx⎋§a|xb",
                "one |two§ccx⎋§|x",
                "|one¶two§dw§|¶two",
                // objects
                "say \"he|llo\" x§di\"§say \"|\" x",
                "say \"he|llo\" x§da\"§say | x",
                "|say \"hello\"§ci\"x⎋§say \"|x\"",
                "f(a, |b) c§di(§f(|) c",
                "f(a, |b) c§dab§f| c",
                "f(x(|y)) c§2di(§f(x(|)) c",
                "a [|b] c§di[§a [|] c",
                "a {|b} c§da{§a | c",
                "one t|wo three§diw§one | three",
                "one t|wo three§daw§one |three",
                "one t|wo.x three§diW§one | three",
                // commands of their own
                "o|ne§x§o|e",
                "o|ne§2x§|o",
                "on|e§X§o|e",
                "o|ne two§D§|o",
                "o|ne two§Cx⎋§o|x",
                "o|ne§sx⎋§o|xe",
                "o|ne§Sx⎋§|x",
                "o|ne§rx§o|xe",
                "|one§3rx§xx|x",
                "o|ne§~§oN|e",
                "|a b§ywP§a| a b",
                "|ab§xp§b|a",
                "|a¶b§ddp§b¶|a",
                "a¶|b§yyP§a¶|b¶b",
                "|a¶b§Yp§a¶|a¶b",
                "|a¶  b¶c§J§a| b¶c",
                "|a¶b¶c§3J§a b| c",
                "o|ne§ix⎋§o|xne",
                "o|ne§ax⎋§on|xe",
                "o|ne§Ix⎋§|xone",
                "o|ne§Ax⎋§one|x",
                "o|ne¶two§ox⎋§one¶|x¶two",
                "one¶t|wo§Ox⎋§one¶|x¶two",
                // again, back and forth
                "|one two three§dw.§|three",
                "|one two three§cwx⎋w.§x |x three",
                "|abc§x..§|",
                "|abc§xxu§|bc",
                "|abc§xxuu®§|bc",
                // letters and indents
                "|one two§gUw§|ONE two",
                "|ONE two§guw§|one two",
                "o|ne¶two§gUU§|ONE¶two",
                "o|nE¶two§g~~§|ONe¶two",
                "|one two three§gUww.§ONE |TWO three",
                "o|ne¶two§>>§  |one¶two",
                "  o|ne¶two§<<§|one¶two",
                "o|ne¶two¶x§2>>§  |one¶  two¶x",
                "o|ne¶two¶x§>j§  |one¶  two¶x",
                "o|ne¶two§>>.§    |one¶two",
                // visual mode by lines
                "o|ne¶two¶x§Vd§|two¶x",
                "o|ne¶two¶x§Vjd§|x",
                "o|ne¶two¶x§Vjyp§one¶|one¶two¶two¶x",
                "one¶t|wo¶x§Vcy⎋§one¶|y¶x",
                "o|ne¶two¶x§Vj>§  |one¶  two¶x",
                "  o|ne¶  two¶x§Vj<§|one¶two¶x",
                "o|ne¶two¶x§Vjd§|x",
                "|a¶b¶c¶d§Vd.§|c¶d",
                "|a¶b¶c¶d§Vjd.§|",
                "a¶|b¶c§Vkod§|c",
                "o|ne¶two§VU§|ONE¶two",
                "o|ne¶two§Vvd§o|e¶two",
                "o|ne¶two¶x§vjVd§|x",
                "|a¶b¶c§VjJ§a| b¶c",
                "|a¶b¶c§yyjVp§a¶|a¶c",
                // visual mode
                "|one two§vlu§|one two",
                "|one two§vlU§|ONe two",
                "|ONE two§vegu§|one two",
                "|one two§vlr-§|--e two",
                "|one two§yewvep§one on|e",
                "|one two§veyP§on|eone two",
                "|abcdef§vld.§|ef",
                "|abcdef§vl~l.§A|bCdef",
                "|abc def§v3ld§|def",
                "|one two§vwd§|wo",
                "|one two§vey$p§one twoon|e",
                "|one two§vlcx⎋§|xe two",
                "one |two§viwd§one| ",
                "|one§vl~§|ONe",
                "one |two§vbod§|wo"
            })
    void commandDoes(String before, String keys, String after) {
        start(before.replace('¶', '\n'));
        keys.codePoints().forEach(this::press);
        assertThat(shown()).isEqualTo(after.replace('¶', '\n'));
    }

    @Test
    void escapeInNormalModeStillInterrupts() {
        start("|");
        state = state.with(state.session().withTurn(new Turn.Running(0, false, false)));
        press('⎋');
        assertThat(effects).containsExactly(new Effect.Interrupt());
    }

    @Test
    void signsOfAnEmptyPromptBeginWhatTheyBeginWithoutVim() {
        start("|");
        press('/');
        assertThat(state.prompt().text()).isEqualTo("/");
        assertThat(state.typing().vim().mode()).isEqualTo(Vim.Mode.INSERT);
    }

    @Test
    void enterSendsInNormalMode() {
        start("|hello");
        apply(Key.of(Key.Code.ENTER));
        assertThat(effects).contains(new Effect.Remember("hello"));
        assertThat(state.prompt().isEmpty()).isTrue();
    }

    @Test
    void cursorSaysTheMode() {
        assertThat(state.typing().vim().cursor()).isEqualTo(6);
        press('⎋');
        assertThat(state.typing().vim().cursor()).isEqualTo(2);
        state = state.withVim(false);
        assertThat(state.typing().vim().cursor()).isZero();
    }

    private void start(String marked) {
        int caret = marked.indexOf('|');
        state = state.with(Prompt.of(marked.replace("|", "")));
        press('⎋');
        state = state.with(state.prompt().at(caret));
    }

    private String shown() {
        Prompt prompt = state.prompt();
        return prompt.text().substring(0, prompt.caret())
                + "|"
                + prompt.text().substring(prompt.caret());
    }

    private void press(int key) {
        apply(
                key == '⎋'
                        ? Key.of(Key.Code.ESCAPE)
                        : key == '®' ? Key.ctrl('r') : Key.of(key == '¶' ? '\n' : key));
    }

    private void apply(Key key) {
        Effect.Next next = Reducer.reduce(state, new UiEvent.Did(new Input.Pressed(key)));
        state = next.state();
        effects.addAll(next.effects());
    }
}
