package hal0.agent.file;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What a file is, by its first bytes; names lie.
sealed interface FileKind {
    /// How many bytes are looked at.
    int HEAD = 8192;

    /// `encoding` is what its mark says; without a mark it may still prove not to be UTF-8.
    record Text(Encoding encoding) implements FileKind {}

    record Picture(String mediaType) implements FileKind {}

    record Pdf() implements FileKind {}

    record Binary(String what) implements FileKind {}

    static FileKind of(byte[] head) {
        String picture = picture(head);
        if (picture != null) {
            return new Picture(picture);
        }
        if (begins(head, 0, "%PDF-")) {
            return new Pdf();
        }
        if (begins(head, 0, "\u00ff\u00fe\0\0") || begins(head, 0, "\0\0\u00fe\u00ff")) {
            return new Binary("UTF-32 text");
        }
        Encoding encoding = Encoding.marked(head);
        boolean wide = encoding == Encoding.UTF_16LE || encoding == Encoding.UTF_16BE;
        return wide || !looksBinary(head) ? new Text(encoding) : new Binary(named(head));
    }

    private static @Nullable String picture(byte[] head) {
        if (begins(head, 0, "\u0089PNG\r\n\u001a\n")) {
            return "image/png";
        }
        if (begins(head, 0, "\u00ff\u00d8\u00ff")) {
            return "image/jpeg";
        }
        if (begins(head, 0, "GIF87a") || begins(head, 0, "GIF89a")) {
            return "image/gif";
        }
        return begins(head, 0, "RIFF") && begins(head, 8, "WEBP") ? "image/webp" : null;
    }

    /// Text has no NUL, and hardly a control character.
    private static boolean looksBinary(byte[] head) {
        int odd = 0;
        for (byte each : head) {
            if (each == 0) {
                return true;
            }
            boolean usual = each < 0 || each >= ' ' || (each >= '\b' && each <= '\r') || each == 27;
            odd += usual ? 0 : 1;
        }
        return odd * 20 > head.length;
    }

    private static String named(byte[] head) {
        Map<String, String> names = new LinkedHashMap<>();
        names.put("\u007fELF", "a program (ELF)");
        names.put("PK\u0003\u0004", "a zip archive, or a document or jar in one");
        names.put("\u001f\u008b", "gzip data");
        names.put("(\u00b5/\u00fd", "zstd data");
        names.put("\u00fd7zXZ\0", "xz data");
        names.put("BZh", "bzip2 data");
        names.put("SQLite format 3\0", "an SQLite database");
        names.put("\u00ca\u00fe\u00ba\u00be", "a Java class");
        names.put("MZ", "a program (Windows)");
        for (Map.Entry<String, String> each : names.entrySet()) {
            if (begins(head, 0, each.getKey())) {
                return each.getValue();
            }
        }
        return "binary data";
    }

    private static boolean begins(byte[] head, int at, String latin1) {
        byte[] wanted = latin1.getBytes(StandardCharsets.ISO_8859_1);
        if (head.length < at + wanted.length) {
            return false;
        }
        for (int i = 0; i < wanted.length; i++) {
            if (head[at + i] != wanted[i]) {
                return false;
            }
        }
        return true;
    }
}
