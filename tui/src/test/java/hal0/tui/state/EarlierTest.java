package hal0.tui.state;

import static org.assertj.core.api.Assertions.assertThat;

import hal0.agent.session.SessionEntry;
import hal0.agent.session.SessionEntry.Ending;
import hal0.home.error.ErrorKind;
import hal0.providers.event.StopReason;
import hal0.providers.message.MediaSource;
import hal0.providers.message.Part;
import hal0.providers.price.Cost;
import hal0.tui.terminal.Size;
import hal0.tui.theme.Palettes;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class EarlierTest {
    private static final Instant AT = Instant.EPOCH;
    private static final Spend SPEND = new Spend(new BigDecimal("0.5"), true, false);

    @Test
    void conversationIsShownAsItWasLed() {
        String shown =
                shown(
                        List.of(
                                new SessionEntry.UserSaid(
                                        AT,
                                        List.of(
                                                new Part.Text("look at this"),
                                                new Part.Image(
                                                        new MediaSource.Url("https://x/a.png")))),
                                answer(
                                        new Ending.Stopped(StopReason.TOOL_CALLS),
                                        new Part.Text("I **read** it."),
                                        new Part.ToolCall("c", "read", "{\"path\":\"a\"}")),
                                new SessionEntry.ToolAnswered(
                                        AT,
                                        new Part.ToolResult(
                                                "c", List.of(new Part.Text("no such file")), true),
                                        null),
                                new SessionEntry.Nudged(AT, "user", "hurry"),
                                answer(new Ending.Interrupted(), new Part.Text("It"))));
        assertThat(shown)
                .containsSubsequence(
                        "› look at this",
                        "[image]",
                        "I read it.",
                        "✗ read {\"path\":\"a\"}",
                        "no such file",
                        "› hurry",
                        "It",
                        "interrupted");
    }

    @Test
    void failureIsShownWithWhatToDo() {
        assertThat(
                        shown(
                                List.of(
                                        new SessionEntry.NobodyAnswered(
                                                AT, ErrorKind.RATE_LIMITED, "oa: wait"))))
                .contains("Too many requests", "oa: wait", "Ctrl+O takes another model");
    }

    @Test
    void aCallAndACommandOfTheUserAreShownAsTheyWereLive() {
        String shown =
                shown(
                        List.of(
                                answer(
                                        new Ending.Stopped(StopReason.TOOL_CALLS),
                                        new Part.ToolCall("c", "read", "{\"path\":\"a\"}")),
                                new SessionEntry.ToolAnswered(
                                        AT,
                                        new Part.ToolResult(
                                                "c", List.of(new Part.Text("x")), false),
                                        null,
                                        "read a"),
                                new SessionEntry.UserSaid(AT, List.of(new Part.Text("!make"))),
                                new SessionEntry.Nudged(AT, "shell", "It gave:\n# all *fine*"),
                                new SessionEntry.Nudged(
                                        AT, "hal0", "[attached file a.txt]\nlong text")));
        assertThat(shown)
                .containsSubsequence(
                        "read a", "› !make", "It gave:", "# all *fine*", "[attached file a.txt]")
                .doesNotContain("{\"path\"", "long text");
    }

    @Test
    void whatItCostAndHowFullItIsGoOn() {
        Session session = state(Earlier.of(List.of(), SPEND, 1234, true)).session();
        assertThat(session.spend()).isEqualTo(SPEND);
        assertThat(session.contextTokens()).isEqualTo(1234);
    }

    @Test
    void aTurnThatWasCutOffIsMarkedWhereItWasAndNoOtherIs() {
        SessionEntry go = new SessionEntry.UserSaid(AT, List.of(new Part.Text("go")));
        SessionEntry calls =
                answer(
                        new Ending.Stopped(StopReason.TOOL_CALLS),
                        new Part.Text("looking"),
                        new Part.ToolCall("c", "read", "{}"));
        SessionEntry result =
                new SessionEntry.ToolAnswered(
                        AT, new Part.ToolResult("c", List.of(new Part.Text("x")), true), null);
        SessionEntry end = answer(new Ending.Stopped(StopReason.END), new Part.Text("done"));
        String mark = "cut off here";

        assertThat(shown(List.of(go, calls, result, go, end)))
                .containsOnlyOnce(mark)
                .containsSubsequence("looking", "read", mark, "› go", "done");
        assertThat(shown(List.of(go))).containsSubsequence("› go", mark);
        assertThat(shown(List.of(go, calls))).containsSubsequence("looking", mark);
        assertThat(shown(List.of(go, calls, result))).containsSubsequence("read", mark);
        assertThat(shown(List.of(go, calls, result), false))
                .as("another hal0 goes on with it now")
                .doesNotContain(mark);

        SessionEntry halted = new SessionEntry.Halted(AT, "interrupted");
        assertThat(shown(List.of(go, calls, result, halted, go, end)))
                .containsSubsequence("read", "interrupted", "› go")
                .doesNotContain(mark);
        assertThat(shown(List.of(go, end))).doesNotContain(mark);
        assertThat(
                        shown(
                                List.of(
                                        go,
                                        new SessionEntry.NobodyAnswered(
                                                AT, ErrorKind.CANCELLED, "gone"))))
                .contains("interrupted")
                .doesNotContain(mark, "Cancelled");
    }

    @Test
    void nothingOfAnEarlierConversationObeysTheTerminal() {
        assertThat(
                        shown(
                                List.of(
                                        new SessionEntry.UserSaid(
                                                AT, List.of(new Part.Text("a\u001b[2Jb"))),
                                        answer(
                                                new Ending.Stopped(StopReason.END),
                                                new Part.Text("c\u001b]52;c;eA==\u0007d")))))
                .doesNotContain("\u001b", "\u0007");
    }

    private static String shown(List<SessionEntry> entries) {
        return shown(entries, true);
    }

    private static String shown(List<SessionEntry> entries, boolean led) {
        StringBuilder out = new StringBuilder();
        UiState state = state(Earlier.of(entries, SPEND, 0, led));
        for (var line : state.viewport().window(new Scroll.Following()).lines()) {
            line.forEach(span -> out.append(span.text()));
            out.append('\n');
        }
        return out.toString();
    }

    private static UiState state(Earlier earlier) {
        return UiState.starting(
                new UiState.About("1", "config.toml"),
                new Size(80, 40),
                Palettes.plain(false),
                null,
                earlier);
    }

    private static SessionEntry answer(Ending ending, Part... parts) {
        return new SessionEntry.ModelSaid(
                AT, "r", "p", "m", List.of(parts), null, new Cost.Local(), ending);
    }
}
