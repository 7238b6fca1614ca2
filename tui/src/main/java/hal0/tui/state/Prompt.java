package hal0.tui.state;

import hal0.tui.text.Graphemes;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What is being typed.
///
/// **Shape** a [Chip] stands in the text as one private-use character, from [#FIRST_CHIP] on;
/// `caret` is an index of `text` between two clusters; from `anchor` to it the text is selected,
/// which is [#NONE] where nothing is. Every change gives a new prompt.
public record Prompt(String text, int caret, List<Chip> chips, Kills kills, int anchor) {
    static final int NONE = -1;

    public static final Prompt EMPTY = new Prompt("", 0, List.of(), Kills.NONE);

    static final int FIRST_CHIP = 0xF0000;
    static final int PLAIN_LINES = 8;
    static final int PLAIN_CHARACTERS = 1000;

    /// Of a paste that is opened: the prompt lays out all of its text at each key.
    static final int MOST_OPENED = 50_000;

    public Prompt {
        chips = List.copyOf(chips);
    }

    private Prompt(String text, int caret, List<Chip> chips, Kills kills) {
        this(text, caret, chips, kills, NONE);
    }

    public boolean isEmpty() {
        return text.isEmpty();
    }

    public static Prompt of(String text) {
        String clean = withoutChips(text);
        return new Prompt(clean, clean.length(), List.of(), Kills.NONE);
    }

    /// Empty, with what was killed kept for a yank.
    public Prompt cleared() {
        return EMPTY.with(kills.leaving(this));
    }

    /// The text with chips opened.
    public String expanded() {
        return expanded(0, text.length());
    }

    /// A part of it.
    String expanded(int from, int to) {
        return opened(text.substring(from, to));
    }

    String opened(String part) {
        if (chips.isEmpty()) {
            return part;
        }
        StringBuilder out = new StringBuilder();
        part.codePoints()
                .forEach(point -> {
                    if (chipIndex(point) >= 0) {
                        out.append(chips.get(chipIndex(point)).expanded());
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

    public Prompt insert(String typed) {
        return replace(selectedFrom(), selectedTo(), withoutChips(typed));
    }

    public Prompt paste(String pasted) {
        if (isSelected()) {
            return withoutSelected().paste(pasted);
        }
        long lines =
                pasted.chars().filter(c -> c == '\n').count() + (pasted.endsWith("\n") ? 0 : 1);
        boolean plain = lines <= PLAIN_LINES && pasted.length() <= PLAIN_CHARACTERS;
        return plain ? insert(pasted) : chip(caret, new Chip.Pasted(pasted));
    }

    /// With a chip instead of what stands between an index and the caret.
    Prompt chip(int from, Chip chip) {
        List<Chip> more = new ArrayList<>(chips);
        more.add(chip);
        String mark = Character.toString(FIRST_CHIP + chips.size());
        return new Prompt(text, caret, more, kills).replace(from, caret, mark);
    }

    /// Opens the chip before the caret; nothing happens where there is none, or one that cannot be
    /// shown here.
    public Prompt openChip() {
        return chipBefore() instanceof Chip.Pasted(var pasted) && pasted.length() <= MOST_OPENED
                ? replace(Graphemes.previous(text, caret), caret, withoutChips(pasted))
                : this;
    }

    /// The chip that stands before the caret, or null.
    @Nullable Chip chipBefore() {
        int index = caret > 0 ? chipIndex(text.codePointBefore(caret)) : -1;
        return index < 0 ? null : chips.get(index);
    }

    public boolean isSelected() {
        return anchor != NONE && anchor != caret;
    }

    /// The caret where nothing is selected.
    public int selectedFrom() {
        return isSelected() ? Math.min(anchor, caret) : caret;
    }

    public int selectedTo() {
        return isSelected() ? Math.max(anchor, caret) : caret;
    }

    /// Selects from where the selection began, or from the caret, to where that of `moved` is.
    Prompt selecting(Prompt moved) {
        int from = anchor == NONE ? caret : anchor;
        return new Prompt(text, moved.caret, chips, kills.settled(), from);
    }

    Prompt withoutSelected() {
        return replace(selectedFrom(), selectedTo(), "");
    }

    /// Cuts what is selected.
    Prompt killSelected() {
        return kill(selectedFrom(), selectedTo());
    }

    public Prompt backspace() {
        return isSelected()
                ? withoutSelected()
                : replace(Graphemes.previous(text, caret), caret, "");
    }

    public Prompt delete() {
        if (isSelected()) {
            return withoutSelected();
        }
        return caret == text.length() ? this : replace(caret, Graphemes.next(text, caret), "");
    }

    public Prompt left() {
        return at(isSelected() ? selectedFrom() : Graphemes.previous(text, caret));
    }

    public Prompt right() {
        if (isSelected()) {
            return at(selectedTo());
        }
        return caret == text.length() ? at(caret) : at(Graphemes.next(text, caret));
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
        return new Prompt(text, index, chips, kills.settled());
    }

    Prompt with(Kills other) {
        return new Prompt(text, caret, chips, other, anchor);
    }

    /// Cuts to the end of the line, or the line break when there.
    public Prompt killToEnd() {
        int to = lineTo();
        return kill(caret, to == caret && to < text.length() ? to + 1 : to);
    }

    public Prompt killToStart() {
        return kill(lineFrom(), caret);
    }

    public Prompt killWordBefore() {
        return isSelected() ? killSelected() : kill(wordStart(), caret);
    }

    public Prompt killWordAfter() {
        return kill(caret, wordEnd());
    }

    /// Puts back what was cut last.
    public Prompt yank() {
        String cut = kills.newest();
        int from = selectedFrom();
        Prompt next = replace(from, selectedTo(), cut);
        return cut.isEmpty() ? this : next.with(kills.yanked(from, next.caret, 0));
    }

    /// Instead of what was just put back, what was cut before it.
    public Prompt yankOlder() {
        if (!(kills.last() instanceof Kills.Last.Yanked(var from, var to, var index))) {
            return this;
        }
        int older = (index + 1) % kills.ring().size();
        Prompt next = replace(from, to, kills.ring().get(older));
        return next.with(kills.yanked(from, next.caret, older));
    }

    private Prompt kill(int from, int to) {
        return from >= to
                ? this
                : replace(from, to, "").with(kills.with(text.substring(from, to), to == caret));
    }

    private Prompt replace(int from, int to, String by) {
        String changed = text.substring(0, from) + by + text.substring(to);
        return new Prompt(changed, from + by.length(), chips, kills.settled());
    }

    /// With other text, and the caret as far from its end.
    Prompt withText(String other) {
        int at = Math.max(0, caret - (text.length() - other.length()));
        return new Prompt(other, Math.min(at, other.length()), chips, kills.settled());
    }

    /// With other text in a range; the caret stands behind it.
    Prompt spliced(int from, int to, String by) {
        return replace(from, to, by);
    }

    /// With other text between an index and the caret.
    Prompt replaced(int from, String by) {
        return replace(from, caret, withoutChips(by));
    }

    int lineFrom() {
        return caret == 0 ? 0 : text.lastIndexOf('\n', caret - 1) + 1;
    }

    int lineTo() {
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
