package hal0.agent.file;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a patch does with one file, by the name that it gives.
sealed interface FilePatch {
    String path();

    record Add(String path, String content) implements FilePatch {}

    record Delete(String path) implements FilePatch {}

    /// `moveTo` is its new name, null where it stays.
    record Update(String path, @Nullable String moveTo, List<Hunk> hunks) implements FilePatch {
        public Update {
            hunks = List.copyOf(hunks);
        }
    }

    /// A place of a file and what becomes of its lines.
    ///
    /// **Shape** `anchors` are lines that come before it, from the outer to the inner. `hint` is
    /// the line where it should begin, counted from one, 0 where none is said. `atEnd` when it must
    /// end where the file does. `newline` is whether the last line ends as lines do afterwards,
    /// null for as before.
    record Hunk(
            List<String> anchors,
            List<Line> lines,
            int hint,
            boolean atEnd,
            @Nullable Boolean newline) {
        public Hunk {
            anchors = List.copyOf(anchors);
            lines = List.copyOf(lines);
        }

        /// The lines that must be there.
        List<String> old() {
            return lines.stream().filter(line -> line.kind() != '+').map(Line::text).toList();
        }
    }

    /// `kind` is a space for a line that stays, `-` for one that goes, `+` for one that comes.
    record Line(char kind, String text) {}
}
