package hal0.agent.permission;

import java.util.ArrayList;
import java.util.List;

/// Matches texts against literal pieces with anything between them, without trying twice.
final class Stars {
    private Stars() {}

    static List<String> pieces(String pattern) {
        return new ArrayList<>(List.of(pattern.split("\\*", -1)));
    }

    static boolean match(List<String> pieces, String text) {
        String first = pieces.getFirst();
        if (pieces.size() == 1) {
            return text.equals(first);
        }
        String last = pieces.getLast();
        if (!text.startsWith(first)) {
            return false;
        }
        int at = first.length();
        for (String piece : pieces.subList(1, pieces.size() - 1)) {
            int found = text.indexOf(piece, at);
            if (found < 0) {
                return false;
            }
            at = found + piece.length();
        }
        return text.length() - last.length() >= at && text.endsWith(last);
    }
}
