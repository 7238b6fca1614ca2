package hal0.tui.state;

import hal0.tui.state.Effect.Next;
import hal0.tui.state.Selection.Grain;
import hal0.tui.state.Selection.Spot;
import hal0.tui.terminal.Input;
import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/// What the mouse does: it selects text of the transcript and puts the caret into the prompt.
public final class Pointing {
    private static final int SCROLLED = 2;

    private Pointing() {}

    /// Cells of a line of the screen.
    public record Stretch(int column, int row, int columns) {}

    static Next did(UiState state, Input.Mouse mouse) {
        if (mouse.button() != 0 || state.top() != null) {
            return Next.of(state);
        }
        return switch (mouse.action()) {
            case PRESS -> Next.of(pressed(state, mouse));
            case DRAG -> Next.of(dragged(state, mouse));
            case RELEASE -> released(state, mouse);
        };
    }

    private static UiState pressed(UiState state, Input.Mouse mouse) {
        UiState bare = state.with(state.screen().with((Selection) null));
        Geometry geometry = Geometry.of(state);
        if (mouse.row() >= geometry.promptRow() && mouse.row() < geometry.statusRow()) {
            return caret(bare, geometry, mouse);
        }
        Spot spot = mouse.row() < geometry.transcriptRows() ? spot(state, mouse) : null;
        return spot == null
                ? bare
                : bare.with(
                        bare.screen()
                                .with(new Selection(spot, spot, Grain.of(mouse.clicks()), false)));
    }

    /// A click on a chip opens it.
    private static UiState caret(UiState state, Geometry geometry, Input.Mouse mouse) {
        PromptLayout layout =
                PromptLayout.of(state.prompt(), Geometry.promptWidth(state.screen().size()));
        int line = layout.firstShown(geometry.promptRows()) + mouse.row() - geometry.promptRow();
        if (line >= layout.lines().size()) {
            return state;
        }
        int column = Math.max(0, mouse.column() - Geometry.PROMPT_SIGN);
        Prompt at = state.prompt().at(layout.indexAt(state.prompt(), line, column));
        Prompt behind = at.right();
        return state.with(behind.chipBefore() == null ? at : behind.openChip());
    }

    private static UiState dragged(UiState state, Input.Mouse mouse) {
        Selection selection = state.screen().selection();
        if (selection == null) {
            return state;
        }
        int rows = Geometry.of(state).transcriptRows();
        UiState next = state;
        if (mouse.row() == 0) {
            next = Keys.scrolled(state, -SCROLLED);
        } else if (mouse.row() >= rows) {
            next = Keys.scrolled(state, SCROLLED);
        }
        Spot spot = spot(next, mouse);
        return spot == null ? next : next.with(next.screen().with(selection.to(spot)));
    }

    /// What was dragged is copied; a mere click turns the block that it is on.
    private static Next released(UiState state, Input.Mouse mouse) {
        Selection selection = state.screen().selection();
        if (selection == null || selection.isSome()) {
            return selection == null ? Next.of(state) : copied(state);
        }
        UiState bare = state.with(state.screen().with((Selection) null));
        UiState turned = Folding.at(bare, mouse.row());
        return Next.of(turned == null ? bare : turned);
    }

    /// The nearest character of the transcript; null when there is none.
    private static @Nullable Spot spot(UiState state, Input.Mouse mouse) {
        Viewport viewport = state.viewport();
        List<Viewport.Place> places = viewport.places(state.screen().scroll());
        if (places.isEmpty()) {
            return null;
        }
        boolean below = mouse.row() >= places.size();
        Viewport.Place place = below ? places.getLast() : places.get(mouse.row());
        int column = below ? Integer.MAX_VALUE : mouse.column();
        return new Spot(place.row(), viewport.text(place.row()).offsetAt(place.line(), column));
    }

    /// The cells that show what is selected.
    public static List<Stretch> selected(UiState state) {
        Selection selection = state.screen().selection();
        if (selection == null || !selection.isSome()) {
            return List.of();
        }
        Viewport viewport = state.viewport();
        List<Viewport.Place> places = viewport.places(state.screen().scroll());
        List<Stretch> stretches = new ArrayList<>();
        for (int y = 0; y < places.size(); y++) {
            Viewport.Place place = places.get(y);
            if (place.row() >= selection.first().row() && place.row() <= selection.last().row()) {
                RowText text = viewport.text(place.row());
                int from = text.columnOf(place.line(), selection.from(place.row(), text));
                int to = text.columnOf(place.line(), selection.to(place.row(), text));
                stretches.add(new Stretch(from, y, to - from));
            }
        }
        return stretches;
    }

    static Next copied(UiState state) {
        if (state.prompt().isSelected()) {
            return PromptSelection.copied(state);
        }
        Selection selection = state.screen().selection();
        if (selection == null || !selection.isSome()) {
            return Next.of(state.withHint("nothing is selected"));
        }
        String text = text(state.viewport(), selection);
        return text.isEmpty() ? Next.of(state) : Next.of(state, new Effect.Copy(text, what(text)));
    }

    static String what(String text) {
        long lines = text.lines().count();
        int characters = text.codePointCount(0, text.length());
        return lines > 1
                ? lines + " lines"
                : characters == 1 ? "1 character" : characters + " characters";
    }

    private static String text(Viewport viewport, Selection selection) {
        StringJoiner out = new StringJoiner("\n");
        boolean rows = selection.first().row() < selection.last().row();
        int last = Math.min(selection.last().row(), viewport.transcript().size() - 1);
        for (int row = selection.first().row(); row <= last; row++) {
            RowText text = viewport.text(row);
            if (!text.lines().isEmpty()) {
                int from = selection.from(row, text);
                int to = Math.max(from, selection.to(row, text));
                out.add(
                        (from == 0 && to > 0 && rows ? text.marker() : "")
                                + text.text().substring(from, to));
            }
        }
        return out.toString();
    }
}
