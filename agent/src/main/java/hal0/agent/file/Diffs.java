package hal0.agent.file;

import com.github.difflib.DiffUtils;
import com.github.difflib.UnifiedDiffUtils;
import com.github.difflib.algorithm.myers.MyersDiffWithLinearSpace;
import com.github.difflib.patch.AbstractDelta;
import com.github.difflib.patch.ChangeDelta;
import com.github.difflib.patch.Chunk;
import com.github.difflib.patch.DeleteDelta;
import com.github.difflib.patch.InsertDelta;
import com.github.difflib.patch.Patch;
import hal0.agent.tool.Counted;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What changed, as a unified diff for people. Pure.
public final class Diffs {
    private static final int CONTEXT = 3;
    private static final int MOST_LINES = 1000;
    private static final int LINE_CHARS = 1000;

    /// Beyond that, what lies between the equal beginning and the equal end counts as one change:
    /// the time goes with the product of the lines that differ.
    private static final int COMPARED = 4000;

    private Diffs() {}

    /// Empty when nothing shows. A null text means that there is no file.
    public static String of(
            String oldName, @Nullable String before, String newName, @Nullable String after) {
        List<String> old = lines(before);
        List<String> now = lines(after);
        Patch<String> patch = patch(old, now);
        if (patch.getDeltas().isEmpty()) {
            return "";
        }
        List<String> diff =
                UnifiedDiffUtils.generateUnifiedDiff(
                        before == null ? "/dev/null" : "a/" + oldName,
                        after == null ? "/dev/null" : "b/" + newName,
                        old,
                        patch,
                        CONTEXT);
        return capped(diff);
    }

    private static String capped(List<String> diff) {
        StringBuilder text = new StringBuilder();
        int shown = Math.min(diff.size(), MOST_LINES);
        for (String line : diff.subList(0, shown)) {
            text.append(Lines.cut(line, LINE_CHARS)).append('\n');
        }
        if (shown < diff.size()) {
            text.append("… %s more\n".formatted(Counted.words(diff.size() - shown, "line")));
        }
        return text.toString();
    }

    private static Patch<String> patch(List<String> old, List<String> now) {
        int most = Math.min(old.size(), now.size());
        int head = 0;
        while (head < most && old.get(head).equals(now.get(head))) {
            head++;
        }
        int tail = 0;
        while (tail < most - head
                && old.get(old.size() - 1 - tail).equals(now.get(now.size() - 1 - tail))) {
            tail++;
        }
        List<String> oldPart = old.subList(head, old.size() - tail);
        List<String> newPart = now.subList(head, now.size() - tail);
        Patch<String> patch = new Patch<>();
        if (oldPart.isEmpty() && newPart.isEmpty()) {
            return patch;
        }
        if (oldPart.size() + newPart.size() > COMPARED) {
            patch.addDelta(delta(new Chunk<>(head, oldPart), new Chunk<>(head, newPart)));
            return patch;
        }
        merged(DiffUtils.diff(oldPart, newPart, new MyersDiffWithLinearSpace<String>()), head)
                .forEach(patch::addDelta);
        return patch;
    }

    /// The deltas moved down by `head`, those that touch made one: what replaces follows what it
    /// replaces.
    private static List<AbstractDelta<String>> merged(Patch<String> part, int head) {
        List<AbstractDelta<String>> merged = new ArrayList<>();
        for (AbstractDelta<String> each : part.getDeltas()) {
            Chunk<String> old = moved(each.getSource(), head);
            Chunk<String> now = moved(each.getTarget(), head);
            if (!merged.isEmpty() && touches(merged.getLast(), old, now)) {
                AbstractDelta<String> before = merged.removeLast();
                old = joined(before.getSource(), old);
                now = joined(before.getTarget(), now);
            }
            merged.add(delta(old, now));
        }
        return merged;
    }

    private static boolean touches(
            AbstractDelta<String> before, Chunk<String> old, Chunk<String> now) {
        return end(before.getSource()) == old.getPosition()
                && end(before.getTarget()) == now.getPosition();
    }

    private static int end(Chunk<String> chunk) {
        return chunk.getPosition() + chunk.size();
    }

    private static Chunk<String> joined(Chunk<String> first, Chunk<String> second) {
        List<String> lines = new ArrayList<>(first.getLines());
        lines.addAll(second.getLines());
        return new Chunk<>(first.getPosition(), lines);
    }

    private static AbstractDelta<String> delta(Chunk<String> old, Chunk<String> now) {
        if (old.size() == 0) {
            return new InsertDelta<>(old, now);
        }
        return now.size() == 0 ? new DeleteDelta<>(old, now) : new ChangeDelta<>(old, now);
    }

    private static Chunk<String> moved(Chunk<String> chunk, int by) {
        return new Chunk<>(chunk.getPosition() + by, chunk.getLines());
    }

    /// A last line without its newline says so, as diffs do.
    private static List<String> lines(@Nullable String text) {
        List<String> lines = new ArrayList<>();
        if (text == null) {
            return lines;
        }
        String plain = CrlfText.plain(text);
        int from = 0;
        for (int at = plain.indexOf('\n'); at >= 0; at = plain.indexOf('\n', from)) {
            lines.add(plain.substring(from, at));
            from = at + 1;
        }
        if (from < plain.length()) {
            lines.add(plain.substring(from) + "\n\\ No newline at end of file");
        }
        return lines;
    }
}
