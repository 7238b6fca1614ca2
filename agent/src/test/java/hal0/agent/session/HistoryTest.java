package hal0.agent.session;

import static org.assertj.core.api.Assertions.assertThat;

import hal0.agent.session.SessionEntry.Ending;
import hal0.providers.event.StopReason;
import hal0.providers.message.Part;
import hal0.providers.price.Cost;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class HistoryTest {
    private static final Instant AT = Instant.EPOCH;

    @Test
    void undoneTurnsComeBackInTheOrderInWhichTheyWereSaid() {
        History history =
                of(said("1"), answer("a"), said("2"), answer("b"), said("3"), undone(4), undone(2));
        assertThat(numbers(history)).containsExactly(0, 1);
        assertThat(history.undone()).extracting(History.Numbered::number).containsExactly(2, 3);
        history.add(redone());
        assertThat(numbers(history)).containsExactly(0, 1, 2, 3);
        history.add(redone());
        assertThat(numbers(history)).containsExactly(0, 1, 2, 3, 4);
        history.add(redone());
        assertThat(numbers(history)).containsExactly(0, 1, 2, 3, 4);
        assertThat(history.count()).isEqualTo(10);
    }

    @Test
    void whatIsSaidAfterAnUndoTakesItsPlace() {
        History history = of(said("1"), said("2"), undone(1), said("other"), redone());
        assertThat(numbers(history)).containsExactly(0, 3);
        assertThat(history.undone()).isEmpty();
    }

    @Test
    void whatHappensBesideAnUndoDoesNotForbidToRedo() {
        SessionEntry beside =
                new SessionEntry.SpentBeside(AT, "x", "r", "p", "m", null, new Cost.Local());
        History history = of(said("1"), answer("a"), said("2"), undone(2), beside, redone());
        assertThat(numbers(history)).containsExactly(0, 1, 2, 4);
    }

    @Test
    void summaryMadeBetweenUndoAndRedoStandsForTheSame() {
        History history = of(said("1"), answer("a"), said("2"), answer("b"), said("3"), undone(4));
        history.add(new SessionEntry.Compacted(AT, "sum", 2));
        history.add(redone());
        assertThat(history.told())
                .containsExactly(
                        new SessionEntry.Compacted(AT, "sum", 2),
                        said("2"),
                        answer("b"),
                        said("3"));
    }

    @Test
    void undoingTheTurnInWhichItWasMadeTakesTheSummaryBack() {
        History history =
                of(
                        said("1"),
                        answer("a"),
                        said("2"),
                        new SessionEntry.Compacted(AT, "sum", 2),
                        answer("b"));
        assertThat(history.told()).hasSize(3);
        history.add(undone(2));
        assertThat(history.summary()).isEmpty();
        assertThat(history.told()).containsExactly(said("1"), answer("a"));
        history.add(redone());
        assertThat(history.summary()).isPresent();
    }

    @Test
    void expandingTellsEverythingThatTheLastSummaryStoodFor() {
        History history =
                of(
                        said("1"),
                        answer("a"),
                        said("2"),
                        new SessionEntry.Compacted(AT, "first", 2),
                        answer("b"),
                        said("3"),
                        new SessionEntry.Compacted(AT, "second", 5));
        assertThat(history.told()).hasSize(2);
        history.add(new SessionEntry.Expanded(AT));
        assertThat(history.told())
                .containsExactly(
                        new SessionEntry.Compacted(AT, "first", 2),
                        said("2"),
                        answer("b"),
                        said("3"));
        history.add(new SessionEntry.Expanded(AT));
        history.add(new SessionEntry.Expanded(AT));
        assertThat(history.told())
                .containsExactly(said("1"), answer("a"), said("2"), answer("b"), said("3"));
    }

    @Test
    void planOfATurnThatWasUndoneIsTheOneBefore() {
        List<Todo> old = List.of(new Todo("old", Todo.State.DONE));
        List<Todo> fresh = List.of(new Todo("new", Todo.State.DOING));
        History history =
                of(
                        said("1"),
                        new SessionEntry.Planned(AT, old),
                        said("2"),
                        new SessionEntry.Planned(AT, fresh));
        assertThat(history.todos()).isEqualTo(fresh);
        history.add(undone(2));
        assertThat(history.todos()).isEqualTo(old);
    }

    @Test
    void turnBeginsWithWhatTheUserSaidNotWithANudge() {
        History history =
                of(
                        said("1"),
                        answer("a"),
                        said("2"),
                        answer("b"),
                        new SessionEntry.Nudged(AT, "user", "faster"));
        assertThat(history.lastTurn())
                .extracting(History.Numbered::number)
                .containsExactly(2, 3, 4);
        assertThat(of().lastTurn()).isEmpty();
    }

    @Test
    void undoOfWhatIsNotThereChangesNothing() {
        History history = of(said("1"), undone(7), redone(), redone());
        assertThat(numbers(history)).containsExactly(0);
    }

    private static History of(SessionEntry... entries) {
        return History.of(List.of(entries));
    }

    private static List<Integer> numbers(History history) {
        return history.all().stream().map(History.Numbered::number).toList();
    }

    private static SessionEntry said(String text) {
        return new SessionEntry.UserSaid(AT, List.of(new Part.Text(text)));
    }

    private static SessionEntry answer(String text) {
        return new SessionEntry.ModelSaid(
                AT,
                "r",
                "p",
                "m",
                List.of(new Part.Text(text)),
                null,
                new Cost.Local(),
                new Ending.Stopped(StopReason.END));
    }

    private static SessionEntry undone(int from) {
        return new SessionEntry.Undone(AT, from);
    }

    private static SessionEntry redone() {
        return new SessionEntry.Redone(AT);
    }
}
