package hal0.agent.context;

import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;

/// The beginning of a text file, whatever its size.
///
/// **Shape** `cut` when the file goes on; then it ends with a whole line if it has any. What is not
/// text in its encoding (UTF-8, or UTF-16 with a byte order mark) is shown as U+FFFD, and `damaged`
/// says so.
record BoundedText(String text, boolean cut, boolean damaged) {
    private static final char UNREADABLE = '\uFFFD';

    /// **Errors** [IOException], also for what is no file: a pipe would be waited for.
    static BoundedText read(Path file, int maxBytes) throws IOException {
        if (Files.exists(file) && !Files.isRegularFile(file)) {
            throw new FileSystemException(file.toString(), null, "it is not a file");
        }
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(maxBytes);
            return of(bytes, bytes.length == maxBytes && in.read() >= 0);
        }
    }

    /// `cut` says that the bytes are only the first of more.
    static BoundedText of(byte[] bytes, boolean cut) {
        Charset charset = UTF_8;
        int mark = 0;
        if (starts(bytes, 0xef, 0xbb, 0xbf)) {
            mark = 3;
        } else if (starts(bytes, 0xff, 0xfe)) {
            charset = UTF_16LE;
            mark = 2;
        } else if (starts(bytes, 0xfe, 0xff)) {
            charset = UTF_16BE;
            mark = 2;
        }
        String text = new String(bytes, mark, bytes.length - mark, charset);
        if (cut) {
            int lines = text.lastIndexOf('\n') + 1;
            text = lines > 0 ? text.substring(0, lines) : withoutHalf(text);
        }
        return new BoundedText(text, cut, text.indexOf(UNREADABLE) >= 0);
    }

    /// Of one long line the cut may have split the last character.
    private static String withoutHalf(String text) {
        int end = text.length();
        while (end > 0
                && (text.charAt(end - 1) == UNREADABLE
                        || Character.isHighSurrogate(text.charAt(end - 1)))) {
            end--;
        }
        return text.substring(0, end);
    }

    private static boolean starts(byte[] bytes, int... mark) {
        if (bytes.length < mark.length) {
            return false;
        }
        for (int i = 0; i < mark.length; i++) {
            if ((bytes[i] & 0xff) != mark[i]) {
                return false;
            }
        }
        return true;
    }
}
