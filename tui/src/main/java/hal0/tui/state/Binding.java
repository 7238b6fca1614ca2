package hal0.tui.state;

import static hal0.tui.terminal.Key.alt;
import static hal0.tui.terminal.Key.ctrl;
import static hal0.tui.terminal.Key.ctrlShift;

import hal0.tui.terminal.Key;
import hal0.tui.terminal.Key.Code;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The keys of the prompt and what they do: the one table that they are looked up in, and that the
/// help is made of.
///
/// **Shape** no key stands twice. Keys that only some terminals can tell from others, such as
/// Shift+Enter, stand beside one that every terminal can.
public enum Binding {
    SEND(
            "send; while an answer runs, tell it at its next step; on an empty prompt: unfold the last block that is shown",
            Key.of(Code.ENTER)),
    NEWLINE(
            "new line; also \\ and Enter",
            Key.of(Code.ENTER).withShift(),
            alt(Code.ENTER),
            ctrl(Code.ENTER),
            ctrl('j')),
    ESCAPE(
            "interrupt the answer, close what is open; twice: edit the last message",
            Key.of(Code.ESCAPE)),
    CANCEL(
            "copy what is selected in the prompt, else interrupt, else clear it, else twice: leave",
            ctrl('c')),
    LEAVE("leave, on an empty prompt; else delete what is under the caret", ctrl('d')),
    OLDER("line up; what was sent before, at the first line", Key.of(Code.UP)),
    NEWER("line down; what was sent after that, at the last line", Key.of(Code.DOWN), ctrl('n')),
    SEARCH("search what was sent before", ctrl('r')),
    COMPLETE("complete a command or file; open a pasted block", Key.of(Code.TAB)),
    MODE("mode: ask, edit, auto, plan", Key.of(Code.TAB).withShift()),
    PAGE_UP("scroll up, as the wheel does", Key.of(Code.PAGE_UP)),
    PAGE_DOWN("scroll down", Key.of(Code.PAGE_DOWN)),
    LINE_UP(
            "scroll up by one line; in a prompt of several lines: select",
            Key.of(Code.UP).withShift()),
    LINE_DOWN("scroll down by one line, or select", Key.of(Code.DOWN).withShift()),
    SAID_BEFORE("to what you said before that", ctrl(Code.UP), alt(Code.UP)),
    SAID_AFTER("to what you said after that", ctrl(Code.DOWN), alt(Code.DOWN)),
    FIND("find in the transcript", ctrl('s')),
    HOME("start of the line; the first line, on an empty prompt", Key.of(Code.HOME)),
    END("the end, and follow it; end of the line", Key.of(Code.END)),
    PALETTE("commands", ctrl('p')),
    MODELS("choose a model", ctrl('o')),
    THEME("themes", ctrl('t')),
    THINKING("show or fold thinking", alt('t')),
    DETAILS("show or fold the details of calls", alt('e')),
    EDITOR("edit the prompt in $EDITOR", ctrl('g')),
    COPY("copy what is selected; letting go of the mouse does so too", ctrlShift('c')),
    REPAINT("draw the screen anew", ctrl('l')),
    SUSPEND("suspend; `fg` comes back", ctrl('z')),
    LEFT("left", Key.of(Code.LEFT), ctrl('b')),
    RIGHT("right", Key.of(Code.RIGHT), ctrl('f')),
    WORD_LEFT("word back", ctrl(Code.LEFT), alt(Code.LEFT), alt('b')),
    WORD_RIGHT("word on", ctrl(Code.RIGHT), alt(Code.RIGHT), alt('f')),
    LINE_START("start of the line", ctrl('a')),
    LINE_END("end of the line", ctrl('e')),
    BACKSPACE(
            "delete before the caret", Key.of(Code.BACKSPACE), Key.of(Code.BACKSPACE).withShift()),
    DELETE("delete under the caret", Key.of(Code.DELETE)),
    KILL_WORD_BEFORE("cut the word before", ctrl('w'), alt(Code.BACKSPACE), ctrl(Code.BACKSPACE)),
    KILL_WORD_AFTER("cut the word after", alt('d'), ctrl(Code.DELETE), alt(Code.DELETE)),
    KILL_TO_END("cut to the end of the line", ctrl('k')),
    KILL_TO_START("cut to the start of the line", ctrl('u')),
    YANK("put back what was cut", ctrl('y')),
    YANK_OLDER("after that: what was cut before it, instead", alt('y')),
    SELECT(
            "select in the prompt; what is typed takes its place",
            Key.of(Code.LEFT).withShift(),
            Key.of(Code.RIGHT).withShift(),
            Key.of(Code.HOME).withShift(),
            Key.of(Code.END).withShift(),
            ctrl(Code.LEFT).withShift(),
            ctrl(Code.RIGHT).withShift()),
    CUT("cut what is selected in the prompt", ctrl('x')),
    UNDO("undo in the prompt", ctrl('_')),
    REDO("redo in the prompt", alt('/'), ctrlShift('z'));

    private static final Set<Binding> EVERYWHERE =
            EnumSet.of(CANCEL, THEME, THINKING, DETAILS, COPY, REPAINT, SUSPEND);

    private static final Map<Key, Binding> BY_KEY = byKey();

    private final String does;

    // It is a List.of, which the checker cannot see.
    @SuppressWarnings("ImmutableEnumChecker")
    private final List<Key> keys;

    Binding(String does, Key... keys) {
        this.does = does;
        this.keys = List.of(keys);
    }

    /// What it does, for people.
    public String does() {
        return does;
    }

    public List<Key> keys() {
        return keys;
    }

    /// The keys, for people.
    public String names() {
        return keys.stream().map(Key::name).collect(Collectors.joining(", "));
    }

    /// Whether it works over the transcript too, whatever is open there.
    boolean isEverywhere() {
        return EVERYWHERE.contains(this);
    }

    /// What a key does; null for one that does nothing here. Shift with Ctrl counts only where it
    /// makes a difference: most terminals cannot tell.
    static @Nullable Binding find(Key key) {
        Binding exact = BY_KEY.get(key);
        return exact == null && key.ctrl() && key.shift() ? BY_KEY.get(key.withoutShift()) : exact;
    }

    private static Map<Key, Binding> byKey() {
        Map<Key, Binding> all = new HashMap<>();
        for (Binding binding : values()) {
            for (Key key : binding.keys) {
                Binding other = all.put(key, binding);
                if (other != null) {
                    throw new IllegalStateException(
                            key.name() + " stands for " + other + " and for " + binding);
                }
            }
        }
        return Map.copyOf(all);
    }
}
