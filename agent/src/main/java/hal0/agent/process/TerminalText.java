package hal0.agent.process;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/// Makes plain text of what programs write to terminals.
///
/// **Shape** bytes that are not UTF-8 are replaced; escape sequences and control characters are
/// left out; of a line that was written over and over after carriage returns, the last remains.
/// Lines go to `lines` as they end, several at once, very long ones in pieces. **Threads** one.
/// **Source** ECMA-48, 5th edition: control sequences 5.4, control strings 5.6.
public final class TerminalText {
    private static final int LONGEST_LINE = 32 * 1024;

    /// A control string that does not end would hide all that follows.
    private static final int LONGEST_STRING = 4096;

    private static final char ESC = 0x1b;
    private static final char STRING_END = 0x9c;

    private enum State {
        TEXT,
        ESCAPE,
        SEQUENCE,
        STRING,
        STRING_ESCAPE
    }

    private final CharsetDecoder decoder =
            StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPLACE)
                    .onUnmappableCharacter(CodingErrorAction.REPLACE);
    private final CharBuffer chars = CharBuffer.allocate(8192);
    private final Consumer<String> lines;
    private final StringBuilder pending = new StringBuilder();
    private int lineStart;
    private State state = State.TEXT;
    private int inString;
    private boolean returned;

    public TerminalText(Consumer<String> lines) {
        this.lines = lines;
    }

    /// What a whole text is without what only terminals understand.
    public static String plain(byte[] bytes) {
        StringBuilder all = new StringBuilder();
        TerminalText text = new TerminalText(all::append);
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        text.accept(buffer);
        text.end(buffer);
        return all.toString();
    }

    /// Takes bytes as they come; what is left in the buffer is the beginning of a character, to be
    /// given again with what follows it.
    public void accept(ByteBuffer bytes) {
        decode(bytes, false);
    }

    /// Nothing follows.
    public void end(ByteBuffer rest) {
        decode(rest, true);
        lineStart = pending.length();
        emit();
    }

    private void decode(ByteBuffer bytes, boolean last) {
        boolean more = true;
        while (more) {
            more = decoder.decode(bytes, chars, last).isOverflow();
            text(chars.array(), chars.position());
            chars.clear();
            emit();
        }
    }

    private void text(char[] text, int end) {
        int at = 0;
        while (at < end) {
            int from = at;
            while (state == State.TEXT && !returned && at < end && !isControl(text[at])) {
                at++;
            }
            if (at > from) {
                pending.append(text, from, at - from);
                if (pending.length() - lineStart > LONGEST_LINE) {
                    lineStart = pending.length();
                }
            } else {
                step(text[at++]);
            }
        }
    }

    private static boolean isControl(char c) {
        return c < 0x20 || (c >= 0x7f && c < 0xa0);
    }

    private void step(char c) {
        switch (state) {
            case TEXT -> visible(c);
            case ESCAPE -> escaped(c);
            case SEQUENCE -> {
                if (c == ESC) {
                    state = State.ESCAPE;
                } else if (c >= 0x40 && c <= 0x7e) {
                    state = State.TEXT;
                } else if (c == '\n') {
                    state = State.TEXT;
                    visible(c);
                }
            }
            case STRING -> inString(c);
            case STRING_ESCAPE -> {
                state = State.STRING;
                if (c == '\\') {
                    state = State.TEXT;
                } else {
                    inString(c);
                }
            }
        }
    }

    private void visible(char c) {
        if (c == '\n') {
            returned = false;
            pending.append(c);
            lineStart = pending.length();
            return;
        }
        if (returned && c != '\r') {
            pending.setLength(lineStart);
            returned = false;
        }
        switch (c) {
            case '\r' -> returned = true;
            case '\t' -> pending.append(c);
            case '\b' -> pending.setLength(Math.max(lineStart, pending.length() - 1));
            case ESC -> state = State.ESCAPE;
            case 0x9b -> state = State.SEQUENCE;
            case 0x90, 0x98, 0x9d, 0x9e, 0x9f -> string();
            default -> {
                if (!isControl(c)) {
                    pending.append(c);
                }
            }
        }
    }

    private void escaped(char c) {
        switch (c) {
            case '[' -> state = State.SEQUENCE;
            case ']', 'P', 'X', '^', '_' -> string();
            case ESC -> {}
            case '\n' -> {
                state = State.TEXT;
                visible(c);
            }
            default -> {
                if (c < 0x20 || c > 0x2f) {
                    state = State.TEXT;
                }
            }
        }
    }

    private void string() {
        state = State.STRING;
        inString = 0;
    }

    private void inString(char c) {
        if (c == 0x07 || c == STRING_END || ++inString > LONGEST_STRING) {
            state = State.TEXT;
        } else if (c == ESC) {
            state = State.STRING_ESCAPE;
        }
    }

    private void emit() {
        if (lineStart > 0) {
            lines.accept(pending.substring(0, lineStart));
            pending.delete(0, lineStart);
            lineStart = 0;
        }
    }
}
