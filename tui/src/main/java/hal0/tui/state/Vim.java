package hal0.tui.state;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// The prompt's vim mode.
///
/// **Shape** `pending` is what of a command was typed so far; `repeated` is what `.` does again and
/// `find` what `;` does; `register` is what was deleted or yanked; `anchor` is the other end of
/// what is selected; `inserting` is what led to insert mode.
public record Vim(
        Mode mode,
        String pending,
        @Nullable Change repeated,
        @Nullable Find find,
        Register register,
        int anchor,
        @Nullable Inserting inserting) {
    static final Vim OFF = new Vim(Mode.OFF, "", null, null, Register.EMPTY, 0, null);

    /// What keys mean.
    public enum Mode {
        OFF,
        INSERT,
        NORMAL,
        VISUAL,
        VISUAL_LINE
    }

    /// A command, and what was typed after it where it led to insert mode.
    record Change(VimCommand command, String typed) {}

    /// `f`, `F`, `t` or `T`, and what is sought.
    record Find(char kind, int point) {}

    /// **Shape** whole `lines` end with a line break.
    record Register(String text, boolean lines) {
        static final Register EMPTY = new Register("", false);
    }

    /// The command that led to insert mode, and where that began.
    record Inserting(VimCommand command, int from, int length) {}

    static Vim started() {
        return OFF.in(Mode.INSERT);
    }

    public boolean isOff() {
        return mode == Mode.OFF;
    }

    /// The mode for the status line; null when it is off.
    public @Nullable String label() {
        return isOff()
                ? null
                : mode.name().toLowerCase(Locale.ROOT).replace('_', ' ')
                        + (pending.isEmpty() ? "" : " " + pending);
    }

    /// The cursor's shape by its number in DECSCUSR: a bar between letters, a block on one.
    ///
    /// **Source** https://invisible-island.net/xterm/ctlseqs/ctlseqs.html (read 2026-11-21).
    public int cursor() {
        return switch (mode) {
            case OFF -> 0;
            case INSERT -> 6;
            case NORMAL, VISUAL, VISUAL_LINE -> 2;
        };
    }

    /// In another mode, with nothing pending.
    Vim in(Mode other) {
        return new Vim(other, "", repeated, find, register, anchor, null);
    }

    Vim inserting(Inserting by) {
        return new Vim(Mode.INSERT, "", repeated, find, register, anchor, by);
    }

    boolean isVisual() {
        return mode == Mode.VISUAL || mode == Mode.VISUAL_LINE;
    }

    /// In one of the visual modes.
    Vim selecting(Mode visual, int from) {
        return new Vim(visual, "", repeated, find, register, from, null);
    }

    Vim withPending(String other) {
        return new Vim(mode, other, repeated, find, register, anchor, inserting);
    }

    Vim with(Change other) {
        return new Vim(mode, pending, other, find, register, anchor, inserting);
    }

    Vim with(@Nullable Find other) {
        return new Vim(mode, pending, repeated, other, register, anchor, inserting);
    }

    Vim with(Register other) {
        return new Vim(mode, pending, repeated, find, other, anchor, inserting);
    }
}
