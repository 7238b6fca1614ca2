package hal0.agent.file;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/// Says where a passage that is not in a text would nearly fit, and what differs.
///
/// **Shape** texts with `\n` only. The time grows with the text, not with the product of both.
final class NearMiss {
    private static final int MOST_SHOWN = 20;
    private static final int LINE_CHARS = 300;

    /// Lines that stand in more places say little about where a passage is.
    private static final int COMMON = 200;

    private static final double ALIKE = 0.55;
    private static final Pattern NUMBERED = Pattern.compile("\\s*\\d+\\t.*");

    private final Lines text;
    private final Lines wanted;

    private NearMiss(String text, String wanted) {
        this.text = Lines.of(text);
        this.wanted = Lines.of(wanted);
    }

    static String explain(String text, String wanted, String name) {
        NearMiss miss = new NearMiss(text, wanted);
        String missing = "this is not in %s:".formatted(name);
        if (miss.isNumbered()) {
            return "it carries the line numbers that read shows; leave out the number and"
                    + " the tab of each line";
        }
        int at = miss.place();
        if (at < 0) {
            return missing
                    + " nothing there is like "
                    + Lines.cut(wanted.strip(), 80).replace("\n", "⏎")
                    + "; read it again";
        }
        return "%s the nearest is at line %d; %s.\n%s"
                .formatted(missing, at + 1, miss.difference(at), miss.shown(at));
    }

    private boolean isNumbered() {
        for (int i = 0; i < wanted.count(); i++) {
            if (!NUMBERED.matcher(wanted.get(i)).matches()) {
                return false;
            }
        }
        return true;
    }

    /// The line of the text where the passage would begin, by the most of its lines; -1 for none.
    private int place() {
        Map<String, List<Integer>> places = new HashMap<>();
        for (int i = 0; i < wanted.count(); i++) {
            String key = Alike.key(wanted.get(i));
            if (!key.isEmpty()) {
                places.computeIfAbsent(key, _ -> new ArrayList<>()).add(i);
            }
        }
        Map<String, Integer> seen = new HashMap<>();
        Map<Integer, Integer> votes = new HashMap<>();
        for (int i = 0; i < text.count(); i++) {
            String key = Alike.key(text.get(i));
            List<Integer> ours = places.get(key);
            if (ours != null && seen.merge(key, 1, Integer::sum) <= COMMON) {
                for (int each : ours) {
                    votes.merge(i - each, 1, Integer::sum);
                }
            }
        }
        int best = -1;
        int most = 0;
        for (Map.Entry<Integer, Integer> each : votes.entrySet()) {
            boolean earlier = each.getValue() == most && each.getKey() < best;
            if (each.getKey() >= 0 && (each.getValue() > most || earlier)) {
                best = each.getKey();
                most = each.getValue();
            }
        }
        return best >= 0 ? best : likePlace();
    }

    /// No line is the same: where the longest one has its like.
    private int likePlace() {
        int longest = 0;
        for (int i = 1; i < wanted.count(); i++) {
            if (wanted.get(i).strip().length() > wanted.get(longest).strip().length()) {
                longest = i;
            }
        }
        Set<Integer> ours = Alike.pairs(wanted.count() == 0 ? "" : wanted.get(longest));
        int best = -1;
        double most = ALIKE;
        for (int i = 0; i < text.count(); i++) {
            double likeness = Alike.likeness(ours, Alike.pairs(text.get(i)));
            if (likeness > most) {
                best = i;
                most = likeness;
            }
        }
        return best < 0 ? -1 : Math.max(0, best - longest);
    }

    private String difference(int at) {
        Set<String> kinds = new HashSet<>();
        List<String> differing = new ArrayList<>();
        for (int i = 0; i < wanted.count(); i++) {
            String there = at + i < text.count() ? text.get(at + i) : "";
            String kind = Alike.difference(there, wanted.get(i));
            if (!kind.isEmpty()) {
                kinds.add(kind);
                differing.add(String.valueOf(at + i + 1));
            }
        }
        if (differing.isEmpty()) {
            return "only where the last line ends differs";
        }
        int most = Math.min(differing.size(), MOST_SHOWN);
        String lines = String.join(", ", differing.subList(0, most));
        String what = kinds.size() == 1 ? kinds.iterator().next() : "the text differs";
        return "%s (line%s %s%s)"
                .formatted(
                        what,
                        differing.size() == 1 ? "" : "s",
                        lines,
                        most < differing.size() ? ", …" : "");
    }

    private String shown(int at) {
        StringBuilder shown = new StringBuilder();
        int end = Math.min(text.count(), at + Math.min(wanted.count(), MOST_SHOWN));
        for (int i = at; i < end; i++) {
            shown.append(i + 1).append('\t').append(Lines.cut(text.get(i), LINE_CHARS));
            shown.append('\n');
        }
        return shown.toString();
    }
}
