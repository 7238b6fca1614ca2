package hal0.tui.state;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// The lines that fit the filter of a board, sought once: a key and its frame ask for them several
/// times, and there may be thousands.
///
/// **Shape** follows from the rest of its board, so that any two are equal. **Threads** the UI's.
final class Narrowed {
    private @Nullable List<Board.Line> lines;

    List<Board.Line> lines(Board board) {
        List<Board.Line> known = lines;
        if (known == null) {
            known = List.copyOf(board.narrowedNow());
            lines = known;
        }
        return known;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Narrowed;
    }

    @Override
    public int hashCode() {
        return 0;
    }
}
