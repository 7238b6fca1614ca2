package hal0.agent.file;

import hal0.agent.tool.ToolException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/// Finds where a hunk belongs; a place that is only one of several is refused, as the wrong one
/// would be changed.
///
/// **Errors** [ToolException] in words for the model.
record HunkPlace(Lines lines, String name) {
    /// Exactly, then without the spaces at the end, then as lines that look alike.
    private static final List<UnaryOperator<String>> WAYS =
            List.of(UnaryOperator.identity(), String::stripTrailing, Alike::key);

    private static final int MOST_NAMED = 10;

    /// The line where it begins, not before `from`; both counted from zero.
    int of(FilePatch.Hunk hunk, int from) {
        int behind = from;
        for (String anchor : hunk.anchors()) {
            behind = behind(anchor, behind);
        }
        List<String> old = hunk.old();
        if (old.isEmpty()) {
            return insertion(hunk, behind);
        }
        for (UnaryOperator<String> way : WAYS) {
            List<Integer> found = found(old, behind, way);
            if (found.isEmpty() && behind > from) {
                // Some repeat the line of @@ as the first of the hunk.
                found = found(old, behind - 1, way);
            }
            if (hunk.atEnd()) {
                found.removeIf(at -> at + old.size() != lines.count());
            }
            if (!found.isEmpty()) {
                return chosen(found, hunk);
            }
        }
        String wanted = String.join("\n", old) + "\n";
        boolean earlier = from > 0 && !found(old, 0, WAYS.getLast()).isEmpty();
        throw new ToolException(
                earlier
                        ? "its lines are only before the hunk that comes before it; put hunks in"
                                + " the order of the file"
                        : NearMiss.explain(lines.text(), wanted, name));
    }

    private int insertion(FilePatch.Hunk hunk, int behind) {
        if (hunk.hint() > 0) {
            return Math.max(behind, Math.min(hunk.hint(), lines.count()));
        }
        return hunk.anchors().isEmpty() ? lines.count() : behind;
    }

    private int behind(String anchor, int from) {
        for (UnaryOperator<String> way : WAYS) {
            List<Integer> found = found(List.of(anchor), from, way);
            if (!found.isEmpty()) {
                return found.getFirst() + 1;
            }
        }
        throw new ToolException(
                "there is no line \"%s\"%s; what follows @@ must be a whole line of the file"
                        .formatted(
                                Lines.cut(anchor.strip(), 120),
                                from > 0 ? " behind line " + from : ""));
    }

    private List<Integer> found(List<String> old, int from, UnaryOperator<String> way) {
        List<String> wanted = old.stream().map(way).toList();
        List<Integer> found = new ArrayList<>();
        for (int at = from; at + wanted.size() <= lines.count(); at++) {
            int same = 0;
            while (same < wanted.size()
                    && way.apply(lines.get(at + same)).equals(wanted.get(same))) {
                same++;
            }
            if (same == wanted.size()) {
                found.add(at);
            }
        }
        return found;
    }

    private static int chosen(List<Integer> found, FilePatch.Hunk hunk) {
        if (hunk.hint() > 0) {
            int near = found.getFirst();
            for (int each : found) {
                boolean nearer =
                        Math.abs(each + 1 - hunk.hint()) < Math.abs(near + 1 - hunk.hint());
                near = nearer ? each : near;
            }
            return near;
        }
        if (found.size() == 1 || !hunk.anchors().isEmpty()) {
            return found.getFirst();
        }
        List<String> numbers =
                found.stream().limit(MOST_NAMED).map(at -> String.valueOf(at + 1)).toList();
        throw new ToolException(
                "its lines are in %d places (lines %s%s): give more lines around the change, or"
                                .formatted(
                                        found.size(),
                                        String.join(", ", numbers),
                                        found.size() > MOST_NAMED ? ", …" : "")
                        + " the line of its class or function behind @@");
    }
}
