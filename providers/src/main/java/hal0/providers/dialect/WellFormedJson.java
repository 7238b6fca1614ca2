package hal0.providers.dialect;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.JsonGeneratorDelegate;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// Writes text that was cut within a character. The library says half a character by an escape,
/// which servers refuse as invalid JSON, and in raw values refuses it itself.
///
/// **Source** github.com/anthropics/claude-code/issues/6273 ("no low surrogate in string"), read
/// 2026-11-21.
final class WellFormedJson extends JsonGeneratorDelegate {
    WellFormedJson(JsonGenerator to) {
        super(to, false);
    }

    @Override
    public void writeString(@Nullable String text) throws IOException {
        delegate.writeString(text == null ? null : wellFormed(text));
    }

    @Override
    public void writeString(char[] text, int offset, int length) throws IOException {
        writeString(new String(text, offset, length));
    }

    @Override
    public void writeFieldName(String name) throws IOException {
        delegate.writeFieldName(wellFormed(name));
    }

    @Override
    public void writeRawValue(String text) throws IOException {
        delegate.writeRawValue(wellFormed(text));
    }

    /// `text` itself when it has no lone surrogate.
    static String wellFormed(String text) {
        int length = text.length();
        for (int i = 0; i < length; i++) {
            if (Character.isSurrogate(text.charAt(i))) {
                if (isLone(text, i)) {
                    return replaced(text, i);
                }
                i++;
            }
        }
        return text;
    }

    /// Whether the surrogate at `i`, which no high one stands before, has no partner behind it.
    private static boolean isLone(String text, int i) {
        return !Character.isHighSurrogate(text.charAt(i))
                || i + 1 == text.length()
                || !Character.isLowSurrogate(text.charAt(i + 1));
    }

    private static String replaced(String text, int from) {
        StringBuilder fixed = new StringBuilder(text.length()).append(text, 0, from);
        for (int i = from; i < text.length(); i++) {
            char c = text.charAt(i);
            if (!Character.isSurrogate(c)) {
                fixed.append(c);
            } else if (isLone(text, i)) {
                fixed.append('\uFFFD');
            } else {
                fixed.append(c).append(text.charAt(++i));
            }
        }
        return fixed.toString();
    }
}
