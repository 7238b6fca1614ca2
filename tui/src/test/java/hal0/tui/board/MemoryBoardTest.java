package hal0.tui.board;

import static org.assertj.core.api.Assertions.assertThat;

import hal0.home.memory.Memorized;
import hal0.home.memory.Note;
import hal0.tui.board.MemoryBoard.Shelf;
import hal0.tui.state.Board.Act;
import hal0.tui.state.Board.Content;
import hal0.tui.state.Board.Line;
import hal0.tui.state.Change;
import hal0.tui.state.Doing;
import hal0.tui.state.Effect;
import hal0.tui.state.Place;
import hal0.tui.text.Span;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// What can be done with notes on the screen.
class MemoryBoardTest {
    private static final Instant THEN = Instant.parse("2026-01-01T00:00:00Z");

    private static Memorized note(long id, String bank, String text, String... tags) {
        return new Memorized(
                id, new Note(bank, text, List.of(tags), Map.of(), "t"), THEN, THEN, null, 0);
    }

    private static Line.Row row(Content content, String id) {
        return content.lines().stream()
                .filter(line -> line instanceof Line.Row row && row.id().equals(id))
                .map(Line.Row.class::cast)
                .findFirst()
                .orElseThrow(() -> new AssertionError("no row " + id));
    }

    private static Doing doing(Line.Row row, char key) {
        return row.acts().stream()
                .filter(act -> act.key() == key)
                .map(Act::doing)
                .findFirst()
                .orElseThrow();
    }

    private static Doing entered(Line.Row row, char key, String text) {
        return ((Doing.Entering) doing(row, key)).then().apply(text);
    }

    private static Content content(Shelf shelf, String bank) {
        return MemoryBoard.of(shelf, bank, ZoneOffset.UTC);
    }

    @Test
    void aNoteIsEditedTaggedAndForgottenInItsRow() {
        Shelf shelf = new Shelf(List.of(note(7, "default", "one", "a", "b")), Map.of(), null);
        Line.Row row = row(content(shelf, ""), "7");

        assertThat(((Doing.Entering) doing(row, 'e')).text()).isEqualTo("one");
        assertThat(entered(row, 'e', "two"))
                .isEqualTo(new Doing.Now(new Effect.Alter(new Change.Reword(7, "two"))));
        assertThat(entered(row, 't', " x  y "))
                .isEqualTo(new Doing.Now(new Effect.Alter(new Change.Retag(7, List.of("x", "y")))));
        assertThat(doing(row, 'x'))
                .isEqualTo(new Doing.Now(new Effect.Alter(new Change.Forget(7))));
        assertThat(row.acts()).extracting(Act::key).doesNotContain('b');
    }

    @Test
    void whatAFieldWouldSpoilIsNotEditedThere() {
        Shelf shelf =
                new Shelf(List.of(note(7, "default", "one\ntwo", "two words")), Map.of(), null);

        assertThat(row(content(shelf, ""), "7").acts()).extracting(Act::key).containsExactly('x');
    }

    @Test
    void whatWasForgottenIsBroughtBackFromTheFirstRow() {
        Shelf shelf =
                new Shelf(
                        List.of(note(8, "default", "other")),
                        Map.of("default", 1L),
                        note(7, "default", "gone"));
        Line.Row first = (Line.Row) content(shelf, "").lines().getFirst();

        assertThat(first.cells()).extracting(Span::text).contains("bring back: gone");
        assertThat(first.acts().getFirst().doing())
                .isEqualTo(new Doing.Now(new Effect.Alter(new Change.Recall())));
    }

    @Test
    void anotherBankIsOneKeyAway() {
        Shelf shelf =
                new Shelf(List.of(note(1, "work", "one")), Map.of("work", 1L, "default", 3L), null);
        Line.Row row = row(content(shelf, "work"), "1");

        Doing.Choose banks = (Doing.Choose) doing(row, 'b');

        assertThat(banks.among()).extracting(Act::label).containsExactly("all", "default (3)");
        assertThat(banks.among().getLast().doing())
                .isEqualTo(new Doing.Open(new Place(Place.Kind.MEMORY, "default")));
        assertThat(row.cells()).extracting(Span::text).doesNotContain("work");
        assertThat(row(content(shelf, ""), "1").cells()).extracting(Span::text).contains("work");
    }
}
