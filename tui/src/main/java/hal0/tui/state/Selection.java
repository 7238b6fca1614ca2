package hal0.tui.state;

import java.util.Comparator;

/// What of the transcript is selected, in its text and not in cells: it stays where it is whatever
/// is written below, scrolled or resized.
///
/// **Shape** from the cluster at `anchor` to that at `head`, both with it, in whole words or rows
/// as `grain` says; `moved` once the mouse was dragged.
public record Selection(Spot anchor, Spot head, Grain grain, boolean moved) {

    /// A character of a row's [RowText].
    public record Spot(int row, int offset) implements Comparable<Spot> {
        private static final Comparator<Spot> ORDER =
                Comparator.comparingInt(Spot::row).thenComparingInt(Spot::offset);

        @Override
        public int compareTo(Spot other) {
            return ORDER.compare(this, other);
        }
    }

    enum Grain {
        CLUSTER,
        WORD,
        ROW;

        static Grain of(int clicks) {
            return clicks <= 1 ? CLUSTER : clicks == 2 ? WORD : ROW;
        }
    }

    Selection to(Spot other) {
        return new Selection(anchor, other, grain, moved || !other.equals(head));
    }

    Spot first() {
        return anchor.compareTo(head) <= 0 ? anchor : head;
    }

    Spot last() {
        return anchor.compareTo(head) <= 0 ? head : anchor;
    }

    /// Whether anything is: a mere click selects nothing.
    boolean isSome() {
        return moved || grain != Grain.CLUSTER;
    }

    /// Where it begins in a row that it touches.
    int from(int row, RowText text) {
        if (row > first().row() || grain == Grain.ROW) {
            return 0;
        }
        int offset = Math.min(first().offset(), text.text().length());
        return grain == Grain.WORD ? text.wordStart(offset) : offset;
    }

    /// Where it ends in such a row.
    int to(int row, RowText text) {
        if (row < last().row() || grain == Grain.ROW) {
            return text.text().length();
        }
        return grain == Grain.WORD ? text.wordEnd(last().offset()) : text.after(last().offset());
    }
}
