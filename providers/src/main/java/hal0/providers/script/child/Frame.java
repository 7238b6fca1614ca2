package hal0.providers.script.child;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// One message between the program and a script's process.
///
/// **Shape** on the pipe: four bytes length of the payload, one byte kind, payload. **Errors**
/// `read` throws [IOException] for anything else, such as a length that no side would send.
public record Frame(Kind kind, byte[] payload) {

    /// More than this is sent by neither side: the heap of a script's process would not take it.
    public static final int LARGEST = 12 * 1024 * 1024;

    private static final byte[] NOTHING = new byte[0];

    /// **Shape** the payload is JSON unless something else is said.
    public enum Kind {
        /// To the script: `{name, source, config}`; answered by `LOADED`.
        LOAD('L'),
        /// To the script: `{hook, argument}`, the latter may be missing; answered by `RESULT`.
        CALL('C'),
        /// To the script, after `HTTP`: `{status, headers, body}` or `{error}`.
        HTTP_ANSWER('A'),
        /// From the script's process, once, empty: it has started.
        READY('S'),
        /// The script has run: `{fields, hooks}`.
        LOADED('T'),
        /// What a hook returned.
        RESULT('R'),
        /// A hook returned nil and a text, which is the payload.
        REFUSED('N'),
        /// The script or its hook failed; the payload is the text.
        FAILED('F'),
        /// The script asks for `{method, url, headers, body}` and waits.
        HTTP('H'),
        /// The script says something; the payload is the level, a space, and the text.
        LOG('I');

        private final char letter;

        Kind(char letter) {
            this.letter = letter;
        }

        static Kind of(int letter) throws IOException {
            for (Kind kind : values()) {
                if (kind.letter == letter) {
                    return kind;
                }
            }
            throw new IOException("this is not a frame");
        }
    }

    public static Frame of(Kind kind) {
        return new Frame(kind, NOTHING);
    }

    /// The next frame, or null at the end of the stream between two frames.
    public static @Nullable Frame read(DataInputStream in) throws IOException {
        int first = in.read();
        if (first < 0) {
            return null;
        }
        int length =
                first << 24
                        | in.readUnsignedByte() << 16
                        | in.readUnsignedByte() << 8
                        | in.readUnsignedByte();
        Kind kind = Kind.of(in.readUnsignedByte());
        if (length < 0 || length > LARGEST) {
            throw new IOException("this is not a frame");
        }
        byte[] payload = in.readNBytes(length);
        if (payload.length < length) {
            throw new EOFException("half a frame");
        }
        return new Frame(kind, payload);
    }

    public void write(DataOutputStream out) throws IOException {
        out.writeInt(payload.length);
        out.writeByte(kind.letter);
        out.write(payload);
        out.flush();
    }
}
