package hal0.agent.file;

import hal0.agent.tool.ToolException;
import java.util.ArrayList;
import java.util.List;

/// One replacement; both texts end their lines with `\n`, whatever the file does.
record Edit(String old, String now, boolean all) {
    private static final int MOST_NAMED = 20;

    /// The new text, and in how many places it changed.
    record Done(String text, int places) {}

    /// **Errors** [ToolException] that shows where it would nearly fit, or all places where it
    /// fits.
    Done in(String raw, String name) {
        CrlfText text = CrlfText.of(raw);
        List<Integer> found = found(text.plain());
        if (found.isEmpty()) {
            throw new ToolException(missed(text.plain(), name));
        }
        if (found.size() > 1 && !all) {
            throw new ToolException(ambiguous(text.plain(), found, name));
        }
        return new Done(text.with(splices(found)), found.size());
    }

    /// An edit that was made already is tried again more often than one would think.
    private String missed(String plain, String name) {
        int done = now.isBlank() ? -1 : plain.indexOf(now);
        return done < 0
                ? NearMiss.explain(plain, old, name)
                : "\"old\" is not in %s, but \"new\" is, at line %d: it may be done already"
                        .formatted(name, Lines.of(plain).at(done) + 1);
    }

    private List<Integer> found(String plain) {
        List<Integer> found = new ArrayList<>();
        int at = plain.indexOf(old);
        while (at >= 0) {
            found.add(at);
            at = plain.indexOf(old, at + old.length());
        }
        return found;
    }

    /// What is the same at both ends stays as it is, with its line endings.
    private List<CrlfText.Splice> splices(List<Integer> found) {
        int most = Math.min(old.length(), now.length());
        int head = 0;
        while (head < most && old.charAt(head) == now.charAt(head)) {
            head++;
        }
        int tail = 0;
        while (tail < most - head
                && old.charAt(old.length() - 1 - tail) == now.charAt(now.length() - 1 - tail)) {
            tail++;
        }
        List<CrlfText.Splice> splices = new ArrayList<>();
        String with = now.substring(head, now.length() - tail);
        for (int at : found) {
            splices.add(new CrlfText.Splice(at + head, at + old.length() - tail, with));
        }
        return splices;
    }

    private static String ambiguous(String plain, List<Integer> found, String name) {
        Lines lines = Lines.of(plain);
        List<String> numbers = new ArrayList<>();
        for (int at : found.subList(0, Math.min(found.size(), MOST_NAMED))) {
            numbers.add(String.valueOf(lines.at(at) + 1));
        }
        return "\"old\" is %d times in %s (lines %s%s): give more of what is around it, or all"
                .formatted(
                        found.size(),
                        name,
                        String.join(", ", numbers),
                        found.size() > MOST_NAMED ? ", …" : "");
    }
}
