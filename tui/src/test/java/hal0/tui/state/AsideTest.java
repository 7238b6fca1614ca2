package hal0.tui.state;

import static org.assertj.core.api.Assertions.assertThat;

import hal0.agent.AgentEvent;
import hal0.agent.ContextUse;
import hal0.agent.UndoReport;
import hal0.agent.checkpoint.Direction;
import hal0.agent.checkpoint.FileStep;
import hal0.agent.context.SlashCommand;
import hal0.agent.permission.Approver;
import hal0.agent.permission.Intent;
import hal0.providers.event.StopReason;
import hal0.providers.message.Part;
import hal0.relay.control.RelayStatus;
import hal0.tui.terminal.Input;
import hal0.tui.terminal.Key;
import hal0.tui.terminal.Size;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What is entered beside messages: commands, files, notes, and words while a turn runs.
class AsideTest {
    private static final RelayStatus RELAY =
            new RelayStatus(
                    "1", "i", URI.create("http://127.0.0.1:8080"), false, Instant.EPOCH, 0, 0);
    private static final Active ACTIVE = new Active("openai", "gpt-5", false, 1000L);

    private UiState state =
            UiState.starting(new UiState.About("1", "c"), new Size(80, 24), false, ACTIVE);
    private final List<Effect> effects = new ArrayList<>();

    @BeforeEach
    void relayIsThere() {
        apply(new UiEvent.ControlOpened(RELAY, ACTIVE));
        effects.clear();
    }

    @Test
    void whatIsSaidWhileATurnRunsIsToldToTheModelAndShownWhenItWas() {
        enter("first");
        effects.clear();
        enter("and this");
        assertThat(effects).startsWith(new Effect.Tell("and this"));
        assertThat(state.session().queued()).containsExactly("and this");
        apply(new UiEvent.Turned(new AgentEvent.Told("and this")));
        assertThat(state.session().queued()).isEmpty();
        assertThat(said()).contains("› and this");
        effects.clear();
        apply(new UiEvent.Turned(new AgentEvent.TurnEnded(StopReason.END)));
        apply(new UiEvent.TurnOver(null));
        assertThat(effects).as("it is not said twice").isEmpty();
    }

    @Test
    void whatAnInterruptedTurnWasNotToldComesBackIntoThePrompt() {
        enter("first");
        enter("not yet told");
        effects.clear();
        press(Key.of(Key.Code.ESCAPE));
        assertThat(state.prompt().text()).isEqualTo("not yet told");
        assertThat(effects)
                .containsExactly(
                        new Effect.Withdraw(List.of("not yet told")), new Effect.Interrupt());
    }

    @Test
    void whatTheTurnEndedTooEarlyForIsSaidNext() {
        enter("first");
        enter("late");
        effects.clear();
        apply(new UiEvent.Turned(new AgentEvent.TurnHalted("too many answers")));
        apply(new UiEvent.TurnOver(null));
        assertThat(effects)
                .containsExactly(new Effect.Withdraw(List.of("late")), new Effect.Send("late"));
    }

    @Test
    void aCommandOfTheUsersSaysItsTextWithWhatWasTyped() {
        apply(
                new UiEvent.CommandsLoaded(
                        List.of(new SlashCommand("fix", "Fix an issue", null, "Fix #$1 now."))));
        type("/fi");
        assertThat(state.completions().stream().map(Completion::label)).contains("/fix");
        type("x 12");
        press(Key.of(Key.Code.ENTER));
        assertThat(effects).contains(new Effect.Send("Fix #12 now."));
    }

    @Test
    void aFileIsSoughtWhileItsNameIsTypedAndEnterTakesIt() {
        type("look at @ma");
        assertThat(effects)
                .containsExactly(
                        new Effect.FindFiles(""),
                        new Effect.FindFiles("m"),
                        new Effect.FindFiles("ma"));
        apply(new UiEvent.FilesFound("ma", List.of("src/Main.java", "my file.md")));
        press(Key.of(Key.Code.ENTER));
        assertThat(state.prompt().text()).isEqualTo("look at @src/Main.java ");
        assertThat(state.session().isRunning()).isFalse();
    }

    @Test
    void aNameWithBlanksIsQuotedAndAnAddressIsNoFile() {
        type("@my");
        apply(new UiEvent.FilesFound("my", List.of("my file.md")));
        press(Key.of(Key.Code.TAB));
        assertThat(state.prompt().text()).isEqualTo("@\"my file.md\" ");
        effects.clear();
        type("mail me@example.com");
        assertThat(effects).isEmpty();
    }

    @Test
    void escapeClosesTheFilesAndKeepsWhatWasTyped() {
        type("@ma");
        apply(new UiEvent.FilesFound("ma", List.of("Main.java")));
        press(Key.of(Key.Code.ESCAPE));
        assertThat(state.completions()).isEmpty();
        assertThat(state.prompt().text()).isEqualTo("@ma");
    }

    @Test
    void exclamationRunsACommandAndNumberSignRemembers() {
        enter("!ls -l");
        assertThat(effects).contains(new Effect.Shell("ls -l"));
        assertThat(state.session().isRunning()).isTrue();
        effects.clear();
        enter("#the tests need docker");
        assertThat(effects).contains(new Effect.Note("the tests need docker"));
    }

    @Test
    void numbersAndHeadingsAreMessages() {
        for (String message : List.of("#12 is broken", "## Plan", "# Title\nbody", "!")) {
            assertThat(Commands.isNote(message) || Commands.isShell(message)).as(message).isFalse();
        }
    }

    @Test
    void theContextHasABarForEachPieceAndFitsANarrowScreen() {
        ContextUse use =
                new ContextUse(
                        List.of(
                                new ContextUse.Item(ContextUse.Kind.SYSTEM, "", 1_500),
                                new ContextUse.Item(ContextUse.Kind.TOOL_RESULTS, "", 98_500)),
                        200_000,
                        true);
        List<String> lines = ContextLines.of(use).stream().map(Sheet.Line::text).toList();
        assertThat(lines.subList(0, 4))
                .containsExactly(
                        "system prompt    1,500   0.8% █░░░░░",
                        "tool results    98,500  49.3% ███░░░",
                        "used           100,000  50.0% ███░░░",
                        "free           100,000  50.0% ███░░░")
                .allMatch(line -> line.length() <= 36);
    }

    @Test
    void undoIsShownBeforeItIsDone() {
        enter("/undo");
        assertThat(effects).containsExactly(new Effect.Preview(Direction.UNDO));
        effects.clear();
        apply(new UiEvent.Opened(UndoSheet.of(report(FileStep.Kind.RESTORE, ""))));
        press(Key.of(Key.Code.ENTER));
        assertThat(effects).containsExactly(new Effect.Go(Direction.UNDO));
        assertThat(state.top()).isNull();
    }

    @Test
    void aQuestionGoesWithItsTurnEvenUnderAPage() {
        enter("first");
        apply(
                new UiEvent.Asked(
                        new Approver.Question(
                                new Intent("c", "edit", "edit a", List.of(), null),
                                "why",
                                List.of())));
        apply(new UiEvent.Opened(Sheet.of("Memory", List.of())));
        apply(new UiEvent.Turned(new AgentEvent.TurnInterrupted()));
        apply(new UiEvent.TurnOver(null));
        press(Key.of(Key.Code.ENTER));
        assertThat(state.top()).isNull();
    }

    @Test
    void undoThatWouldLoseSomebodysChangeCannotBeEntered() {
        Sheet sheet = UndoSheet.of(report(FileStep.Kind.CONFLICT, "changed since"));
        assertThat(sheet.lines()).extracting(Sheet.Line::text).contains("! a.txt  changed since");
        apply(new UiEvent.Opened(sheet));
        press(Key.of(Key.Code.ENTER));
        assertThat(effects).isEmpty();
    }

    @Test
    void whatWasUndoneComesBackIntoAnEmptyPrompt() {
        enter("hello");
        apply(new UiEvent.Turned(new AgentEvent.TurnEnded(StopReason.END)));
        apply(new UiEvent.TurnOver(null));
        apply(new UiEvent.Rewritten(Earlier.NOTHING, "undone, 0 files put back", "hello"));
        assertThat(state.prompt().text()).isEqualTo("hello");
        assertThat(said()).doesNotContain("› hello").contains("undone, 0 files put back");
    }

    @Test
    void theConversationIsNotChangedUnderATurn() {
        enter("first");
        effects.clear();
        for (String command : List.of("/undo", "/redo", "/compact", "/resume", "/fork")) {
            enter(command);
        }
        assertThat(effects).isEmpty();
    }

    private static UndoReport report(FileStep.Kind kind, String why) {
        return new UndoReport(
                Direction.UNDO,
                List.of(new Part.Text("change a")),
                List.of(new FileStep("a.txt", kind, 1, 2, why)));
    }

    private List<String> said() {
        List<String> lines = new ArrayList<>();
        new Viewport(state.transcript(), 79, 1000, Folds.NONE)
                .window(new Scroll.Following())
                .lines()
                .forEach(line -> {
                    StringBuilder text = new StringBuilder();
                    line.forEach(span -> text.append(span.text()));
                    lines.add(text.toString());
                });
        return lines;
    }

    private void enter(String text) {
        type(text);
        press(Key.of(Key.Code.ENTER));
    }

    private void type(String text) {
        text.codePoints().forEach(c -> press(Key.of(c)));
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
