package hal0.relay.rescue;

import org.jspecify.annotations.Nullable;

/// Finds where a new text goes beyond one that was shown, if it begins with exactly that.
///
/// **Shape** runs of white space count as equal, and none is missed at either end of what was
/// shown; white space that was shown last is not shown twice. **Threads** one.
final class Overlap {
    private final String shown;
    private final int words;
    private int at;
    private boolean inGap = true;
    private boolean beyond;

    Overlap(String shown) {
        this.shown = shown;
        this.words = shown.stripTrailing().length();
        at = shown.length() - shown.stripLeading().length();
        at = Math.min(at, words);
    }

    /// What of the next piece goes beyond; null when it is another text.
    @Nullable String beyond(String piece) {
        int i = 0;
        while (at < words && i < piece.length()) {
            char c = piece.charAt(i);
            if (Character.isWhitespace(shown.charAt(at))) {
                if (!Character.isWhitespace(c)) {
                    return null;
                }
                skipGap();
                i++;
            } else if (Character.isWhitespace(c)) {
                if (!inGap) {
                    return null;
                }
                i++;
            } else {
                if (c != shown.charAt(at)) {
                    return null;
                }
                inGap = false;
                at++;
                i++;
            }
        }
        return i < piece.length() ? withoutShownSpace(piece, i) : "";
    }

    private void skipGap() {
        while (Character.isWhitespace(shown.charAt(at))) {
            at++;
        }
        inGap = true;
    }

    private String withoutShownSpace(String piece, int from) {
        int i = from;
        while (!beyond && at < shown.length() && i < piece.length()) {
            if (piece.charAt(i) == shown.charAt(at)) {
                i++;
                at++;
            } else {
                beyond = true;
            }
        }
        beyond |= i < piece.length();
        return piece.substring(i);
    }

    /// Whether all that was shown has come again.
    boolean isPast() {
        return at >= words;
    }
}
