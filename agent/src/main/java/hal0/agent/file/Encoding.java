package hal0.agent.file;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// How a file's text is written as bytes.
enum Encoding {
    UTF_8("UTF-8", StandardCharsets.UTF_8, ""),
    UTF_8_MARKED("UTF-8 with byte order mark", StandardCharsets.UTF_8, "\ufeff"),
    UTF_16LE("UTF-16 LE", StandardCharsets.UTF_16LE, "\ufeff"),
    UTF_16BE("UTF-16 BE", StandardCharsets.UTF_16BE, "\ufeff"),

    /// What text is taken for that is none of the others: each byte is a character.
    LATIN_1("ISO-8859-1", StandardCharsets.ISO_8859_1, "");

    private final String title;
    private final Charset charset;
    private final String mark;

    Encoding(String title, Charset charset, String mark) {
        this.title = title;
        this.charset = charset;
        this.mark = mark;
    }

    /// What the mark at the beginning of a file says; UTF-8 where there is none.
    static Encoding marked(byte[] head) {
        for (Encoding each : values()) {
            int length = each.markLength();
            if (length > 0
                    && head.length >= length
                    && Arrays.equals(each.markBytes(), 0, length, head, 0, length)) {
                return each;
            }
        }
        return UTF_8;
    }

    private byte[] markBytes() {
        return mark.getBytes(charset);
    }

    String title() {
        return title;
    }

    /// Whether a byte that is a newline is nothing else.
    boolean endsLinesByOneByte() {
        return this != UTF_16LE && this != UTF_16BE;
    }

    int markLength() {
        return markBytes().length;
    }

    /// Reports bytes that this encoding does not have.
    CharsetDecoder decoder() {
        return charset.newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
    }

    String decode(byte[] bytes) throws CharacterCodingException {
        int from = markLength();
        return decoder().decode(ByteBuffer.wrap(bytes, from, bytes.length - from)).toString();
    }

    byte[] encode(String text) throws CharacterCodingException {
        ByteBuffer encoded =
                charset.newEncoder()
                        .onMalformedInput(CodingErrorAction.REPORT)
                        .onUnmappableCharacter(CodingErrorAction.REPORT)
                        .encode(CharBuffer.wrap(mark + text));
        byte[] bytes = new byte[encoded.remaining()];
        encoded.get(bytes);
        return bytes;
    }
}
