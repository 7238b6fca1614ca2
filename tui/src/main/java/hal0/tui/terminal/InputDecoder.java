package hal0.tui.terminal;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Bytes of a terminal to input: UTF-8, CSI and SS3 keys, CSI-u, modifyOtherKeys, SGR mouse, focus,
/// bracketed paste.
///
/// **Shape** however the bytes are split over calls, the same input comes out; only a lone ESC
/// needs [#timeout]. Replies of the terminal (OSC, DCS) and unknown sequences are swallowed.
/// **Threads** one. **Source** https://invisible-island.net/xterm/ctlseqs/ctlseqs.html and
/// https://sw.kovidgoyal.net/kitty/keyboard-protocol/ (read 2026-11-21).
public final class InputDecoder {
    private static final int ESC = 0x1b;
    private static final int LONGEST_SEQUENCE = 4096;
    private static final byte[] PASTE_BEGIN = {ESC, '[', '2', '0', '0', '~'};
    private static final byte[] PASTE_END = {ESC, '[', '2', '0', '1', '~'};

    private byte[] buffer = new byte[256];
    private int length;
    private boolean pasting;
    private int matched;
    private final ByteArrayOutputStream paste = new ByteArrayOutputStream();

    /// Takes bytes and gives what they complete.
    public List<Input> feed(byte[] bytes, int offset, int count) {
        List<Input> out = new ArrayList<>();
        int at = offset;
        int end = offset + count;
        while (at < end) {
            if (pasting) {
                at = takePaste(bytes, at, end, out);
            } else {
                at = takeKeys(bytes, at, end, out);
            }
        }
        return out;
    }

    /// Whether bytes wait whose meaning depends on whether more follow soon.
    public boolean isPending() {
        return length > 0 && !pasting;
    }

    /// No more bytes came: what waits is what it looks like.
    public List<Input> timeout() {
        List<Input> out = new ArrayList<>();
        if (isPending()) {
            byte[] rest = Arrays.copyOf(buffer, length);
            length = 0;
            lone(rest, out);
        }
        return out;
    }

    private static void lone(byte[] rest, List<Input> out) {
        if (rest[0] != ESC) {
            out.add(new Input.Pressed(Key.of(0xFFFD)));
        } else if (rest.length == 2 && rest[1] > 0x20) {
            out.add(new Input.Pressed(Key.of(rest[1]).withAlt()));
        } else {
            out.add(new Input.Pressed(Key.of(Key.Code.ESCAPE)));
            if (rest.length == 2) {
                out.add(new Input.Pressed(Key.of(Key.Code.ESCAPE)));
            }
        }
    }

    private int takeKeys(byte[] bytes, int from, int end, List<Input> out) {
        int at = from;
        while (at < end && !pasting) {
            if (length == buffer.length) {
                buffer = Arrays.copyOf(buffer, length * 2);
            }
            buffer[length++] = bytes[at++];
            while (length > 0 && !pasting) {
                int used = take(out);
                if (used == 0) {
                    break;
                }
                System.arraycopy(buffer, used, buffer, 0, length - used);
                length -= used;
            }
        }
        return at;
    }

    private int takePaste(byte[] bytes, int from, int end, List<Input> out) {
        int at = from;
        while (at < end) {
            if (matched == 0) {
                int plain = at;
                while (at < end && bytes[at] != ESC) {
                    at++;
                }
                paste.write(bytes, plain, at - plain);
                if (at == end) {
                    return at;
                }
            }
            byte b = bytes[at++];
            if (b == PASTE_END[matched]) {
                matched++;
                if (matched == PASTE_END.length && isPastedToo(bytes, at, end)) {
                    paste.write(PASTE_END, 0, matched);
                    matched = 0;
                } else if (matched == PASTE_END.length) {
                    String text = paste.toString(StandardCharsets.UTF_8);
                    out.add(new Input.Pasted(text.replace("\r\n", "\n").replace('\r', '\n')));
                    paste.reset();
                    matched = 0;
                    pasting = false;
                    return at;
                }
            } else {
                paste.write(PASTE_END, 0, matched);
                matched = b == ESC ? 1 : 0;
                if (matched == 0) {
                    paste.write(b);
                }
            }
        }
        return at;
    }

    /// Whether the end of a paste is followed by another one: then it was part of the text, put
    /// there so that what follows it would be taken for keys. Terminals filter that; this is for
    /// those that do not, as far as the bytes have come.
    private static boolean isPastedToo(byte[] bytes, int from, int end) {
        for (int at = from; at <= end - PASTE_END.length; at++) {
            if (Arrays.equals(bytes, at, at + PASTE_END.length, PASTE_END, 0, PASTE_END.length)) {
                return true;
            }
            if (Arrays.equals(
                    bytes, at, at + PASTE_BEGIN.length, PASTE_BEGIN, 0, PASTE_BEGIN.length)) {
                return false;
            }
        }
        return false;
    }

    /// Bytes of the buffer that were understood, 0 when more are needed.
    private int take(List<Input> out) {
        int first = buffer[0] & 0xff;
        if (first == ESC) {
            return escape(out);
        }
        int need = Utf8.lengthOf(first);
        if (length < need && Utf8.isWhole(buffer, length)) {
            return 0;
        }
        int used = Math.max(1, Math.min(need, Utf8.wellFormed(buffer, length)));
        out.add(new Input.Pressed(character(Utf8.decode(buffer, 0, used), false)));
        return used;
    }

    private int escape(List<Input> out) {
        if (length < 2) {
            return 0;
        }
        int second = buffer[1] & 0xff;
        return switch (second) {
            case '[' -> csi(1, false, out);
            case 'O' -> ss3(out);
            case ']', 'P', '_', '^' -> reply(out);
            case ESC -> escapeEscape(out);
            default -> alt(out);
        };
    }

    /// Some terminals send Alt with a key as ESC before its sequence.
    private int escapeEscape(List<Input> out) {
        if (length < 3) {
            return 0;
        }
        if (buffer[2] == '[') {
            return csi(2, true, out);
        }
        out.add(new Input.Pressed(Key.of(Key.Code.ESCAPE)));
        return 1;
    }

    private int alt(List<Input> out) {
        int need = Utf8.lengthOf(buffer[1] & 0xff);
        if (length - 1 < need && need > 1) {
            return 0;
        }
        out.add(new Input.Pressed(character(Utf8.decode(buffer, 1, need), true)));
        return 1 + need;
    }

    private int ss3(List<Input> out) {
        if (length < 3) {
            return 0;
        }
        Key key = Csi.letter((char) buffer[2], 1);
        if (key != null) {
            out.add(new Input.Pressed(key));
        }
        return 3;
    }

    private int csi(int bracket, boolean alt, List<Input> out) {
        int at = bracket + 1;
        while (at < length && buffer[at] >= 0x20 && buffer[at] < 0x40) {
            at++;
        }
        if (at == length) {
            return length > LONGEST_SEQUENCE ? length : 0;
        }
        if (buffer[at] < 0x20) {
            return at;
        }
        String body = new String(buffer, bracket + 1, at - bracket - 1, StandardCharsets.US_ASCII);
        char last = (char) buffer[at];
        if (last == 'M' && body.isEmpty()) {
            return length < at + 4 ? 0 : at + 4;
        }
        if (last == '~' && body.equals("200")) {
            pasting = true;
        } else {
            Input input = Csi.decode(body, last);
            if (alt && input instanceof Input.Pressed(var key)) {
                out.add(new Input.Pressed(key.withAlt()));
            } else if (input != null) {
                out.add(input);
            }
        }
        return at + 1;
    }

    /// An answer of the terminal, up to BEL or ST.
    private int reply(List<Input> out) {
        for (int at = 2; at < length; at++) {
            boolean string = buffer[at] == '\\' && buffer[at - 1] == ESC;
            if (buffer[at] == 0x07 || string) {
                int end = string ? at - 1 : at;
                String body = new String(buffer, 1, end - 1, StandardCharsets.US_ASCII);
                Input background = Background.decode(body);
                if (background != null) {
                    out.add(background);
                }
                return at + 1;
            }
        }
        return length > LONGEST_SEQUENCE ? length : 0;
    }

    private static Key character(int point, boolean alt) {
        Key key =
                switch (point) {
                    case '\r' -> Key.of(Key.Code.ENTER);
                    case '\t' -> Key.of(Key.Code.TAB);
                    case 0x7f, 0x08 -> Key.of(Key.Code.BACKSPACE);
                    case 0 -> Key.ctrl(' ');
                    case ESC -> Key.of(Key.Code.ESCAPE);
                    default -> point < 0x20 ? control(point) : Key.of(point);
                };
        return alt ? key.withAlt() : key;
    }

    private static Key control(int point) {
        return Key.ctrl((char) (point <= 26 ? point + 'a' - 1 : point + '@'));
    }
}
