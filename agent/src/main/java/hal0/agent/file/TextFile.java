package hal0.agent.file;

import hal0.agent.tool.ToolException;
import java.nio.charset.CharacterCodingException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// A file's text and how it is written.
record TextFile(String text, Encoding encoding) {

    /// Null for what is no text.
    static @Nullable TextFile of(byte[] bytes) {
        byte[] head = Arrays.copyOf(bytes, Math.min(bytes.length, FileKind.HEAD));
        return switch (FileKind.of(head)) {
            case FileKind.Text(var encoding) -> decoded(bytes, encoding);
            case FileKind.Picture _, FileKind.Pdf _, FileKind.Binary _ -> null;
        };
    }

    private static @Nullable TextFile decoded(byte[] bytes, Encoding encoding) {
        try {
            return new TextFile(encoding.decode(bytes), encoding);
        } catch (CharacterCodingException e) {
            return encoding == Encoding.UTF_8 ? decoded(bytes, Encoding.LATIN_1) : null;
        }
    }

    /// The bytes of another text in this encoding.
    ///
    /// **Errors** [ToolException] naming the character that it does not have.
    static byte[] bytes(String text, Encoding encoding, String name) {
        try {
            return encoding.encode(text);
        } catch (CharacterCodingException e) {
            throw new ToolException(
                    "%s is %s, which cannot hold %s"
                            .formatted(name, encoding.title(), unfit(text, encoding)),
                    e);
        }
    }

    static boolean fits(String text, Encoding encoding) {
        try {
            encoding.encode(text);
            return true;
        } catch (CharacterCodingException _) {
            return false;
        }
    }

    private static String unfit(String text, Encoding encoding) {
        int point =
                text.codePoints()
                        .filter(each -> !fits(Character.toString(each), encoding))
                        .findFirst()
                        .orElse('?');
        boolean half = point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE;
        return half
                ? "half of a character, U+%04X".formatted(point)
                : "\"%s\"".formatted(Character.toString(point));
    }
}
