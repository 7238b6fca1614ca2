package hal0.agent.file;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Gathers the lines of one hunk while a patch is read.
final class HunkBuilder {
    private final List<String> anchors = new ArrayList<>();
    private final List<FilePatch.Line> lines = new ArrayList<>();
    private int hint;
    private boolean atEnd;
    private @Nullable Boolean newline;

    /// How many of the last lines are quite empty: a gap between hunks looks like that.
    private int gap;

    void anchor(String line) {
        anchors.add(line);
    }

    void hint(int line) {
        hint = line;
    }

    void atEnd() {
        atEnd = true;
    }

    /// False for a line that no hunk has.
    boolean line(String line) {
        if (line.isEmpty()) {
            lines.add(new FilePatch.Line(' ', ""));
            gap++;
            return true;
        }
        char kind = line.charAt(0);
        if (kind == '\\') {
            noNewline();
            return true;
        }
        if (kind != ' ' && kind != '+' && kind != '-') {
            return false;
        }
        lines.add(new FilePatch.Line(kind, line.substring(1)));
        gap = 0;
        return true;
    }

    /// The line before has no newline: an old one that goes has none, or a new one will have none.
    private void noNewline() {
        if (!lines.isEmpty()) {
            newline = lines.getLast().kind() == '-';
        }
    }

    boolean isEmpty() {
        return lines.size() == gap;
    }

    boolean hasAnchors() {
        return !anchors.isEmpty() || hint > 0;
    }

    FilePatch.Hunk hunk() {
        List<FilePatch.Line> wanted = lines.subList(0, lines.size() - gap);
        return new FilePatch.Hunk(anchors, wanted, hint, atEnd, newline);
    }
}
