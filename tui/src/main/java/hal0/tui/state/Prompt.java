package hal0.tui.state;

import hal0.tui.text.Graphemes;
import java.util.ArrayList;
import java.util.List;

/// What is being typed.
///
/// **Shape** a long paste stands in the text as one private-use character, the chip, from
/// [#FIRST_CHIP] on; `caret` is an index of `text` between two clusters. Every change gives a new
/// prompt.
public record Prompt(String text, int caret, List<String> chips, String killed) {
    public static final Prompt EMPTY = new Prompt("", 0, List.of(), "");

    static final int FIRST_CHIP = 0xF0000;
    static final int CHIP_LINES = 10;
    static final int CHIP_CHARACTERS = 2000;

    public Prompt {
        chips = List.copyOf(chips);
    }

    public boolean isEmpty() {
        return text.isEmpty();
    }

    public static Prompt of(String text) {
        String clean = withoutChips(text);
        return new Prompt(clean, clean.length(), List.of(), "");
    }

    /// Empty, with what was killed kept for a yank.
    public Prompt cleared() {
        return new Prompt("", 0, List.of(), killed);
    }

    /// The text with chips opened.
    public String expanded() {
        StringBuilder out = new StringBuilder();
        text.codePoints()
                .forEach(point -> {
                    if (chipIndex(point) >= 0) {
                        out.append(chips.get(chipIndex(point)));
                    } else {
                        out.appendCodePoint(point);
                    }
                });
        return out.toString();
    }

    /// Index of the chip that a character stands for, or -1.
    int chipIndex(int point) {
        int index = point - FIRST_CHIP;
        return index >= 0 && index < chips.size() ? index : -1;
    }

    /// How a chip is shown.
    static String label(String pasted) {
        long lines = pasted.chars().filter(c -> c == '\n').count() + 1;
        return lines > 1
                ? "[pasted " + lines + " lines]"
                : "[pasted " + pasted.length() + " characters]";
    }

    public Prompt insert(String typed) {
        return replace(caret, caret, withoutChips(typed));
    }

    public Prompt paste(String pasted) {
        long lines = pasted.chars().filter(c -> c == '\n').count();
        if (lines < CHIP_LINES && pasted.length() < CHIP_CHARACTERS) {
            return insert(pasted);
        }
        List<String> more = new ArrayList<>(chips);
        more.add(pasted);
        String chip = Character.toString(FIRST_CHIP + chips.size());
        return new Prompt(text, caret, more, killed).replace(caret, caret, chip);
    }

    /// Opens the chip before the caret; nothing happens where there is none.
    public Prompt openChip() {
        int from = Graphemes.previous(text, caret);
        int index = from < caret ? chipIndex(text.codePointAt(from)) : -1;
        return index < 0 ? this : replace(from, caret, chips.get(index));
    }

    boolean isAfterChip() {
        return caret > 0 && chipIndex(text.codePointBefore(caret)) >= 0;
    }

    public Prompt backspace() {
        return replace(Graphemes.previous(text, caret), caret, "");
    }

    public Prompt delete() {
        return caret == text.length() ? this : replace(caret, Graphemes.next(text, caret), "");
    }

    public Prompt left() {
        return at(Graphemes.previous(text, caret));
    }

    public Prompt right() {
        return caret == text.length() ? this : at(Graphemes.next(text, caret));
    }

    public Prompt wordLeft() {
        return at(wordStart());
    }

    public Prompt wordRight() {
        return at(wordEnd());
    }

    public Prompt lineStart() {
        return at(lineFrom());
    }

    public Prompt lineEnd() {
        return at(lineTo());
    }

    public Prompt at(int index) {
        return new Prompt(text, index, chips, killed);
    }

    /// Kills to the end of the line, or the line break when there.
    public Prompt killToEnd() {
        int to = lineTo();
        return kill(caret, to == caret && to < text.length() ? to + 1 : to);
    }

    public Prompt killToStart() {
        return kill(lineFrom(), caret);
    }

    public Prompt killWordBefore() {
        return kill(wordStart(), caret);
    }

    public Prompt killWordAfter() {
        return kill(caret, wordEnd());
    }

    public Prompt yank() {
        return replace(caret, caret, killed);
    }

    private Prompt kill(int from, int to) {
        Prompt rest = replace(from, to, "");
        String gone = text.substring(from, to);
        return gone.isEmpty() ? this : new Prompt(rest.text, rest.caret, chips, gone);
    }

    private Prompt replace(int from, int to, String by) {
        String changed = text.substring(0, from) + by + text.substring(to);
        return new Prompt(changed, from + by.length(), chips, killed);
    }

    /// With other text between an index and the caret.
    Prompt replaced(int from, String by) {
        return replace(from, caret, withoutChips(by));
    }

    private int lineFrom() {
        return caret == 0 ? 0 : text.lastIndexOf('\n', caret - 1) + 1;
    }

    private int lineTo() {
        int end = text.indexOf('\n', caret);
        return end < 0 ? text.length() : end;
    }

    private int wordStart() {
        int at = caret;
        while (at > 0 && !Character.isLetterOrDigit(text.codePointBefore(at))) {
            at -= Character.charCount(text.codePointBefore(at));
        }
        while (at > 0 && Character.isLetterOrDigit(text.codePointBefore(at))) {
            at -= Character.charCount(text.codePointBefore(at));
        }
        return at;
    }

    private int wordEnd() {
        int at = caret;
        while (at < text.length() && !Character.isLetterOrDigit(text.codePointAt(at))) {
            at += Character.charCount(text.codePointAt(at));
        }
        while (at < text.length() && Character.isLetterOrDigit(text.codePointAt(at))) {
            at += Character.charCount(text.codePointAt(at));
        }
        return at;
    }

    /// Nobody but us may make chips.
    private static String withoutChips(String typed) {
        boolean any = typed.codePoints().anyMatch(point -> point >= FIRST_CHIP);
        return any ? typed.replaceAll("[\\x{F0000}-\\x{10FFFF}]", "\uFFFD") : typed;
    }
}
